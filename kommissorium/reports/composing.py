"""Compose the parts of a status: what registers and frames say, and those that no register has."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from kommissorium.committees.models import Committee
from kommissorium.compliance.frozen import answered
from kommissorium.compliance.fulfilment import ClauseFinding, Fulfilment
from kommissorium.compliance.history_queries import history_of
from kommissorium.core.evidence.models import Event
from kommissorium.measures.clauses import same_clause
from kommissorium.measures.findings import State
from kommissorium.measures.periods import Quarter
from kommissorium.meetings.models import Decision, Meeting
from kommissorium.registers.installed import registers
from kommissorium.registers.periods import last_moment
from kommissorium.registers.status import (
    StatusFigure,
    StatusPart,
    Wanted,
    compared,
    in_sentences,
    told,
)
from kommissorium.reports.conclusion import conclude
from kommissorium.reports.models.periodic_reports import HANDWRITTEN, place_of
from kommissorium.tasks.models import Ending, Task
from kommissorium.yearwheel.models import Move, Occurrence

DONE, SKIPPED = "yearwheel.occurrence_done", "yearwheel.occurrence_skipped"


def own_parts(committee: Committee, quarter: Quarter) -> Iterator[StatusPart]:
    """Yield the parts of the committee's quarter that its frames know."""
    yield _duties(committee, quarter)
    yield _compliance(committee, quarter)
    yield _decisions(committee, quarter)


# The year wheel


class _Ended:
    """Duties of a committee that ended in a quarter: as known when it ended, and now."""

    def __init__(self, committee: Committee, quarter: Quarter) -> None:
        self.quarter = quarter
        self.own = Occurrence.objects.filter(duty__committee=committee)
        begins = last_moment(quarter.before)
        rows = self.own.filter(ended_at__gt=begins, ended_at__lte=last_moment(quarter))
        self.now = list(rows.order_by("ended_at", "pk"))
        written = Event.objects.filter(
            act__in=[DONE, SKIPPED],
            object_kind="yearwheel.occurrence",
            at__lte=last_moment(quarter),
        )
        known = {int(key) for key in written.values_list("object_id", flat=True)}
        self.then = [one for one in self.now if one.pk in known]
        self.known = known

    def overdue(self) -> tuple[int, int]:
        """Return how many were open past their day when it ended: as known then, and now.

        What a meeting that was held had to decide waited for its minutes and was not late.
        """
        end, last = last_moment(self.quarter), self.quarter.last
        moved = Move.objects.filter(at__gt=end, occurrence__in=self.own.order_by().values("pk"))
        day_then = dict(moved.order_by("-at", "-pk").values_list("occurrence", "from_day"))
        rows = self.own.filter(created_at__lte=end)
        rows = rows.exclude(duty__by_decision=True, meeting__ends_at__lte=end)
        then = now = 0
        for key, due, ended in rows.values_list("pk", "due", "ended_at"):
            if day_then.get(key, due) <= last:
                then += key not in self.known
                now += ended is None or ended > end
        return then, now


def _duties(committee: Committee, quarter: Quarter) -> StatusPart:
    found, before = _Ended(committee, quarter), _Ended(committee, quarter.before)
    link = reverse("wheel_year", args=[committee.pk, quarter.year])

    def figure(code: str, label: str, wanted: Wanted = "") -> StatusFigure:
        ways = (_number(code, rows) for rows in (found.then, before.then, found.now))
        value, earlier, now = ways
        code = f"duties_{code}"
        return StatusFigure(code, label, value, earlier, link, wanted, corrected=now, sums=True)

    done = figure("done", _("Duties done"))
    late, faults = (
        figure("late", _("Done after their day"), "less"),
        figure("faults", _("Done with faults"), "less"),
    )
    then, now = found.overdue()
    label, earlier = _("Not done and past their day when the period ended"), before.overdue()[0]
    overdue = StatusFigure("duties_overdue", label, then, earlier, link, "less", corrected=now)
    figures = (done, late, faults, figure("skipped", _("Skipped, with a reason")), overdue)
    return StatusPart("duties", _("Tasks of the year wheel"), figures, _of_duties(*figures))


def _of_duties(
    done: StatusFigure, late: StatusFigure, faults: StatusFigure, *others: StatusFigure
) -> str:
    text = told(
        _("No task of the year wheel was done."),
        ngettext_lazy(
            "One task of the year wheel was done.",
            "%(number)s tasks of the year wheel were done.",
            "value",
        ),
        done.value,
    )
    if done.value:
        values = {"late": late.in_words(late.value), "faults": faults.in_words(faults.value)}
        of_these = _("Done after their day: %(late)s. With faults: %(faults)s.")
        text = in_sentences(text, of_these % values)
    overdue = others[-1]
    left = told(
        _("None was overdue when the quarter ended."),
        ngettext_lazy(
            "One was overdue when the quarter ended.",
            "%(number)s were overdue when the quarter ended.",
            "value",
        ),
        overdue.value,
    )
    return in_sentences(text, left, compared(overdue))


def _number(code: str, rows: list[Occurrence]) -> int:
    done = [one for one in rows if one.state == Occurrence.State.DONE]
    match code:
        case "done":
            return len(done)
        case "late":
            days = [(timezone.localdate(one.ended_at), one.due) for one in done if one.ended_at]
            return sum(ended > due for ended, due in days)
        case "faults":
            return sum(one.has_fault for one in done)
        case _skipped:
            return len(rows) - len(done)


# The mandate


def _compliance(committee: Committee, quarter: Quarter) -> StatusPart:
    history = history_of(committee)
    then, before = (answered(history, day, day)[0] for day in (quarter.last, quarter.before.last))
    link = f"{reverse('mandate_compliance', args=[committee.pk])}?on={quarter.last}"

    def figure(state: State, wanted: Wanted) -> StatusFigure:
        earlier = before.counts[state] if before.findings else None
        now = sum((one.today or one.finding).state == state for one in then.findings)
        label, value = str(state.label), then.counts[state]
        return StatusFigure(state.value, label, value, earlier, link, wanted, corrected=now)

    red = figure(State.NOT_FULFILLED, "less")
    number_of = len(before.findings) or None
    figures = (
        StatusFigure("clauses", _("Clauses of the mandate"), len(then.findings), number_of, link),
        figure(State.FULFILLED, "more"),
        figure(State.DUE_SOON, "less"),
        red,
        figure(State.UNMEASURED, ""),
    )
    text = told(
        _("No clause of the mandate was unfulfilled."),
        ngettext_lazy(
            "One clause of the mandate was not fulfilled.",
            "%(number)s clauses of the mandate were not fulfilled.",
            "value",
        ),
        red.value,
    )
    columns = (_("Number"), _("Clause"), _("A quarter before"), _("When the quarter ended"))
    rows = list(_changed(then, before)) if before.findings else []
    sentence = in_sentences(text, compared(red))
    return StatusPart("compliance", _("The mandate"), figures, sentence, columns, rows)


def _changed(then: Fulfilment, before: Fulfilment) -> Iterator[tuple[str, ...]]:
    """Yield the clauses whose state is another than a quarter before."""
    was: dict[int, ClauseFinding] = {one.clause.pk: one for one in before.findings}
    clauses = [one.clause for one in before.findings]
    for one in then.findings:
        same = same_clause(one.clause, clauses)
        known = was.get(same.pk) if same else None
        if known and known.state != one.state:
            states = str(known.state.label), str(one.state.label)
            yield (one.clause.number, one.clause.text, *states)


# Decisions and tasks


def _decisions(committee: Committee, quarter: Quarter) -> StatusPart:
    made = Decision.objects.filter(committee=committee)
    made = made.exclude(meeting__state=Meeting.State.CANCELLED)

    def number(rows: QuerySet[Decision], of: Quarter) -> int:
        return rows.filter(
            decided_at__gt=last_moment(of.before), decided_at__lte=last_moment(of)
        ).count()

    then, before = (
        number(made.filter(written_at__lte=last_moment(of)), of) for of in (quarter, quarter.before)
    )
    link = reverse("decisions")
    decided = StatusFigure(
        *("decided", _("Decisions"), then, before, link),
        corrected=number(made, quarter),
        sums=True,
    )
    figures = (decided, *_tasks(committee, quarter))
    text = told(
        _("The committee decided nothing in the quarter."),
        ngettext_lazy(
            "One decision was made in the quarter.",
            "%(number)s decisions were made in the quarter.",
            "value",
        ),
        decided.value,
    )
    left = figures[-1]
    waiting = told(
        _("No task of the committee was open when it ended."),
        ngettext_lazy(
            "One task of the committee was open when it ended.",
            "%(number)s tasks of the committee were open when it ended.",
            "value",
        ),
        left.value,
    )
    sentence = in_sentences(text, waiting, compared(left))
    return StatusPart("decisions", _("Decisions and tasks"), figures, sentence)


def _tasks(committee: Committee, quarter: Quarter) -> Iterator[StatusFigure]:
    """Yield how many tasks were given and done in the quarter, and open when it ended."""
    own, link = Task.objects.filter(committee=committee), reverse("tasks")

    def given(of: Quarter) -> int:
        return own.filter(
            created_at__gt=last_moment(of.before), created_at__lte=last_moment(of)
        ).count()

    def done(of: Quarter) -> int:
        ended = Ending.objects.filter(task__in=own.order_by().values("pk"), state=Task.State.DONE)
        return ended.filter(at__gt=last_moment(of.before), at__lte=last_moment(of)).count()

    def left(of: Quarter) -> int:
        return own.as_open_on(of.last).count()

    labels = {"given": _("Tasks given"), "done": _("Tasks done"), "open": _("Tasks open")}
    for code, count in {"given": given, "done": done, "open": left}.items():
        yield StatusFigure(
            *(f"tasks_{code}", labels[code], count(quarter), count(quarter.before), link),
            sums=code != "open",
        )


def compose(committee: Committee, quarter: Quarter) -> list[StatusPart]:
    """Return the parts in their order, the conclusion first.

    What a register offers takes the place of what is written by hand.
    """
    offered = [part for register in registers() for part in register.status_on(quarter)]
    offered += own_parts(committee, quarter)
    there = {part.code for part in offered}
    by_hand = [
        StatusPart(code, str(heading)) for code, heading in HANDWRITTEN.items() if code not in there
    ]
    ordered = sorted([*offered, *by_hand], key=lambda part: place_of(part.code))
    return [conclude(ordered, _("a quarter before")), *ordered]
