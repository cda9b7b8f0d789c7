"""Forms to upload a mandate and to approve it."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.accounts.models import Person
from kommissorium.committees.actions.mandates import approve_mandate, draft_mandate
from kommissorium.committees.forms.clause_rows import MOST_CLAUSES
from kommissorium.committees.forms.widgets import DayField
from kommissorium.committees.mandate_scope import LABELS, Holders, Scopes
from kommissorium.committees.models import Committee, Mandate
from kommissorium.committees.reader import (
    UnreadableMandate,
    builtin,
    read_text,
    source_text,
)
from kommissorium.core.backdating import BackdatingField
from kommissorium.core.files.actions import store_file
from kommissorium.core.files.file_types import FileRefused, clean_name, media_type
from kommissorium.core.ui.forms import PlainForm

ENDINGS: Final = (".docx", ".odt", ".pdf", ".txt", ".md")
FILE, TEXT, TEMPLATE = "file", "text", "template"


class MandateSourceForm(PlainForm):
    """The source of the text: a file, pasted text, or the built-in template.

    Each way is a form of its own on the page (`choices`), with its own button.
    """

    way = forms.ChoiceField(
        choices=[(FILE, FILE), (TEXT, TEXT), (TEMPLATE, TEMPLATE)], widget=forms.HiddenInput
    )
    file = forms.FileField(
        label=gettext_lazy("File with the terms of reference"),
        allow_empty_file=True,
        widget=forms.FileInput({"accept": ",".join(ENDINGS)}),
        help_text=gettext_lazy("Word (.docx), OpenDocument (.odt), PDF, .txt or .md, up to 10 MB."),
        error_messages={"required": gettext_lazy("Choose a file.")},
    )
    text = forms.CharField(
        label=gettext_lazy("Text of the terms of reference"),
        strip=False,
        widget=forms.Textarea({"rows": 8}),
        help_text=gettext_lazy("Paste the whole text, headings and lists included."),
        error_messages={
            "required": gettext_lazy("Paste the text of the terms of reference first.")
        },
    )
    template = forms.ChoiceField(
        label=gettext_lazy("Language of the template"),
        choices=[("da", gettext_lazy("Danish")), ("en", gettext_lazy("English"))],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.chosen = self["way"].value()
        self.auto_id = f"id_{self.chosen}_%s"
        for name in {FILE, TEXT, TEMPLATE} - {self.chosen}:
            del self.fields[name]

    @classmethod
    def choices(cls, posted: MandateSourceForm | None = None) -> list[MandateSourceForm]:
        """Return one form for each source; the one that was sent takes the place of its own."""
        return [
            posted if posted and posted.chosen == way else cls(initial={"way": way})
            for way in (FILE, TEXT, TEMPLATE)
        ]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if self.errors:
            return values
        try:
            self._read(values[self.chosen])
        except UnreadableMandate as unreadable:
            self.add_error(self.chosen, ValidationError(str(unreadable.message), unreadable.code))
        except FileRefused as refused:
            self.add_error(self.chosen, ValidationError(str(refused)))
        return values

    def _read(self, value: Any) -> None:
        self.data_read, self.name = b"", ""
        if self.chosen == FILE:
            self.data_read, self.name = value.read(), clean_name(value.name or "")
            self.source = source_text(self.data_read, self.name)
            media_type(self.data_read, self.name)
        else:
            self.source = value if self.chosen == TEXT else builtin(value)
        self.understanding = read_text(self.source)
        if len(self.understanding.clauses) > MOST_CLAUSES:
            message = _("The text has more than %(most)d clauses. Leave out what is no clause.")
            raise ValidationError({self.chosen: message % {"most": MOST_CLAUSES}})

    def save(self, committee: Committee, *, by: Person) -> Mandate:
        """Keep the text that was read as a draft, and the file it was read from."""
        return draft_mandate(
            committee,
            self.understanding,
            by=by,
            source_text=self.source,
            source_name=self.name,
            source_file=store_file(self.data_read, self.name) if self.data_read else None,
        )


class MandateApprovalForm(PlainForm):
    adopted_by = forms.CharField(
        label=gettext_lazy("Adopted by"),
        max_length=120,
        help_text=gettext_lazy("The body that adopted the text, for example the executive board."),
    )
    effective_from = DayField(
        label=gettext_lazy("In force from"),
        initial=timezone.localdate,
        help_text=gettext_lazy(
            "The day it really began, even if that is years ago: everything is measured from it."
        ),
    )
    because = BackdatingField()
    registers = forms.MultipleChoiceField(
        label=gettext_lazy("Registers it covers"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "What these registers hold counts for this committee. Of others only what it decides"
            " and holds itself does."
        ),
    )

    def __init__(self, *args: Any, committee: Committee, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        scopes = Scopes()
        held = scopes.held_by_others(committee)
        if not held:  # a committee alone covers all
            del self.fields["registers"]
            return
        field = self.fields["registers"]
        field.choices = [(code, _with_holders(code, held)) for code in LABELS]  # type: ignore[attr-defined]
        self.initial["registers"] = sorted(scopes.proposed(committee))

    def save(self, mandate: Mandate, *, by: Person) -> None:
        approve_mandate(mandate, by=by, **self.cleaned_data)


def _with_holders(code: str, held: Holders) -> str:
    """Return a register's name, and which other committees cover it."""
    if code not in held:
        return str(LABELS[code])
    text = _("%(register)s (covered by %(committees)s)")
    return text % {"register": LABELS[code], "committees": ", ".join(held[code])}
