"""What people fill in about texts: the handbook, edited Word files, imports of documents."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.accounts.person_choice import PersonChoice
from kommissorium.core.documents.word_reader import WordRefused
from kommissorium.core.files.actions import store_file
from kommissorium.core.files.file_types import FileRefused, clean_name
from kommissorium.core.files.models import StoredFile
from kommissorium.core.ui.forms import PlainForm
from kommissorium.policies.actions.text_imports import MOST_AT_ONCE, GivenText
from kommissorium.policies.models import Document, HandbookSettings, Level
from kommissorium.policies.uploads import KINDS, Upload, UploadRefused, read_upload
from kommissorium.policies.word_files import EditedText, read_edited
from kommissorium.registers.forms.rows import RowForm
from kommissorium.yearwheel.forms.occurrences import FilesField, FilesInput

AS_TEXT, AS_FILE = "text", "file"


class HandbookForm(RowForm):
    """Who reads the handbook without sign-in."""

    model = HandbookSettings
    names = ("is_open", "networks")


class WordForm(PlainForm):
    """The Word file that was edited; it is compared here, before anything is written.

    A browser gives no file back: one that was compared is brought back by its signed mark `kept`.
    """

    file = forms.FileField(
        label=gettext_lazy("Edited Word file"),
        widget=forms.FileInput({"accept": ".docx"}),
        max_length=140,
    )

    def __init__(self, data: Any, files: Any, *, edit_version: int, salt: str) -> None:
        super().__init__(data, files)
        self.fields["file"].required = not (data and data.get("kept"))
        self.salt, self.edit_version = salt, edit_version
        self.seen = 0  # the version of the draft that the file was compared with
        self.stored: StoredFile | None = None
        self.edited: EditedText | None = None

    def clean_file(self) -> None:
        """Find what the file says."""
        try:
            if file := self.files.get("file"):
                data = file.read()
                self.edited = read_edited(data)  # what cannot be read is not kept
                self.stored = store_file(data, "text.docx")
            elif stored := self._brought_back():
                self.edited, self.stored = read_edited(stored.read()), stored
            else:
                raise forms.ValidationError(_("Choose the Word file."))
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
        digest = self.stored.pk if self.stored else ""
        return signing.dumps([digest, self.edit_version], salt=self.salt)


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
        self.read: list[tuple[StoredFile, str, Upload]] = []

    def clean_documents(self) -> None:
        """Look into each file; one that cannot be taken is named, with why."""
        found, refusals = self.cleaned_data["documents"], list[str]()
        if not found:
            raise forms.ValidationError(_("Choose the files."))
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


class ChosenForm(PlainForm):
    """Which of the uploaded files become documents: for each its title, its level, and as what.

    Who owns them and what they are written under is said of all at once.
    """

    owner = PersonChoice(label=gettext_lazy("Owner of all"), required=False)
    parent = forms.ModelChoiceField(
        Document.objects.in_use().exclude(level=Level.PROCEDURE),
        label=gettext_lazy("All written under"),
        required=False,
    )

    def __init__(
        self, data: Any = None, *, uploads: Sequence[tuple[StoredFile, str, Upload]]
    ) -> None:
        super().__init__(data)
        self.uploads = uploads
        for place, (_file, name, upload) in enumerate(uploads):
            self._offer(place, name, upload)

    def _offer(self, place: int, name: str, upload: Upload) -> None:
        take = forms.BooleanField(label=_("Take “%(name)s”") % {"name": name}, required=False)
        title = forms.CharField(label=_("Title"), max_length=200)
        level = forms.ChoiceField(label=_("Level"), choices=Level)
        fields = {"take": take, "title": title, "level": level}
        starts: dict[str, Any] = {"take": True, "title": upload.title, "level": upload.level}
        if upload.text and name.endswith(".docx"):
            choices = [(AS_TEXT, _("Text, to be written here")), (AS_FILE, _("The file as it is"))]
            fields["kind"] = forms.ChoiceField(label=_("Keep as"), choices=choices)
        for key, field in fields.items():
            self.fields[f"{key}_{place}"] = field
            self.initial[f"{key}_{place}"] = starts.get(key, AS_TEXT)

    def rows(self) -> list[dict[str, Any]]:
        """Return for each file its name, what was read, and its fields."""
        return [
            {
                "name": name,
                "upload": upload,
                "fields": [
                    self[f"{key}_{place}"]
                    for key in ("take", "title", "level", "kind")
                    if f"{key}_{place}" in self.fields
                ],
            }
            for place, (_file, name, upload) in enumerate(self.uploads)
        ]

    def for_all(self) -> dict[str, Any]:
        """Return what is said of all of them."""
        return {name: self.cleaned_data[name] for name in ("owner", "parent")}

    def texts(self) -> list[GivenText]:
        """Return the documents to be made."""
        return [
            self._text(place, *self.uploads[place])
            for place in range(len(self.uploads))
            if self.cleaned_data[f"take_{place}"]
        ]

    def _text(self, place: int, file: StoredFile, name: str, upload: Upload) -> GivenText:
        values = self.cleaned_data
        title, level = values[f"title_{place}"], values[f"level_{place}"]
        if upload.text and values.get(f"kind_{place}", AS_TEXT) == AS_TEXT:
            return GivenText(title, level, text=upload.text)
        return GivenText(title, level, "", file, name, upload.as_file)
