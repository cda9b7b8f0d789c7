"""The page of a meeting that is being held: progress, attendance, advice and choices of an item."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import CharField, F, FilteredRelation, Q, QuerySet
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.committees.models import Clause, Committee
from kommissorium.measures.codes import Measure
from kommissorium.measures.rows import is_silent
from kommissorium.meetings.actions.open_and_close import (
    lacks_answer,
    lacks_answer_to_advice,
    lacks_outcome,
)
from kommissorium.meetings.decision_words import outcome_label
from kommissorium.meetings.minutes_builder import ITEM
from kommissorium.meetings.models import AgendaItem, Attendance, Meeting, Outcome, Proceedings
from kommissorium.meetings.models.proceedings import APPROVING, WEIGHED
from kommissorium.tasks.models import Task
from kommissorium.tasks.quarters import next_quarter, quarter_of


@dataclass(frozen=True, slots=True)
class ItemProgress:
    """Progress of an item in a word, and the tone of its badge; "neutral" gets no badge."""

    word: str
    tone: str


def agenda_of(meeting: Meeting) -> list[AgendaItem]:
    """Return the whole agenda with what is recorded of it; one query."""
    items = list(
        meeting.items.with_minutes().select_related(
            "clause", "proceedings", "carried_from__meeting"
        )
    )
    for item in items:
        item.meeting = meeting
    return items


def progress_of(item: AgendaItem) -> ItemProgress:
    """Return how far an item has come."""
    recorded = item.recorded
    if item.is_withdrawn:
        return ItemProgress(_("Withdrawn"), "neutral")
    if recorded and recorded.not_discussed:
        return ItemProgress(_("Not discussed"), "neutral")
    if recorded and recorded.outcome:
        return ItemProgress(outcome_label(item, recorded.outcome), "success")
    if lacks_outcome(item):
        return ItemProgress(_("Lacks a decision"), "warning")
    if recorded and recorded.is_written:
        word = item.nothing_new_label if recorded.nothing_new else _("Written")
        return ItemProgress(word, "success")
    return ItemProgress(_("Nothing written"), "neutral")


def outcomes_of(item: AgendaItem) -> list[tuple[str, str]]:
    """Return the outcomes that can be chosen for an item, worded for it."""
    chosen = list(Outcome.values)
    if item.confirms_minutes:
        chosen = [Outcome.APPROVED, Outcome.WITH_CHANGES, Outcome.DEFERRED]
    return [("", _("Nothing yet")), *((one, outcome_label(item, one)) for one in chosen)]


def asks_for_weighing(item: AgendaItem) -> bool:
    """Return whether the decision must be weighed (R3): the item asks for one, or has got one."""
    if not item.takes_decisions or item.confirms_minutes:
        return False
    has_decision = bool(item.recorded) and item.recorded.outcome in WEIGHED
    return item.type == AgendaItem.Type.DECISION or has_decision


def people_at(meeting: Meeting, item: AgendaItem | None = None) -> list[Any]:
    """Return who was called; with an item, `away_*` and `dissent_*` of it. One query.

    Deputies who are not there and stand in for nobody come last in their seat.
    """
    rows = meeting.attendances.select_related("person", "seat")
    if item is not None:
        rows = rows.annotate(
            away=FilteredRelation("absences", condition=Q(absences__item=item)),
            dissent=FilteredRelation("dissents", condition=Q(dissents__item=item)),
            away_pk=F("away__pk"),
            away_ground=F("away__ground"),
            away_note=F("away__note"),
            dissent_pk=F("dissent__pk"),
            dissent_kind=F("dissent__kind"),
            dissent_text=F("dissent__text"),
        )
    return list(rows)


def tasks_of(item: AgendaItem) -> list[Task]:
    """Return the tasks born at the item, and the open ones of those it continues; one query."""
    chain = AgendaItem.objects.filter(Q(pk=item.chain_key) | Q(origin=item.chain_key))
    keys = chain.annotate(name=Cast("pk", CharField())).values("name")
    own = Q(born_id=str(item.pk))
    born = Task.objects.filter(own | Q(born_id__in=keys, state=Task.State.OPEN), born_kind=ITEM)
    return list(born.select_related("owner").order_by("due", "pk"))


def coming_quarter(meeting: Meeting) -> date:
    """Return the first day of the quarter after the one the meeting lies in."""
    return next_quarter(quarter_of(timezone.localdate(meeting.starts_at)))


def tasks_to_choose(meeting: Meeting) -> tuple[list[Any], list[Any]]:
    """Return the tasks chosen for the coming quarter, and those that could be; one query.

    Proposed is what is open and falls due before the quarter ends. `choice_pk` names the choice,
    `choice_born_id` the item it was made at.
    """
    quarter = coming_quarter(meeting)
    proposed = Q(state=Task.State.OPEN, is_closed=False, due__lt=next_quarter(quarter))
    rows: Any = (
        Task.objects.filter(committee=meeting.committee_id)
        .annotate(
            choice=FilteredRelation("quarters", condition=Q(quarters__quarter=quarter)),
            choice_pk=F("choice__pk"),
            choice_born_id=F("choice__born_id"),
            choice_settled_at=F("choice__settled_at"),
        )
        .filter(proposed | Q(choice_pk__isnull=False))
        .select_related("owner")
        .order_by("due", "pk")
    )
    found = list(rows)
    chosen = [task for task in found if task.choice_pk is not None]
    return chosen, [task for task in found if task.choice_pk is None]


def warnings_before_ending(meeting: Meeting) -> list[tuple[str, list[AgendaItem]]]:
    """Return what one may have forgotten, each with its items; it does not stop the closing."""
    rows = meeting.items.standing().with_minutes().select_related("clause", "proceedings")
    items = list(rows.prefetch_related("advice"))
    for item in items:
        item.meeting = meeting
    decided = [item for item in items if _is_decided(item)]
    found = [
        (
            _("Items of which nothing says what came of them, nor that there was nothing new:"),
            [one for one in items if lacks_answer(one) and not lacks_outcome(one)],
        ),
        (
            _unweighed_in_words(meeting),
            [one for one in decided if asks_for_weighing(one) and _is_unweighed(one)],
        ),
        (
            _("Decisions without a text:"),
            [one for one in decided if asks_for_weighing(one) and not one.recorded.decision],
        ),
        (
            _("Advice that nobody has answered:"),
            [
                one
                for one in items
                if any(advice.followed is None for advice in one.advice.all())
                and not lacks_answer_to_advice(one)
            ],
        ),
    ]
    return [(text, about) for text, about in found if about]


def _is_unweighed(item: AgendaItem) -> bool:
    """Return whether the weighing is not whole, lacks a reason, or says nothing of money or risk."""
    said = item.recorded
    is_bare = said.outcome in APPROVING and is_silent(said.weighing(), item.subject_kind)
    return is_bare or bool(said.unweighed(said.outcome))


def weighing_clauses(committee: Committee) -> QuerySet[Clause]:
    """Return the clauses of the mandate in force that ask for weighed decisions."""
    rows = Clause.objects.in_force(committee, timezone.localdate())
    return rows.filter(measure=Measure.WEIGHED_DECISIONS)


def is_asked_to_weigh(committee: Committee, person: Person) -> bool:
    """Return whether the mandate asks for it and `person` prepares the meetings; one query."""
    own = Committee.objects.prepared_by(person)
    return weighing_clauses(committee).filter(mandate__committee__in=own).exists()


def _unweighed_in_words(meeting: Meeting) -> str:
    """Return what it means that a decision is not weighed, as the mandate has it."""
    clause = weighing_clauses(meeting.committee).first()
    if clause is None:
        return _(
            "Decisions without a whole weighing of security, usability, economy and proportion:"
        )
    text = _(
        "%(clause)s of the mandate is “Not fulfilled” as soon as these minutes are sent out: the "
        "weighing is not whole, or does not say why where the decision costs, risks or "
        "restricts. Write it now; what is noted later is marked as such:"
    )
    return text % {"clause": clause.number}


def _is_decided(item: AgendaItem) -> bool:
    """Return whether the item has an outcome that stands; what is deferred is decided later."""
    return bool(item.recorded) and item.recorded.outcome not in ("", Outcome.DEFERRED)


def unnoted(people: Sequence[Attendance]) -> list[Attendance]:
    """Return the holders of whom nobody knows whether they came; an apology is an answer."""
    return [
        one
        for one in people
        if one.presence == Attendance.Presence.UNKNOWN
        and one.capacity == Attendance.Capacity.HOLDER
        and one.answer != Attendance.Answer.DECLINED
    ]


def away(people: Sequence[Attendance]) -> list[Attendance]:
    """Return who is noted as absent, and the holders who sent an apology and did not come."""
    return [
        one
        for one in people
        if one.presence == Attendance.Presence.ABSENT or (one.sent_apology and not one.is_present)
    ]


def recorded_of(item: AgendaItem) -> Proceedings:
    """Return what is recorded of the item; an empty one that is not saved where nothing is."""
    found: Proceedings = item.recorded or Proceedings(item=item)
    return found
