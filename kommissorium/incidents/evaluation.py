"""The evaluation of an incident before a committee: handling, background and learning."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.accounts.models import Person
from kommissorium.assets.models import reads_whole_register
from kommissorium.core.ui.forms import label_of
from kommissorium.core.ui.localised import day, moment
from kommissorium.core.ui.required import When, chosen
from kommissorium.incidents.actions.evaluations import mark_evaluated
from kommissorium.incidents.clocks import clocks_of
from kommissorium.incidents.models import Evaluation, Incident, Lesson
from kommissorium.meetings.facts import FactRow, FactTable
from kommissorium.meetings.models import Decision
from kommissorium.registers.agenda import AgendaContext, Tables
from kommissorium.registers.documents.record import Section, answered
from kommissorium.registers.forms.rows import FORWARD, RowForm
from kommissorium.registers.offered import foreseen
from kommissorium.registers.proposing import AgendaText, Lack
from kommissorium.registers.readers import laid_before
from kommissorium.registers.standard_proposals import StandardProposal

HANDLING = ("went_well", "went_badly")
BACKGROUND = ("cause", "contributing", "scenario", "measures")
LEARNING = ("learning",)


class EvaluationForm(RowForm):
    """The committee's conclusions. The risk is chosen among those foreseen."""

    model = Evaluation
    names = ("summary", *HANDLING, "cause", "contributing", "scenario", "measures", *LEARNING)
    required_when: Mapping[str, When] = {
        "went_well": When(gettext_lazy("the draft is put forward, and nothing went badly")),
        "went_badly": When(gettext_lazy("the draft is put forward, and nothing went well")),
        "cause": FORWARD,
        "scenario_key": When(gettext_lazy("the draft is put forward, and it is not in words")),
        "scenario": When(gettext_lazy("the draft is put forward, and it stands in no register")),
        "learning": FORWARD,
    }

    def __init__(self, data: Any = None, *, row: Evaluation) -> None:
        super().__init__(data, row=row)
        found = foreseen(row.made_by, row.incident.assets.values_list("pk", flat=True))
        self.risks = {one.key: one.label for one in found}
        if row.scenario_key:
            self.risks.setdefault(row.scenario_key, row.scenario)
            self.initial["scenario"] = ""
        self.fields["scenario_key"] = forms.ChoiceField(
            label=label_of(Evaluation, "scenario"),
            choices=[("", _("It stands in no register")), *self.risks.items()],
            initial=row.scenario_key,
            required=False,
        )
        self.fields["scenario"].label = _("In words, where it stands in no register")
        self.fields["scenario"].help_text = ""
        self.order_fields(["summary", *HANDLING, "cause", "contributing", "scenario_key"])

    def values(self) -> dict[str, Any]:
        found = super().values()
        key = self.cleaned_data["scenario_key"]
        return {**found, "scenario_key": key, "scenario": self.risks.get(key, found["scenario"])}


class LessonForm(RowForm):
    """A consequence of an evaluation."""

    model = Lesson
    names = ("kind", "title", "owner", "due")

    required_when: Mapping[str, When] = {
        "owner": When(
            gettext_lazy("it is no assessment of the risk"),
            chosen("kind", Lesson.Kind.TASK, Lesson.Kind.RULE),
            gettext_lazy("Choose a person."),
        )
    }

    def __init__(self, data: Any = None, *, is_foreseen: bool) -> None:
        super().__init__(data)
        del self.fields["edit_version"]
        self.fields["owner"].required = not is_foreseen


class EvaluationProposal(StandardProposal[Evaluation]):
    """Proposal to evaluate how an incident was handled, why it came, and what is learned of it."""

    kind, model, slug = "incidents.evaluation", Evaluation, "evaluation"
    known_as = gettext_lazy("Evaluation of an incident")
    listed = (gettext_lazy("Incidents"), "incidents")
    related = ("committee", "proposed_by", "incident")
    added = gettext_lazy("What was evaluated is added from the register.")
    record_kind = "incidents.evaluation"
    description = gettext_lazy("Handling, background and learning")
    form = EvaluationForm

    def visible_to(self, person: Person) -> QuerySet[Evaluation]:
        """Return those of cases the person reads; to others those put before their committee.

        Of a restricted case nothing is shown to people who may not read it.
        """
        own = Q(incident__in=Incident.objects.visible_to(person).values("pk"))
        if reads_whole_register(person):
            own |= Q(incident__is_restricted=False) & laid_before(person, "committee")
        return super().visible_to(person).filter(own)

    def same_as(self, proposal: Evaluation) -> QuerySet[Evaluation]:
        return Evaluation.objects.filter(incident=proposal.incident_id)

    def told(self, proposal: Evaluation) -> dict[str, Any]:
        return {"kind": self.kind, "number": proposal.incident.case_number}

    def named(self, facts: Mapping[str, Any]) -> str:
        return _("Evaluation of incident %(number)s") % {"number": facts["number"]}

    def lacks(self, proposal: Evaluation) -> list[str]:
        missing = []
        if proposal.incident.is_open:
            missing.append(_("Close the case first."))
        if not any(getattr(proposal, name) for name in HANDLING):
            text = _("Write what went well or not in the handling.")
            missing.append(Lack(text, HANDLING[0]))
        if not proposal.cause:
            missing.append(Lack(_("Write the cause."), "cause"))
        if not proposal.scenario:
            missing.append(Lack(_("Say which risk it was."), "scenario_key"))
        if not proposal.learning:
            missing.append(Lack(_("Write what is learned."), "learning"))
        return missing

    def text(self, proposal: Evaluation) -> AgendaText:
        number = {"number": proposal.incident.case_number}
        points = [
            _("evaluates the handling of and the background for incident %(number)s") % number,
            _("approves what is learned of it"),
        ]
        hint = _("The details stand in the evaluation. Close the item where they are not for all.")
        return AgendaText.of(self.title_of(proposal), points, [hint])

    def facts(self, keys: Iterable[str], context: AgendaContext) -> Mapping[str, Tables]:
        """Return figures of each; all of the evaluation under items that are closed."""
        closed = {one.subject_id for one in context.items if one.is_closed}
        rows = self.model.objects.filter(pk__in=[int(key) for key in keys])
        return {
            str(one.pk): self._tables(one) if str(one.pk) in closed else (_figures(one),)
            for one in rows.select_related(*self.related)
        }

    def body(self, proposal: Evaluation) -> dict[str, Any]:
        names = ("summary", *HANDLING, *BACKGROUND, *LEARNING)
        clocks = clocks_of(proposal.incident, proposal.made_at)
        told = [one.notification for one in clocks if one.notification.sent_at]
        return {
            **{name: getattr(proposal, name) for name in names},
            "figures": _figures_of(proposal.incident),
            "lessons": [
                [one.get_kind_display(), one.title, day(one.due)] for one in proposal.lessons.all()
            ],
            "notifications": [
                [one.rule.label, moment(one.due_at), moment(one.sent_at), one.late_because]
                for one in told
            ],
        }

    def sections(self, content: Mapping[str, Any]) -> Sequence[Section]:
        columns = (_("What"), _("Due"), _("Sent"), _("Why it was later"))
        sent, lessons = content["notifications"], content["lessons"]
        coming = (_("Kind"), _("What is to be done"), _("Due"))
        return [
            Section(_("What happened"), content["summary"]),
            Section(_("Figures"), "", (_("What"), _("How it was")), content["figures"], (3, 5)),
            *([Section(_("Notifications"), "", columns, sent, (5, 3, 3, 4))] if sent else []),
            Section(_("Handling"), "", *answered(Evaluation, content, HANDLING)),
            Section(_("Background"), "", *answered(Evaluation, content, BACKGROUND)),
            Section(_("Learning"), content["learning"]),
            *([Section(_("What comes of it"), "", coming, lessons, (3, 5, 2))] if lessons else []),
        ]

    def in_words(self, proposal: Evaluation) -> list[str]:
        return [f"– {label}: {value}" for label, value in _figures_of(proposal.incident)]

    def approve(self, proposal: Evaluation, decision: Decision, *, by: Person) -> None:
        super().approve(proposal, decision, by=by)
        mark_evaluated(proposal, decision, by=by)


KIND = EvaluationProposal()


def _figures_of(incident: Incident) -> list[list[str]]:
    found = [
        [_("Case"), incident.case_number],
        [_("Type"), incident.get_type_display()],
        [_("Severity"), incident.get_severity_display()],
        [_("Reported"), moment(incident.reported_at)],
        [_("Closed"), moment(incident.closed_at)],
    ]
    return [[label, value] for label, value in found if value]


def _figures(proposal: Evaluation) -> FactTable:
    rows = tuple(
        FactRow(f"{KIND.kind}:{proposal.pk}:{number}", (label, value))
        for number, (label, value) in enumerate(_figures_of(proposal.incident))
    )
    columns = (_("What"), _("How it was"))
    return FactTable(f"evaluation{proposal.pk}", _("Figures"), "", columns, rows)
