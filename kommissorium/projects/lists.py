"""The lists of projects and of technical measures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Expression,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import NullIf
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import danish_order
from kommissorium.assets.models import reads_whole_register
from kommissorium.measures.periods import Quarter
from kommissorium.projects.comparison import ComparedState, newest
from kommissorium.projects.models import (
    MeasureState,
    Milestone,
    Project,
    Standing,
    TechnicalMeasure,
    WorkStatus,
)
from kommissorium.projects.models.projects import OPEN
from kommissorium.projects.proposal import KIND, quarter_to_tell
from kommissorium.projects.signals import OVER_BUDGET, PROJECTS, SILENT
from kommissorium.projects.todo import measures_to_tell, projects_to_tell
from kommissorium.registers.lists.columns import column, field_column
from kommissorium.registers.lists.filters import Choice, Flag, Words, mentions
from kommissorium.registers.lists.shared import OF_OWNERS, OWNER, OwnedList
from kommissorium.registers.menu import Tab, TabLine
from kommissorium.registers.requirements import AREAS

SHOWN = 4  # statuses of quarters; those before stand on the page of each measure


def tabs_of(current: str) -> TabLine:
    """Return the two lists as tabs."""
    tabs = (
        Tab("projects", gettext("Projects")),
        Tab("project_measures", gettext("Technical measures")),
    )
    return TabLine(gettext("Projects and measures"), current, tabs)


def _with_late_milestones(page: ProjectList) -> Q:
    late = Milestone.objects.late_on(page.today)
    return Q(pk__in=late.values("project"), now_standing__in=OPEN)


class ProjectList(OwnedList[Project]):
    """Projects; unfiltered, those under way."""

    code = "projects"
    title = _("Security projects")
    counted = ngettext_lazy("%(number)s project", "%(number)s projects", "value")
    file_name = _("projects")
    template = "projects/projects.html"
    model = Project
    columns = (
        field_column(Project, "title", order=danish_order("title")),
        column(
            "standing",
            _("How it stands"),
            value="standing_label",
            tone="tone",
            order=F("now_standing"),
        ),
        column("reason", _("Why"), value="now_reason"),
        OWNER,
        field_column(Project, "due", order="due"),
        column("spent", _("Spent"), value="now_spent", order=F("now_spent"), kind="kroner"),
        field_column(Project, "budget", order="budget", kind="kroner"),
        column(
            "asked",
            _("Asked for beyond the budget"),
            value="now_asked",
            order=F("now_asked"),
            kind="kroner",
        ),
        column("told_on", _("Reported on"), order=F("told_on"), kind="date"),
        field_column(Project, "begins", order="begins"),
        field_column(Project, "goal"),
    )
    usual = ("standing", "owner", "due", "spent", "budget", "told_on")
    on_phone = ("standing", "due")
    filters = (
        Words(lambda word: mentions(word, "title", "goal", "owner__name")),
        Choice(
            "standing",
            _("How it stands"),
            Standing.choices,
            lambda standing, _page: Q(now_standing=standing),
            is_folded=False,
        ),
        *OF_OWNERS,
        # Of those that have ended, too, where they are asked for.
        Flag(OVER_BUDGET.code, OVER_BUDGET.label, Q(now_spent__gt=F("budget"))),
        Flag("late", _("With a late milestone"), _with_late_milestones),
        PROJECTS.flag(SILENT),
        Flag("former", _("Also those that have ended"), Q(), is_modifier=True),
    )
    default_sort = "due"
    order = ("due", "pk")
    related = ("owner",)

    def seen(self) -> QuerySet[Project]:
        return Project.objects.visible_to(self.person).standing_on()

    def narrow(self, rows: QuerySet[Project]) -> QuerySet[Project]:
        found = super().narrow(rows)
        if self.value("former") or self.value("standing"):
            return found
        return found.filter(Q(now_standing__in=OPEN))

    def context(self) -> dict[str, Any]:
        line = tabs_of(self.code) if reads_whole_register(self.person) else None
        waits = [] if self.narrows else list(projects_to_tell(self.person, self.today))
        return {"may_add": Project.can_be_changed_by(self.person), "line": line, "waits": waits}


def _by_title(_page: MeasureList) -> Expression:
    """Return what to sort measures by: their names, those of the areas in the reader's language."""
    named = [When(area=code, then=Value(str(label))) for code, label in AREAS.items()]
    return danish_order(Case(*named, default=F("name"), output_field=CharField()))


def _last(name: str) -> Callable[[MeasureList], Combinable]:
    """Return what to sort measures by: what was said of each last; what is empty is lacking."""

    def order(page: MeasureList) -> Combinable:
        told = page.states().filter(measure=OuterRef("pk")).values(name)
        found = Subquery(told[:1])
        return found if name == "evidence_on" else NullIf(found, Value(""))

    return order


class MeasureList(OwnedList[TechnicalMeasure]):
    """Technical measures, each as it was told last, and the statuses of the quarters."""

    code = "project_measures"
    title = _("Technical measures")
    counted = ngettext_lazy(
        "%(number)s technical measure", "%(number)s technical measures", "value"
    )
    file_name = _("technical-measures")
    template = "projects/measures.html"
    model = TechnicalMeasure
    columns = (
        column("title", _("Technical measure"), order=_by_title),
        column(
            "light", _("How it stands"), value="last.light_label", tone="tone", order=_last("light")
        ),
        column("change", _("Changed since last"), value="change"),
        column("figure", _("Figure"), value="last.figure_in_words"),
        column("quarter", _("Status of"), value="last.status.quarter.label"),
        OWNER,
        column("text", _("The state in words"), value="last.text"),
        column("evidence", _("What shows it"), value="last.evidence"),
        column(
            "evidence_on",
            _("Date"),
            value="last.evidence_on",
            kind="date",
            order=_last("evidence_on"),
        ),
        column("plan", _("Planned improvement"), value="last.plan", order=_last("plan")),
    )
    usual = ("light", "change", "figure", "quarter", "owner")
    on_phone = ("light", "owner")
    filters = (
        Words(lambda word: mentions(word, "name", "owner__name", "figure_name")),
        *OF_OWNERS,
        Flag("former", _("Also those out of use"), Q(), is_modifier=True),
    )
    default_sort = ""
    order = ("pk",)
    related = ("owner",)

    def narrow(self, rows: QuerySet[TechnicalMeasure]) -> QuerySet[TechnicalMeasure]:
        found = super().narrow(rows)
        return found if self.value("former") else found.filter(is_retired=False)

    def prepare(self, rows: Sequence[TechnicalMeasure]) -> None:
        """Say of each how it was told last (one query)."""
        told = self.states().filter(measure__in=[row.pk for row in rows])
        dress(rows, list(told.select_related("status")))

    def states(self) -> QuerySet[MeasureState]:
        """Return what was said, the newest first; of drafts for coordinators alone."""
        found = MeasureState.objects.until(Quarter.of(self.today))
        return found if self.person.is_coordinator else found.exclude(status__state="draft")

    def context(self) -> dict[str, Any]:
        statuses = KIND.visible_to(self.person).exclude(state="dropped")[:SHOWN]
        may_draft = WorkStatus.can_be_drafted_by(self.person)
        return {
            "line": tabs_of(self.code) if reads_whole_register(self.person) else None,
            "statuses": [(one, one.quarter.label) for one in statuses],
            "waits": [] if self.narrows else list(measures_to_tell(self.person)),
            "may_add": may_draft,
            "to_tell": quarter_to_tell(self.today) if may_draft else None,
        }


def dress(rows: Sequence[TechnicalMeasure], told: Sequence[MeasureState]) -> None:
    """Give each measure what was told of it last, and how that had changed."""
    last = newest(told)
    before = newest(one for one in told if one.pk != last[one.measure_id].pk)
    for row in rows:
        found: Any = row
        found.last = last.get(row.pk)
        found.tone = found.last.tone if found.last else ""
        found.change = ""
        if found.last:
            found.last.measure = row
            found.change = ComparedState(found.last, before.get(row.pk)).change
