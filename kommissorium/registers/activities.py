"""A kind of activity that a plan of the year promises: a room says what it is, the kit does the rest.

The pattern and why: docs/decisions/0030.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, ClassVar, Final

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from kommissorium.accounts.actions.readings import note_reading
from kommissorium.accounts.models import Person, Reading
from kommissorium.committees.models import Committee
from kommissorium.core.evidence.models import Event
from kommissorium.core.ui.localised import day
from kommissorium.measures import activities
from kommissorium.meetings.models import Decision
from kommissorium.registers.actions.planned_duties import keep_planned
from kommissorium.registers.agenda import Weight
from kommissorium.registers.documents.record import Section
from kommissorium.registers.forms import activities as forms
from kommissorium.registers.forms.rows import RowForm, row_form
from kommissorium.registers.menu import Part
from kommissorium.registers.models.activities import (
    Activity,
    ActivityFinding,
    ActivityState,
    YearPlan,
    in_state,
)
from kommissorium.registers.proposing import AgendaText, Lack
from kommissorium.registers.signals import OfTable, Signal, TableSignals
from kommissorium.registers.standard_proposals import StandardProposal
from kommissorium.yearwheel.actions import RegisterDuty

type Label = str | Promise
type Figure = tuple[str, str]  # a label and a value in words


def _of(state: ActivityState, **more: Any) -> Signal[OfTable]:
    """Return the signal of those of approved plans that stand so, of former ones too."""
    return Signal(
        code=state.value,
        label=state.label,
        holds=lambda day: Q(plan__state="approved") & in_state(state, day),
        narrowed=f"state={state.value}&former=1",
        **more,
    )


LATE: Final = _of(
    ActivityState.LATE,
    sentence=activities.LATE,
    button=activities.SEE_LATE,
    weight=Weight.WORSE,
    wanted="less",
)
OFF: Final = _of(
    ActivityState.CALLED_OFF,
    sentence=activities.OFF,
)
STATES: Final = (_of(ActivityState.PLANNED), LATE, _of(ActivityState.HELD), OFF)


class ActivityKind[M: Activity]:
    """One kind of activity. Its empty answers are those of one that says nothing of its own."""

    slug: ClassVar[str]  # in its addresses, and in the facts of its events
    model: type[M]
    finding: type[ActivityFinding]
    plan: ClassVar[YearPlanProposal[Any]]
    signals: ClassVar[TableSignals]  # the numbers of those of approved plans
    home: ClassVar[str]  # the name of the address of its list
    own: ClassVar[tuple[str, ...]] = ()  # the room's fields of it
    held: ClassVar[tuple[str, ...]] = ("held_on", "outcome", "conclusion")  # how it went
    form: ClassVar[type[forms.ActivityForm]]
    hold_form: ClassVar[type[RowForm]]
    finding_form: ClassVar[type[forms.FindingForm]] = forms.FindingForm
    # Whether a part of the room's shows what was found, which is then noted before it was held too.
    has_own_findings: ClassVar[bool] = False
    is_logged: ClassVar[bool] = False  # whether who reads it is noted in the log of readings
    related: ClassVar[tuple[str, ...]] = ("plan", "responsible")
    # The proposals of the wheel that its plan takes the place of, by their keys.
    replaces: ClassVar[tuple[str, ...]] = ()
    requirements: ClassVar[tuple[str, ...]] = ()  # of standards, that plan and activities show
    texts: ClassVar[tuple[str, ...]] = ()  # its own fields in which search finds words
    told_by: ClassVar[tuple[str, ...]] = ("title",)  # what tells a proposed one from one there
    new_plan: ClassVar[Label]  # the button that drafts the plan of a year
    filled_from: ClassVar[Label]  # what its draft begins with
    new_activity: ClassVar[Label]  # the button that adds an activity

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        rows = cls.model._default_manager.all  # noqa: SLF001
        cls.signals = TableSignals(page=cls.home, signals=STATES, rows=rows)
        cls.hold_form = row_form(cls.model, *cls.held)
        if "form" not in vars(cls):
            cls.form = forms.activity_form(cls.model, cls.own)

    def visible_to(self, person: Person) -> QuerySet[M]:
        """Return those of all plans to followers of a committee, to others their approved ones."""
        rows: QuerySet[M] = self.model._default_manager.select_related(*self.related)  # noqa: SLF001
        if Committee.are_followed_by(person):
            return rows.filter(plan__in=self.plan.visible_to(person).order_by().values("pk"))
        return rows.filter(self.theirs(person), plan__state="approved")

    def theirs(self, person: Person) -> Q:
        """Return the condition that an activity is a person's business who follows no committee."""
        return Q(responsible=person)

    def told(self, activity: M) -> dict[str, Any]:
        """Return the facts of its events; `more` of them are the room's."""
        return {
            "activities": self.slug,
            "plan": activity.plan_id,
            "year": activity.plan.year,
            "title": activity.title,
            "planned_for": activity.planned_for,
            **self.more(activity),
        }

    def more(self, activity: M) -> dict[str, Any]:
        """Return what else the events say of it."""
        return {}

    def about(self, activity: M) -> Sequence[Figure]:
        """Return what else is planned of it, as its page, the plan and its document say it."""
        return ()

    def requirements_of(self, activity: M) -> tuple[str, ...]:
        """Return the names of the requirements that one of its activities shows."""
        return self.requirements

    def results(self, activity: M) -> Sequence[Figure]:
        """Return its figures, as anybody may read them who reads the activity."""
        return ()

    def parts(self, activity: M, person: Person) -> Iterable[Part]:
        """Return the room's parts of its page."""
        return ()

    def lacking(self, rows: Sequence[M]) -> Iterable[str]:
        """Return what these lack before a committee can approve them, as sentences."""
        return ()

    def is_unplanned(self, activity: M) -> bool:
        """Return whether it happened of itself: then it may lie before its plan held."""
        return False

    def refuse_planned(self, values: Mapping[str, Any]) -> None:
        """Raise Refused where what is to be planned cannot be so."""

    def events(self, activity: M, person: Person) -> QuerySet[Event]:
        """Return the events of it that the person reads."""
        return Event.objects.about(activity)

    def was_read(self, activity: M, person: Person) -> None:
        """Note that the person read its page, where that is logged."""
        if self.is_logged:
            note_reading(activity, by=person, what=Reading.What.PAGE)

    def refuse_outcome(self, activity: M, outcome: str) -> None:
        """Raise Refused where the figures speak against what is said to have come of it."""

    def refuse_finding(self, activity: M, owner: Person | None) -> None:
        """Raise Refused where nothing more is noted of it, or nothing for this owner."""

    def checked(self, activity: M, values: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return how it went as that is kept. Raises Refused, by field, for what cannot be so."""
        return values

    def prepare(self, rows: Sequence[M]) -> None:
        """Fetch in bulk what the results of these are read from."""

    def duty_of(self, activity: M) -> RegisterDuty:
        """Return the duty of the year wheel that one of an approved plan is a time of."""
        raise NotImplementedError

    def occasion(self, activity: M) -> str:
        """Return what the year wheel calls it."""
        return activity.title

    def proposed(self, year: int, by: Person) -> Iterable[M]:
        """Return what a draft for the year can begin with, unsaved: from wheel, registers and law."""
        return ()

    def added_to(self, activity: M) -> M:
        """Return it as a new plan takes it over from the year before; unsaved."""
        activity.pk, activity.edit_version, activity.is_extra = None, 1, False
        activity.held_on, activity.outcome, activity.conclusion = None, "", ""
        return activity


class YearPlanProposal[P: YearPlan](StandardProposal[P]):
    """Proposal to approve a year's plan. A room adds what a plan must not lack."""

    activities: ActivityKind[Any]  # set by the kind itself
    for_followers = True
    parts: ClassVar[tuple[str, ...]] = ("activities__responsible",)
    points: ClassVar[Label]  # "approves what … of %(year)s", as the committee is recommended
    heading: ClassVar[Label]  # "… of %(year)s"

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls.form = row_form(cls.model, "year", "statement")
        cls.form.required_when = {"statement": forms.PUT_FORWARD}

    def begins(self, proposal: P) -> date:
        return max(timezone.localdate(), date(proposal.year, 1, 1))

    def approve(self, proposal: P, decision: Decision, *, by: Person) -> None:
        super().approve(proposal, decision, by=by)
        proposal.refresh_from_db()
        keep_planned(self.activities, proposal, by=by)

    def told(self, proposal: P) -> dict[str, Any]:
        return {"kind": self.kind, "year": proposal.year}

    def named(self, facts: Mapping[str, Any]) -> str:
        return str(self.heading) % {"year": facts["year"]}

    def lacks(self, proposal: P) -> list[str]:
        rows = list(proposal.activities.select_related(*self.activities.related))  # type: ignore[attr-defined]
        missing = [] if rows else [_("Nothing is planned yet.")]
        if not proposal.statement:
            missing.append(Lack(_("Write what is wanted this year."), "statement"))
        for one in rows:
            if not one.responsible.is_active:
                missing.append(_("Nobody answers for “%(title)s”.") % {"title": one.title})
            if one.planned_for.year != proposal.year:
                missing.append(_("“%(title)s” lies in another year.") % {"title": one.title})
        return [*missing, *self.activities.lacking(rows)]

    def text(self, proposal: P) -> AgendaText:
        points = [str(self.points) % {"year": proposal.year}]
        return AgendaText.of(self.title_of(proposal), points, [proposal.statement])

    def history(self, proposal: P) -> Q:
        rows = proposal.activities  # type: ignore[attr-defined]
        keys = [str(key) for key in rows.values_list("pk", flat=True)]
        name = rows.model._meta.label_lower  # noqa: SLF001 Django's documented model API
        return super().history(proposal) | Q(object_kind=name, object_id__in=keys)

    def body(self, proposal: P) -> dict[str, Any]:
        rows = [one for one in proposal.activities.all() if not one.is_extra]  # type: ignore[attr-defined]
        return {
            "statement": proposal.statement,
            "activities": [
                [
                    one.title,
                    ", ".join(value for _label, value in self.activities.about(one)),
                    day(one.planned_for),
                    one.responsible.name,
                    one.criterion,
                ]
                for one in rows
            ],
        }

    def sections(self, content: Mapping[str, Any]) -> Sequence[Section]:
        columns = (
            *(_("Activity"), _("For whom and how"), _("To be held by")),
            *(_("Responsible"), _("What is to come of it")),
        )
        rows = content["activities"]
        return [
            Section(_("What is wanted this year"), content["statement"]),
            Section(_("Planned"), "", columns, rows, (4, 5, 2, 3, 4)),
        ]


def shown_facts(kind: ActivityKind[Any], activity: Activity) -> list[Figure]:
    """Return what an activity's page says of it, in order; without what is not said."""
    meta = activity._meta  # noqa: SLF001 Django's documented model API
    held = activity.is_held
    found = [
        *kind.about(activity),
        ("planned_for", day(activity.planned_for)),
        ("responsible", activity.responsible.name),
        ("criterion", activity.criterion),
        ("held_on", day(activity.held_on) if activity.held_on else ""),
        ("outcome", activity.get_outcome_display() if held else ""),
        *(kind.results(activity) if held else ()),
        ("conclusion", activity.conclusion),
        ("called_off_because", activity.called_off_because),
    ]
    names = {field.name: capfirst(str(field.verbose_name)) for field in meta.fields}
    return [(names.get(label, label), value) for label, value in found if value]


def dated(title: str, on: date) -> str:
    """Return an activity as a sentence names it: its title, and the day by which it is to be held."""
    return _("“%(title)s” (%(day)s)") % {"title": title, "day": day(on)}
