"""Activities of any kind, as they are told of: on agendas, and in the quarterly status."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, ClassVar, Final

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.core.ui.localised import day
from kommissorium.measures.activities import KnownActivity
from kommissorium.measures.periods import Quarter
from kommissorium.meetings.facts import FactRow, FactTable
from kommissorium.registers.activities import LATE, ActivityKind, Label, dated
from kommissorium.registers.activity_events import activities_known
from kommissorium.registers.agenda import AgendaContext, Draft, Sentence, Source, Tables, Weight
from kommissorium.registers.installed import register_with
from kommissorium.registers.models.activities import ActivityState
from kommissorium.registers.status import StatusFigure, StatusPart, in_sentences, told

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


AHEAD: Final = timedelta(days=90)  # a meeting is told of what lies this near


class ActivityAgenda:
    """The agenda's questions to one kind of activity, of plans that the meeting's committee made.

    `whom` says in a few words whom an activity is for, or what it is about.
    """

    about: ClassVar[Label]  # what its drafts speak of
    wanted: ClassVar[Label]  # what is to be decided where something is late

    def __init__(self, kind: ActivityKind[Any], whom: Callable[[Any], str]) -> None:
        self.kind, self.whom = kind, whom

    def ours(self, context: AgendaContext) -> Any:
        """Return the activities of plans that this committee approved."""
        rows = self.kind.model._default_manager.select_related(*self.kind.related)  # noqa: SLF001
        committee = context.meeting.committee_id
        return rows.filter(plan__state="approved", plan__committee=committee)

    def held(self, context: AgendaContext) -> list[Any]:
        """Return what was held since the committee's last meeting."""
        rows = self.ours(context).filter(held_on__isnull=False)
        if context.met_before:
            rows = rows.filter(held_on__gte=timezone.localdate(context.met_before))
        found = list(rows.order_by("held_on", "pk"))
        self.kind.prepare(found)
        return found

    def coming(self, context: AgendaContext) -> list[Any]:
        """Return what is late, and what is to be held within three months."""
        rows = self.ours(context).filter(held_on=None, called_off_at=None)
        near = rows.filter(planned_for__lte=context.today + AHEAD)
        return list(near.order_by("planned_for", "pk"))

    def held_table(self, context: AgendaContext) -> FactTable | None:
        """Return what was held since the last meeting as a table; None for nothing."""
        rows = tuple(
            FactRow(
                f"{self.kind.slug}.held:{one.pk}",
                (one.title, self.whom(one), day(one.held_on), self._figures(one) or "–"),
                one.get_absolute_url(),
            )
            for one in context.once(self.held)
        )
        columns = (_("What was held"), _("For whom"), _("Held on"), _("Figures"))
        label = str(register_with(self.kind.plan).label)
        return FactTable(self.kind.slug, label, "", columns, rows) if rows else None

    def coming_tables(self, context: AgendaContext) -> Tables:
        """Return what is late and what is to come as a table; () for nothing."""
        rows = tuple(
            FactRow(
                f"{self.kind.slug}.coming:{one.pk}",
                (one.title, self.whom(one), day(one.planned_for), one.responsible.name),
                one.get_absolute_url(),
                urgent=one.state_on(context.today) == ActivityState.LATE,
            )
            for one in context.once(self.coming)
        )
        columns = (
            *(_("Activity"), _("For whom"), _("To be held by")),
            _("Responsible"),
        )
        label = str(register_with(self.kind.plan).label)
        heading = _("%(register)s: planned") % {"register": label}
        table = FactTable(f"{self.kind.slug}_coming", heading, "", columns, rows)
        return (table,) if rows else ()

    def of_held(self, context: AgendaContext) -> Iterator[Sentence]:
        """Say of each that was held what came of it."""
        for one in context.once(self.held):
            told = self._figures(one)
            values = {"title": one.title, "whom": self.whom(one), "figures": told}
            text = _("“%(title)s” (%(whom)s) was held.")
            text = _("“%(title)s” (%(whom)s) was held: %(figures)s.") if told else text
            is_missed = one.outcome == one.Outcome.NOT_MET
            yield Sentence(text % values, Weight.WORSE if is_missed else Weight.NEWS)

    def of_coming(self, context: AgendaContext) -> Iterator[Sentence]:
        """Say what is late, and how many lie ahead."""
        found = context.once(self.coming)
        late = [one for one in found if one.state_on(context.today) == ActivityState.LATE]
        if late:
            names = [dated(one.title, one.planned_for) for one in late]
            yield Sentence(LATE.naming(names), LATE.weight)
        if number := len(found) - len(late):
            text = ngettext(
                "%(number)d activity is planned for the next three months.",
                "%(number)d activities are planned for the next three months.",
                number,
            )
            yield Sentence(text % {"number": number})

    def to_evaluate(self, context: AgendaContext) -> Iterator[Sentence]:
        """Say what was held and lies before no committee."""
        yield from ()

    def ongoing_draft(self, context: AgendaContext) -> Draft | None:
        """Return what was held since the last meeting, in sentences; None where nothing was."""
        return self._draft(tuple(self.of_held(context)), ())

    def year_wheel_draft(self, context: AgendaContext) -> Draft | None:
        """Return what is late or near, and what is to be evaluated; None for nothing."""
        sentences = (*self.of_coming(context), *self.to_evaluate(context))
        is_late = any(one.weight == Weight.WORSE for one in sentences)
        return self._draft(sentences, (str(self.wanted),) if is_late else ())

    def _draft(self, sentences: Sequence[Sentence], points: tuple[str, ...]) -> Draft | None:
        if not sentences:
            return None
        return Draft(tuple(sentences), points, (self.source(),), str(self.about))

    def source(self) -> Source:
        return Source(str(register_with(self.kind.plan).label), reverse(self.kind.home))

    def _figures(self, one: Any) -> str:
        return ", ".join(f"{label}: {value}" for label, value in self.kind.results(one))


@dataclass(frozen=True, slots=True)
class KnownQuarter:
    """The activities of approved plans as they were known when a quarter ended."""

    quarter: Quarter
    activities: Sequence[KnownActivity]

    @property
    def held(self) -> list[KnownActivity]:
        """Return what was held in it, by day."""
        first, last = self.quarter.first, self.quarter.last
        found = [one for one in self.activities if one.held_on and first <= one.held_on <= last]
        return sorted(found, key=lambda one: (one.held_on or date.min, one.key))

    @property
    def late(self) -> list[KnownActivity]:
        """Return what was to be held by its end and was not."""
        last = self.quarter.last
        return [one for one in self.activities if one.is_open and one.promised < last]


class ActivityStatus:
    """The part of one kind of activity. A room says its words, and the figures before what is late."""

    held_in_words: ClassVar[tuple[StrPromise, StrPromise]]  # that none, and that some were held
    columns: ClassVar[tuple[str | Promise, ...]]  # of what was held

    def __init__(self, kind: ActivityKind[Any]) -> None:
        self.kind = kind

    def figures(self, now: KnownQuarter, then: KnownQuarter, link: str) -> Iterable[StatusFigure]:
        """Return the figures of a quarter held against those of the one before."""
        raise NotImplementedError

    def row(self, one: KnownActivity) -> tuple[str, ...]:
        """Return what stands of one that was held."""
        raise NotImplementedError

    def parts(self, quarter: Quarter) -> Iterator[StatusPart]:
        """Yield the part of the quarter; none where no plan had been approved by its end."""
        plan, slug = self.kind.plan, self.kind.slug
        if not plan.model._default_manager.filter(state="approved").exists():  # noqa: SLF001
            return
        now, then = (
            KnownQuarter(one, activities_known(plan.kind, slug, one.last, one.last))
            for one in (quarter, quarter.before)
        )
        if not now.activities:
            return
        link = f"{reverse(self.kind.home)}?former=1"
        before = {LATE.code: len(then.late)} if then.activities else {}
        late = self.kind.signals.figures((LATE,), {LATE.code: len(now.late)}, before, link)
        figures = [*self.figures(now, then, link), *late]
        yield StatusPart(
            *(slug, str(register_with(self.kind.plan).label), figures),
            in_sentences(told(*self.held_in_words, len(now.held)), _missing(now.late)),
            [str(words) for words in self.columns],
            [self.row(one) for one in now.held],
        )


def _missing(late: Sequence[KnownActivity]) -> str:
    if not late:
        return ""
    return _("“%(title)s” was to be held and was not.") % {"title": late[0].facts["title"]}
