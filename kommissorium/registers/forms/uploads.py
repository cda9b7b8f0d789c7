"""Files handed in: a sheet, documents to be looked into, or a Word file that was edited."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.core.documents.uploads import (
    KINDS,
    MOST_AT_ONCE,
    Upload,
    UploadRefused,
    read_upload,
)
from kommissorium.core.documents.word_reader import WordRefused
from kommissorium.core.files.actions import store_file
from kommissorium.core.files.file_types import FileRefused, clean_name
from kommissorium.core.files.models import StoredFile
from kommissorium.core.ui.forms import PlainForm
from kommissorium.yearwheel.forms.occurrences import FilesField, FilesInput

type ReadFile = tuple[StoredFile, str, Upload]  # as it is kept, its name, and what it says


class SheetForm(PlainForm):
    """Form to hand in a sheet; an import that asks more beside the file adds fields."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        error_messages={
            "required": gettext_lazy("Choose a file."),
            "empty": gettext_lazy("The file is empty."),
        },
    )

    def __init__(self, *args: Any, hint: str, accept: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        file = self.fields.pop("file")
        file.help_text = hint
        file.widget = forms.ClearableFileInput({"accept": accept})
        self.fields["file"] = file  # last

    def options(self) -> dict[str, Any]:
        """Return what was said beside the file."""
        return {name: value for name, value in self.cleaned_data.items() if name != "file"}


class UploadForm(PlainForm):
    """Files to look into; `read` is what they say, `kept` brings them back once looked at."""

    documents = FilesField(
        label=gettext_lazy("Files"),
        help_text=gettext_lazy("Word (.docx), PDF and Markdown (.md), at most 20 at a time."),
        widget=FilesInput(attrs={"accept": ",".join(KINDS)}),
        required=False,
        allow_empty_file=True,  # it is told by name that nothing is in it
    )

    def __init__(self, data: Any, files: Any, *, salt: str) -> None:
        super().__init__(data, files)
        self.salt = salt
        self.read: list[ReadFile] = []
        wanted: Any = self.fields["documents"]
        wanted.is_wanted = True  # what was looked at comes back without

    def clean_documents(self) -> None:
        """Look into each file; one that cannot be taken is named, with why."""
        found, refusals = self.cleaned_data["documents"], list[str]()
        if not found:
            raise forms.ValidationError(_("Choose a file."))
        if len(found) > MOST_AT_ONCE:
            most = {"most": MOST_AT_ONCE}
            raise forms.ValidationError(_("Take at most %(most)d documents at a time.") % most)
        for file in found:
            name, data = clean_name(file.name), file.read()
            try:
                upload = read_upload(data, name)
                self.read.append((store_file(data, name), name, upload))
            except (UploadRefused, FileRefused) as refused:
                refusals.append(f"{name}: {refused}")
        if refusals:
            raise forms.ValidationError(refusals)

    @property
    def kept(self) -> str:
        """Return the mark of the files that were looked into."""
        return signing.dumps([[file.pk, name] for file, name, _upload in self.read], salt=self.salt)


def brought_back(kept: str, salt: str) -> list[ReadFile] | None:
    """Return the files of a mark, read again; None for a mark that is not ours."""
    try:
        names = signing.loads(kept, salt=salt)
        files = StoredFile.objects.in_bulk([digest for digest, _name in names])
        return [(files[pk], name, read_upload(files[pk].read(), name)) for pk, name in names]
    except (signing.BadSignature, KeyError, UploadRefused):
        return None


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
