"""What people fill in about a case: who reports it, who follows it, and who handles it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.person_choice import PersonChoice
from kommissorium.assets.forms.told import YES_NO, AssetNames, file_field, given_file, text_field
from kommissorium.core.cleaning import past_moment
from kommissorium.core.ui.forms import MomentField, PlainForm, beside_fields, label_of
from kommissorium.core.ui.required import When, chosen
from kommissorium.incidents.actions.reports import ASKED, FIELDS
from kommissorium.incidents.checklists import checklists
from kommissorium.incidents.laws import LAWS
from kommissorium.incidents.models import WRITTEN, Awareness, EntryKind, Incident, Nature, Role
from kommissorium.incidents.models.incidents import LINE_LENGTH
from kommissorium.registers.forms.rows import RowForm

ORDER = (
    *("title", "nature", "type", "severity", "hits_confidentiality", "hits_integrity"),
    *("hits_availability", "assets", "area", "persons", "person_groups", "data_groups"),
    *("is_attack", "is_breach", "is_significant", "aware_at", "aware_because"),
    *("processor_told_at", "plan_activated", "is_restricted"),
)


HITS = ("hits_confidentiality", "hits_integrity", "hits_availability")
NO_FILE = When(
    _("there is no file"),
    lambda form: not form.cleaned_data.get("file"),
    _("Write something, or add a file."),
)


def _asks_awareness(form: Any) -> bool:
    """Return whether what was answered makes a law ask since when it is known, for the first time."""
    answers = {name: form.cleaned_data.get(name) or "" for name in ("is_breach", "is_significant")}
    laws = set(Incident(nature=form.cleaned_data.get("nature", ""), **answers).laws)
    return bool(laws - set(form.row.awareness.values_list("law", flat=True)))


class CaseForm(PlainForm):
    """A form about a case."""

    def __init__(self, data: Any = None, files: Any = None, *, row: Incident) -> None:
        self.row = row
        super().__init__(data, files)


class TriageForm(RowForm):
    """The triage of a report. It asks since when it is known until that was answered."""

    model = Incident
    names: tuple[str, ...] = FIELDS
    needed = ("title", "nature")
    required_when: Mapping[str, When] = {
        **dict.fromkeys(
            ASKED, When(_("it is a security incident"), chosen("nature", Nature.INCIDENT))
        ),
        "aware_at": When(
            _("it is a breach or significant"),
            _asks_awareness,
            _("Say when it became known: the deadlines run from then."),
        ),
        "aware_because": When(_("it is a breach or significant"), _asks_awareness),
    }

    def __init__(self, data: Any = None, *, row: Incident) -> None:
        super().__init__(data, row=row)
        self.fields["assets"] = AssetNames(
            label=_("Systems and data sets"),
            help_text=_("One on each line, as they are called in the register."),
            initial="\n".join(one.name for one in row.assets.all()),
        )
        self.fields["aware_at"] = MomentField(
            label=_("Known since"),
            required=False,
            initial=timezone.localtime(row.discovered_at),
            help_text=_("Asked once, where a law wants it. The deadlines run from then."),
        )
        self.fields["aware_because"] = text_field(
            2, label=label_of(Awareness, "because"), required=False
        )
        self.order_fields(ORDER)

    def field_of(self, name: str) -> forms.Field:
        if name == "processor_told_at":
            field: Any = Incident._meta.get_field(name)  # noqa: SLF001
            return MomentField(label=capfirst(field.verbose_name), required=False)
        found = super().field_of(name)
        if name == HITS[0]:
            found.help_text = _("At least one of the three, when it is a security incident.")
        return found

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if said.get("aware_at"):
            with beside_fields(self):
                past_moment(said["aware_at"], "aware_at")
        if said.get("nature") == Nature.INCIDENT and not any(said.get(name) for name in HITS):
            self.add_error(HITS[0], _("Choose at least one of the three."))
        return said

    def given(self) -> dict[str, Any]:
        names = ("assets", "aware_at", "aware_because")
        found = {name: self.cleaned_data[name] for name in names}
        return {"values": self.values(), "edit_version": self.version, **found}


class LineForm(CaseForm):
    """A line of the timeline."""

    required_when: Mapping[str, When] = {"text": NO_FILE}

    kind = forms.ChoiceField(
        label=_("Kind"), choices=[(one.value, one.label) for one in map(EntryKind, WRITTEN)]
    )
    text = text_field(
        label=_("What happened?"),
        help_text=_("It is only added to: nothing here can be changed later."),
        required=False,
    )
    at = MomentField(label=_("When"), required=False)
    file = file_field()

    def given(self) -> dict[str, Any]:
        return {**self.cleaned_data, "file": given_file(self)}


class HandlerForm(CaseForm):
    """A new handler, and their part."""

    person = PersonChoice(label=_("Person"))
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)


class CloseForm(RowForm):
    """The values the log of breaches wants: effects and remedy."""

    model = Incident
    names = needed = ("effects", "remedy")


class ReasonForm(CaseForm):
    """A reason."""

    because = text_field(3, label=_("Reason"), max_length=1000)


class TaskForm(CaseForm):
    """A task from a case."""

    title = forms.CharField(
        label=_("What is to be done"), help_text=_("Write no names."), max_length=200
    )
    owner = PersonChoice(label=_("Who does it"))
    due = forms.DateField(label=_("Due"))


class ChecklistForm(CaseForm):
    """The checklist to take into use."""

    code = forms.ChoiceField(label=_("Checklist"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = [(one.code, one.name) for one in checklists()]  # type: ignore[attr-defined]


class NamesForm(PlainForm):
    """Names of persons concerned, one a line."""

    names = text_field(label=_("Names"), help_text=_("One on each line."))
    note = forms.CharField(label=_("Note"), max_length=200, required=False)


class AwarenessForm(CaseForm):
    """Another moment since when a case is known, by one of the laws, and why."""

    law = forms.ChoiceField(label=_("Law"))
    at = MomentField(label=_("Known since"))
    because = text_field(label=_("Reason"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = self.row.awareness.filter(is_first=True)
        self.fields["law"].choices = [(one.law, LAWS[one.law]) for one in rows]  # type: ignore[attr-defined]


UNSURE = "unsure"


class ReportForm(PlainForm):
    """The event, its time and place, whether personal data are involved; a picture or a file."""

    what = text_field(
        label=_("What happened?"),
        help_text=_("Write what you saw. Leave out names where you can."),
        error_messages={"required": _("Write what happened.")},
    )
    place = forms.CharField(
        label=_("Which system, or where?"), max_length=LINE_LENGTH, required=False
    )
    personal_data = forms.ChoiceField(
        label=label_of(Incident, "personal_data"),
        choices=[*YES_NO, (UNSURE, _("I do not know"))],
        initial=UNSURE,
        widget=forms.RadioSelect,
    )
    discovered_at = MomentField(label=_("When did you notice it?"))
    happened_at = MomentField(label=_("When did it begin?"), required=False)
    file = file_field(help_text=_("Up to 25 MB. Where a picture was taken is removed from it."))

    def __init__(self, *args: Any, with_file: bool = True, **kwargs: Any) -> None:
        initial = {"discovered_at": timezone.localtime()}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["place"].widget.attrs["list"] = "systems"
        if not with_file:
            del self.fields["file"]

    def given(self) -> dict[str, Any]:
        """Return the arguments of the action."""
        found = {name: value for name, value in self.cleaned_data.items() if name != "file"}
        if found["personal_data"] == UNSURE:
            found["personal_data"] = ""
        return {**found, "file": given_file(self)}


class AdditionForm(PlainForm):
    """An addition to a report."""

    required_when: Mapping[str, When] = {"text": NO_FILE}

    text = text_field(3, label=_("Add to it"), required=False)
    file = file_field()

    def __init__(self, *args: Any, with_file: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not with_file:
            del self.fields["file"]
            self.fields["text"].required = True

    def given(self) -> dict[str, Any]:
        return {"text": self.cleaned_data["text"], "file": given_file(self)}


class FollowForm(PlainForm):
    """The number and the code that a reporter without sign-in was given."""

    receipt = forms.CharField(label=_("Receipt number"), max_length=20)
    secret = forms.CharField(label=_("Code"), max_length=40)
