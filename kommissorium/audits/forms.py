"""Forms about audits."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kommissorium.assets.actions.documents import GivenFile
from kommissorium.assets.forms.told import AssetNames, text_field
from kommissorium.audits.models import CheckLine, CheckOutcome, Severity, Sort
from kommissorium.core.built_in import starters_of
from kommissorium.core.ui.forms import PlainForm, make_native, may_come_in
from kommissorium.core.ui.required import When, chosen
from kommissorium.registers.forms.activities import FindingForm
from kommissorium.registers.forms.rows import RowForm
from kommissorium.yearwheel.forms.occurrences import FilesField

READY: Final = Path(__file__).with_name("ready_checklists.toml")


class AuditFindingForm(FindingForm):
    """A finding: its kind and seriousness, and who puts it right by when."""

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        own = {
            "sort": forms.ChoiceField(label=gettext("Kind"), choices=Sort.choices),
            "severity": forms.TypedChoiceField(
                label=gettext("Severity"), choices=Severity.choices, coerce=int
            ),
            "reference": forms.CharField(
                label=gettext("Which clause or control"), max_length=60, required=False
            ),
            "asset": AssetNames(
                with_left=True,
                label=gettext("System"),
                help_text=gettext(
                    "As it is called in the register. Leave it empty where it is about none."
                ),
            ),
        }
        for name, field in own.items():
            make_native(field)
            self.fields[name] = field
        self.order_fields(["sort", "severity", "text", "reference", "asset"])
        self.fields["title"].initial = gettext("Answer the finding and put it right")

    def clean_asset(self) -> Any:
        found = self.cleaned_data["asset"]
        if len(found) > 1:
            raise ValidationError(gettext("Name one system; note a finding for each."))
        return found[0] if found else None


class ClosureForm(PlainForm):
    """Evidence that a finding was put right: in words, and in files."""

    evidence = text_field(
        label=_("Evidence"), help_text=_("What shows it, and where the auditor can see it.")
    )
    documents = FilesField(
        label=_("Files that show it"),
        help_text=_("PDF, Word, Excel, pictures or text, up to 25 MB."),
        required=False,
        validators=[may_come_in],
    )

    def clean_documents(self) -> list[GivenFile]:
        """Return the files as the action takes them."""
        return [GivenFile(one.name or "", one.read()) for one in self.cleaned_data["documents"]]


class VerdictForm(PlainForm):
    """Whether the evidence is accepted; if not, why."""

    verdict = forms.ChoiceField(
        label=_("Does the evidence show it?"),
        choices=[
            ("accepted", _("Yes: the finding is closed")),
            ("returned", _("No: more is needed")),
        ],
    )
    because = text_field(label=_("Why"), required=False, max_length=1000)
    required_when: Mapping[str, When] = {
        "because": When(_("more is needed"), chosen("verdict", "returned"))
    }


class ChecklistForm(PlainForm):
    """Lines for the checklist, one on each line."""

    ready = forms.ChoiceField(label=_("Add a checklist of ours"), required=False)
    lines = text_field(rows=8, label=_("What is to be looked at, one on each line"), required=False)
    required_when: Mapping[str, When] = {
        "lines": When(_("no checklist is chosen"), chosen("ready", ""))
    }

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        offered = [(code, one["name"]) for code, one in starters_of(READY).items()]
        self.fields["ready"].choices = [("", _("None")), *offered]  # type: ignore[attr-defined]

    def clean_lines(self) -> list[str]:
        return str(self.cleaned_data["lines"]).splitlines()

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        ready = starters_of(READY).get(found.pop("ready", ""), {"lines": ""})
        return found | {"lines": [*found.get("lines", []), *ready["lines"].strip().splitlines()]}


class CheckForm(RowForm):
    """The outcome of a line of the checklist."""

    model = CheckLine
    names = ("outcome", "note")
    required_when: Mapping[str, When] = {
        "note": When(
            _("what is asked is not fulfilled"),
            chosen("outcome", CheckOutcome.NOT_MET),
            _("Write what was seen that is not as it should be."),
        )
    }

    def field_of(self, name: str) -> forms.Field:
        if name != "outcome":
            return super().field_of(name)
        return forms.ChoiceField(label=gettext("What it showed"), choices=CheckOutcome.choices[1:])


class SampleForm(PlainForm):
    """The number of systems to draw."""

    number = forms.IntegerField(
        label=_("How many systems"), min_value=1, max_value=1000, initial=15
    )


class ReportForm(PlainForm):
    """How many there are of what was audited, and how many of them were looked at."""

    population = forms.IntegerField(
        label=_("How many are there of what was audited?"),
        help_text=_("For example systems, agreements or accesses."),
        min_value=1,
    )
    looked_at = forms.IntegerField(label=_("How many of them were looked at?"), min_value=1)
