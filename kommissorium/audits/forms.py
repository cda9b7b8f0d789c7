"""What people fill in about audits."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.assets.actions.handing_in import GivenFile
from kommissorium.assets.forms.told import AssetNames, text_field
from kommissorium.audits.models import (
    Answer,
    Audit,
    AuditEvaluation,
    AuditSettings,
    CheckLine,
    CheckOutcome,
    Severity,
    Sort,
)
from kommissorium.core.ui.forms import PlainForm, make_native, may_come_in
from kommissorium.registers.forms.activities import ActivityForm, FindingForm, HoldForm
from kommissorium.registers.forms.areas import AreaRowForm
from kommissorium.registers.forms.rows import RowForm
from kommissorium.yearwheel.forms.occurrences import FilesField

DAYS = ("first_day", "last_day")


class AuditForm(AreaRowForm, ActivityForm):
    """An audit: its scope, its auditor and why they are independent, and their days."""

    model = Audit
    own = ("area", "clauses", "controls", "auditor", "independence", *DAYS)


class AuditHoldForm(HoldForm):
    """When it was held and what came of it."""

    model = Audit


class AuditorForm(RowForm):
    """Who audits, why they are independent, and on which days they read."""

    model = Audit
    names = ("auditor", "independence", *DAYS)


class AuditFindingForm(FindingForm):
    """What was found, of what kind and how serious, and who puts it right by when."""

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        own = {
            "sort": forms.ChoiceField(label=_("Kind"), choices=Sort.choices),
            "severity": forms.TypedChoiceField(
                label=_("Severity"), choices=Severity.choices, coerce=int
            ),
            "reference": forms.CharField(
                label=_("Which clause or control"), max_length=60, required=False
            ),
            "asset": AssetNames(
                with_left=True,
                label=_("System"),
                help_text=_("As it is called in the register, where it is about one."),
            ),
        }
        for name, field in own.items():
            make_native(field)
            self.fields[name] = field
        self.order_fields(["sort", "severity", "text", "reference", "asset"])
        self.fields["title"].initial = _("Answer the finding and put it right")

    def clean_asset(self) -> Any:
        found = self.cleaned_data["asset"]
        if len(found) > 1:
            raise ValidationError(_("Name one system; note a finding for each."))
        return found[0] if found else None


class AnswerForm(RowForm):
    """Why it is so, and what is done about it."""

    model = Answer
    names = ("cause", "remedy")

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        del self.fields["edit_version"]


class ClosureForm(PlainForm):
    """What shows that it was put right: in words, and in files."""

    evidence = text_field(
        label=gettext_lazy("Evidence"),
        help_text=gettext_lazy("What shows it, and where the auditor can see it."),
    )
    documents = FilesField(
        label=gettext_lazy("Files that show it"),
        help_text=gettext_lazy("PDF, Word, Excel, pictures or text, up to 25 MB each."),
        required=False,
        validators=[may_come_in],
    )

    def handed_in(self) -> list[GivenFile]:
        """Return the files as the action takes them."""
        return [GivenFile(one.name or "", one.read()) for one in self.cleaned_data["documents"]]


class VerdictForm(PlainForm):
    """Whether the evidence is accepted; if not, why."""

    verdict = forms.ChoiceField(
        label=gettext_lazy("Does the evidence show it?"),
        choices=[
            ("accepted", gettext_lazy("Yes: the finding is closed")),
            ("returned", gettext_lazy("No: more is needed")),
        ],
    )
    because = text_field(label=gettext_lazy("Why"), required=False, max_length=1000)


class ChecklistForm(PlainForm):
    """Lines for the checklist, one on each line."""

    lines = text_field(rows=8, label=gettext_lazy("What is to be looked at, one on each line"))


class CheckForm(RowForm):
    """What a line of the checklist showed."""

    model = CheckLine
    names = ("outcome", "note")

    def field_of(self, name: str) -> forms.Field:
        if name != "outcome":
            return super().field_of(name)
        return forms.ChoiceField(label=_("What it showed"), choices=CheckOutcome.choices[1:])


class SampleForm(PlainForm):
    """How many systems are drawn."""

    number = forms.IntegerField(
        label=gettext_lazy("How many systems"), min_value=1, max_value=1000, initial=15
    )


class EvaluationForm(RowForm):
    """What the committee is to conclude."""

    model = AuditEvaluation
    names = ("judgement", "effort")


class SettingsForm(RowForm):
    """How often an audit is wanted."""

    model = AuditSettings
    names = ("months",)
