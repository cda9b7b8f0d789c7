"""The Word file that was edited and comes back: what differs is seen before anything is taken."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.core.documents.word_reader import WordRefused
from kommissorium.core.files.actions import store_file
from kommissorium.core.files.file_types import FileRefused
from kommissorium.core.files.models import StoredFile
from kommissorium.core.ui.forms import PlainForm


class WordForm[T](PlainForm):
    """The Word file that was edited; it is read here, before anything is written.

    `read` says what a file says (raises WordRefused), `mark` which draft it is compared with.
    A browser gives no file back: one that was compared is brought back by its signed mark `kept`,
    and `seen` is the mark of the draft that it was compared with then.
    """

    file = forms.FileField(
        label=gettext_lazy("Edited Word file"),
        widget=forms.FileInput({"accept": ".docx"}),
        max_length=140,
    )

    def __init__(
        self,
        data: Any,
        files: Any,
        *,
        read: Callable[[bytes], T],
        mark: Callable[[], str | int],
        salt: str,
        help_text: str = "",
    ) -> None:
        super().__init__(data, files)
        self.fields["file"].required = not (data and data.get("kept"))
        self.fields["file"].help_text = help_text
        self.read, self.mark, self.salt = read, mark, salt
        self.seen: Any = None
        self.stored: StoredFile | None = None
        self.edited: T | None = None

    def clean_file(self) -> None:
        """Find what the file says."""
        try:
            if file := self.files.get("file"):
                data = file.read()
                self.edited = self.read(data)  # what cannot be read is not kept
                self.stored = store_file(data, "edited.docx")
            elif stored := self._brought_back():
                self.edited, self.stored = self.read(stored.read()), stored
            else:
                raise forms.ValidationError(_("Choose a file."))
        except (WordRefused, FileRefused) as refused:
            raise forms.ValidationError(str(refused)) from None

    def _brought_back(self) -> StoredFile | None:
        try:
            digest, self.seen = signing.loads(self.data.get("kept", ""), salt=self.salt)
        except signing.BadSignature:
            return None
        return StoredFile.objects.filter(pk=digest).first()

    @property
    def kept(self) -> str:
        """Return the mark of the file and of the draft it was compared with."""
        return signing.dumps([self.stored.pk if self.stored else "", self.mark()], salt=self.salt)
