"""Objectives that were missed: they come to the committee until it has decided about them.

Those of a year that another took the place of count for twelve months more: carried on with, they
would otherwise be forgotten on the day after the one they were to be reached by.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kommissorium.accounts.models import Person
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.localised import day as in_words
from kommissorium.measures.days import QUARTER, add_months, year_before
from kommissorium.meetings.facts import FactRow, FactTable, from_json
from kommissorium.meetings.models import AgendaItem, Decision, Meeting, RowChoice
from kommissorium.meetings.models.proceedings import APPROVING, WEIGHED
from kommissorium.meetings.rows_to_choose import Chosen, OfferedRow, Option
from kommissorium.objectives.models import Objective, ObjectiveSet
from kommissorium.objectives.status import ObjectiveStatus, statuses_of, statuses_on
from kommissorium.registers.agenda import AgendaContext, ReturningItem, Tables
from kommissorium.registers.choosing import END, EXTEND, RETURN, ReturningRows, rows_hindered
from kommissorium.tasks.actions import change_task, drop_task, give_task
from kommissorium.tasks.models import TITLE_LENGTH, Task

ROW: Final = "objectives.objective"
MOST: Final = 12  # months that a new deadline may lie ahead of the meeting


class MissedObjectives(ReturningRows):
    """The committee's objectives whose day is over, that are not reached, and not decided about.

    For each the committee chooses: a later day within a year, which its owner gets as a task, giving
    it up, or that it comes to the next meeting again. Approved, the objective itself stays as it is;
    not reached by the later day, it is undecided again.
    """

    kind = "objectives.missed"
    known_as = gettext_lazy("Objectives not reached")

    def is_due(self, context: AgendaContext) -> bool:
        return bool(_own(context))

    def item(self) -> ReturningItem:
        return ReturningItem(
            title=_("Objectives that were not reached in time"),
            recommendation="",
            link=reverse("objectives"),
        )

    def facts(self, keys: Iterable[str], context: AgendaContext) -> Mapping[str, Tables]:
        rows = tuple(
            FactRow(
                f"{ROW}:{one.objective.pk}",
                (
                    one.objective.title,
                    one.objective.wanted,
                    one.measured or "–",
                    in_words(one.objective.due),
                ),
                one.objective.get_absolute_url(),
                urgent=True,
            )
            for one in _own(context)
        )
        columns = (_("Objective"), _("Wanted"), _("Last measured"), _("To be reached by"))
        table = FactTable("objectives_missed", _("Not reached in time"), "", columns, rows)
        return dict.fromkeys(keys, (table,))

    def offered(self, item: AgendaItem) -> Sequence[OfferedRow]:
        context = AgendaContext(item.meeting, [item])
        frozen = from_json(item.facts) if item.meeting.state != Meeting.State.PLANNED else None
        shown = frozen.tables if frozen else self.facts([""], context)[""]
        rows = [(table, row) for table in shown for row in table.rows if _is_one(row)]
        return [_offered(table, row, _decided_on(item)) for table, row in rows]

    def refuse(self, item: AgendaItem, key: str, chosen: Chosen, *, by: Person) -> None:
        first = _decided_on(item)
        if chosen.code == EXTEND and chosen.day and chosen.day <= first:
            raise Refused(_("Choose a day after the meeting, and after today."))
        if chosen.code == EXTEND and chosen.day and chosen.day > add_months(first, MOST):
            text = _("Choose a day within twelve months: %(day)s at the latest.")
            raise Refused(text % {"day": in_words(add_months(first, MOST))})
        if chosen.code == END and not chosen.because.strip():
            raise Refused(_("Write why it is given up."))

    def carry(self, choice: RowChoice, decision: Decision, *, by: Person) -> None:
        """Let its task follow: given up it is dropped, with a later day it is due then."""
        found = Objective.objects.select_related("owner").get(pk=choice.thing)
        mark = f"#{choice.key}"  # of the thing, in the address: a decision can be about several
        own = Task.objects.open().filter(committee=decision.committee, born_link__endswith=mark)
        if choice.code == END:
            for former in own:
                drop_task(former, by=by, because=choice.because, of_room=True)
        if choice.code != EXTEND or not choice.day:
            return
        due = max(choice.day, timezone.localdate())  # minutes may come after it
        told = f"{found.wanted}\n{choice.because}".strip()
        if task := own.order_by("pk").last():
            change_task(
                task,
                of_room=True,
                by=by,
                title=task.title,
                description=told,
                owner=task.owner,
                due=due,
                edit_version=task.edit_version,
            )
            return
        title = _("Reach the objective: %(title)s") % {"title": found.title}
        give_task(
            of_room=True,
            by=by,
            title=Truncator(title).chars(TITLE_LENGTH),
            description=told,
            owner=found.owner or choice.chosen_by,
            due=due,
            committee=decision.committee,
            born=decision,
            born_link=f"{decision.get_absolute_url()}{mark}",
            is_closed=decision.is_closed,
        )

    def sentence(self, decision: Decision) -> str:
        told = super().sentence(decision)
        if (
            told
            or decision.outcome not in WEIGHED
            or not (number := len(_settled(decision, date.min)))
        ):
            return told
        text = ngettext(
            "%(number)d objective that was not reached in time is decided about.",
            "%(number)d objectives that were not reached in time are decided about.",
            number,
        )
        return text % {"number": number}


MISSED_ONES: Final = MissedObjectives()


def undecided_on(day: date) -> list[ObjectiveStatus]:
    """Return the missed ones of which nothing was decided when the day ended."""
    return undecided_beside(statuses_on(day), day)


def undecided_beside(current: Sequence[ObjectiveStatus], day: date) -> list[ObjectiveStatus]:
    """Return them where it is known how those in force stood."""
    whose = {one.objective.set.committee_id for one in current}
    former = ObjectiveSet.objects.filter(
        state="approved", committee__in=whose, in_force_to__range=(year_before(day), day)
    )
    rows = Objective.objects.filter(set__in=former).select_related("set", "owner").order_by("pk")
    ended: dict[date, list[Objective]] = {}
    for one in rows:
        ended.setdefault(one.set.in_force_to or day, []).append(one)
    past = [
        status for last, found in ended.items() for status in statuses_of(found, last, known_on=day)
    ]
    settled = _decided_about(day)
    return [one for one in (*current, *past) if one.is_missed and one.objective.pk not in settled]


def _own(context: AgendaContext) -> list[ObjectiveStatus]:
    committee = context.meeting.committee_id
    found = [
        one for one in undecided_on(context.today) if one.objective.set.committee_id == committee
    ]
    waiting = _awaiting_minutes(context.meeting) if found else set()
    return [one for one in found if one.objective.pk not in waiting]


def _awaiting_minutes(meeting: Meeting) -> set[int]:
    """Return the keys of the objectives another meeting has decided about whose minutes are not sent
    out: they are not put before this one as well."""
    rows = RowChoice.objects.filter(
        item__subject_kind=MissedObjectives.kind,
        item__meeting__committee=meeting.committee_id,
        item__meeting__state__in=Meeting.RECORDED,
        item__proceedings__outcome__in=APPROVING,
    )
    return {one.thing for one in rows.exclude(code=RETURN).exclude(item__meeting=meeting)}


def _decided_about(day: date) -> set[int]:
    """Return the keys of the objectives that stood under items decided by the day, but for those
    whose new deadline had passed then, or could not take effect."""
    rows = Decision.objects.filter(
        item__subject_kind=MissedObjectives.kind, outcome__in=WEIGHED, written_at__date__lte=day
    )
    found = list(rows.select_related("item").prefetch_related("item__row_choices"))
    hindered = rows_hindered(*found)
    return {key for one in found for key in _settled(one, day, hindered)}


def _settled(decision: Decision, day: date, hindered: Container[tuple[int, str]] = ()) -> set[int]:
    """Return the keys of the objectives under its item but for those that come back: put off, not
    reached by their new deadline, or not chosen for at all where choices were rejected."""
    facts = from_json(decision.item.facts) if decision.item else None
    listed = (
        {_key(row) for table in facts.tables for row in table.rows if _is_one(row)}
        if facts
        else set()
    )
    chosen = decision.item.row_choices.all() if decision.item else ()
    if decision.outcome not in APPROVING and chosen:
        return set()
    return listed.difference(
        one.thing
        for one in chosen
        if one.code == RETURN
        or (one.code == EXTEND and one.day and one.day < day)
        or (decision.pk, one.key) in hindered
    )


def _decided_on(item: AgendaItem) -> date:
    """Return the day from which a new deadline is reckoned: that of its meeting, or today."""
    return max(timezone.localdate(), timezone.localdate(item.meeting.starts_at))


def _is_one(row: FactRow) -> bool:
    return row.key.startswith(f"{ROW}:")


def _key(row: FactRow) -> int:
    return int(row.key.partition(":")[2])


def _offered(table: FactTable, row: FactRow, first: date) -> OfferedRow:
    """Return a row of the table as one to choose for; its first cell is the objective. A deadline is
    proposed three months after the first day."""
    title, *cells = row.cells
    thing = {"title": title}
    return OfferedRow(
        key=row.key,
        title=title,
        facts=tuple(zip(table.columns[1:], cells, strict=True)),
        options=(
            Option(
                EXTEND,
                _("New deadline"),
                _("set the deadline of the objective “%(title)s” to") % thing,
                needs_day=True,
            ),
            Option(
                END, _("Give it up"), _("end the objective “%(title)s” without reaching it") % thing
            ),
            Option(
                RETURN,
                _("Back at the next meeting"),
                _("put the objective “%(title)s” off to the next meeting") % thing,
            ),
        ),
        proposed=lambda: Chosen(EXTEND, add_months(first, QUARTER)),
        link=row.link,
    )
