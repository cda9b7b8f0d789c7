"""Forms to choose which uploaded files become documents, and of which kind."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.accounts.person_choice import PersonChoice
from kommissorium.core.documents.uploads import Upload
from kommissorium.core.files.models import StoredFile
from kommissorium.core.ui.forms import PlainForm
from kommissorium.policies.models import Document, Level
from kommissorium.registers.forms.uploads import ReadFile
from kommissorium.texts.actions.beginnings import GivenText

AS_TEXT, AS_FILE = "text", "file"
GUESSES: Final = (
    (r"procedure|instruks|forretningsgang|vejledning til", Level.PROCEDURE),
    (r"retningslinj|vejledning|guideline|regler", Level.GUIDELINE),
    (r"informationssikkerhedspolitik|overordnet|information security policy", Level.OVERALL),
    (r"politik|policy", Level.POLICY),
)


def guessed_level(title: str) -> str:
    """Return the level that a document of the title seems to be of."""
    words = title.lower()
    return next((level for cue, level in GUESSES if re.search(cue, words)), Level.GUIDELINE)


class ChosenForm(PlainForm):
    """Form to turn uploaded files into documents: for each its title, its level, and as what.

    Who owns them and what they are written under is said of all at once.
    """

    owner = PersonChoice(label=gettext_lazy("Owner of all"), required=False)
    parent = forms.ModelChoiceField(
        Document.objects.in_use().exclude(level=Level.PROCEDURE),
        label=gettext_lazy("All written under"),
        required=False,
    )

    def __init__(self, data: Any = None, *, uploads: Sequence[ReadFile]) -> None:
        super().__init__(data)
        self.uploads = uploads
        for place, (_file, name, upload) in enumerate(uploads):
            self._offer(place, name, upload)

    def _offer(self, place: int, name: str, upload: Upload) -> None:
        take = forms.BooleanField(label=_("Take “%(name)s”") % {"name": name}, required=False)
        title = forms.CharField(label=_("Title"), max_length=200)
        level = forms.ChoiceField(label=_("Level"), choices=Level)
        fields = {"take": take, "title": title, "level": level}
        starts: dict[str, Any] = {
            "take": True,
            "title": upload.title,
            "level": guessed_level(upload.title),
        }
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
