"""The queries for a committee's history: a date and ten years of months cost the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Q
from django.utils import timezone

from kommissorium.accounts.models import OrganisationRole
from kommissorium.committees.models import Clause, Committee, Holding, Mandate, Seat
from kommissorium.compliance.clause_identity import saying
from kommissorium.compliance.event_facts import EventFacts, event_facts, events_about
from kommissorium.compliance.history import (
    CalledItem,
    CalledMeeting,
    History,
    MadeDecision,
    SeatTerm,
    Term,
)
from kommissorium.meetings.models import Decision, Meeting
from kommissorium.meetings.models.decisions import DECISION
from kommissorium.registers.counts import counts_now
from kommissorium.registers.past import PastEvent, past_events
from kommissorium.registers.register import Register, registers

Kind = OrganisationRole.Kind


def history_of(committee: Committee) -> History:
    """Fetch the committee's past, in as many queries however long it is."""
    rows = _meeting_rows(committee)
    meetings = {row["pk"]: row for row in rows}
    roles = list(OrganisationRole.objects.filter(kind__in=[Kind.EXECUTIVE, Kind.COORDINATOR]))
    about = events_about(committee, meetings, {role.person_id for role in roles})
    acts = [act for register in registers() for act in register.acts]
    events = past_events(about | Q(act__in=acts))
    told = event_facts(events)
    mandates, clauses = _mandates(committee)
    says = {one.pk: saying(one) for group in clauses.values() for one in group}
    items, decision_items = _items(rows, says, told)
    return History(
        committee=committee,
        mandates=mandates,
        clauses=clauses,
        seats=_seats(committee, told),
        executives=[_role(role, told) for role in roles if role.kind == Kind.EXECUTIVE],
        coordinators=[_role(role, told) for role in roles if role.kind == Kind.COORDINATOR],
        meetings=[_meeting(row, items, told) for row in meetings.values() if row["call__at"]],
        decisions=_decisions(committee, decision_items),
        calendar=told.calendar,
        registers=_registers(events),
    )


def _registers(events: Sequence[PastEvent]) -> dict[Register, Any]:
    """Return the past of each register, from the events of its acts."""
    today = counts_now()
    return {
        register: register.past(
            [one for one in events if one.act in register.acts], today[register.code]
        )
        for register in registers()
    }


def _mandates(committee: Committee) -> tuple[list[Mandate], dict[int, list[Clause]]]:
    approved = Mandate.objects.approved().filter(committee=committee)
    found = Clause.objects.filter(mandate__in=approved).select_related("mandate")
    clauses: dict[int, list[Clause]] = {}
    mandates: dict[int, Mandate] = {}
    order = ("mandate__effective_from", "mandate__version", "position")
    for clause in found.defer("mandate__source_text").order_by(*order):
        mandates.setdefault(clause.mandate_id, clause.mandate)
        clauses.setdefault(clause.mandate_id, []).append(clause)
    return list(mandates.values()), clauses


def _role(row: OrganisationRole, told: EventFacts) -> Term:
    noted = told.given.get((row.person_id, row.kind, row.from_date.isoformat()))
    return Term(row.person_id, row.from_date, row.to_date, noted)


def _seats(committee: Committee, told: EventFacts) -> list[SeatTerm]:
    held: dict[int, list[Term]] = defaultdict(list)
    seats = {}
    rows = Seat.objects.filter(committee=committee).values(
        *("pk", "number", "role", "function", "from_date", "to_date"),
        *("holdings__person", "holdings__person__pseudonym", "holdings__capacity"),
        *("holdings__from_date", "holdings__to_date"),
    )
    for row in rows.order_by("position", "pk", "holdings__from_date", "holdings__pk"):
        seats[row["pk"]] = row
        if row["holdings__capacity"] == Holding.Capacity.HOLDER:
            begins = row["holdings__from_date"]
            key = (row["pk"], str(row["holdings__person__pseudonym"]), begins.isoformat())
            person = row["holdings__person"]
            term = Term(person, begins, row["holdings__to_date"], told.taken.get(key))
            held[row["pk"]].append(term)
    return [_seat(row, held[key], told) for key, row in seats.items()]


def _seat(row: dict[str, Any], held: Iterable[Term], told: EventFacts) -> SeatTerm:
    functions = told.functions.get(row["pk"]) or [(row["from_date"], row["function"])]
    own = Term(0, row["from_date"], row["to_date"])
    return SeatTerm(row["pk"], row["number"], row["role"], tuple(functions), own, tuple(held))


def _meeting_rows(committee: Committee) -> list[dict[str, Any]]:
    """Return a row for each item of each meeting, and one for a meeting without any."""
    rows = Meeting.objects.filter(committee=committee).values(
        *("pk", "year", "number", "state", "starts_at", "closed_at", "call__at"),
        *("call__record", "call__record__content_hash"),
        *("items__pk", "items__clause", "items__subject_kind", "items__subject_id"),
    )
    return list(rows.order_by("-call__at", "-pk", "items__pk"))


def _meeting(
    row: dict[str, Any], items: dict[int, list[CalledItem]], told: EventFacts
) -> CalledMeeting:
    key, starts_at = row["pk"], row["starts_at"]
    took_place = row["state"] in Meeting.TOOK_PLACE
    one = Meeting(pk=key, year=row["year"], number=row["number"])
    return CalledMeeting(
        key=key,
        label=one.label,
        day=timezone.localdate(starts_at),
        called_at=row["call__at"],
        cancelled_on=told.cancelled.get(key),
        closed_on=timezone.localdate(row["closed_at"] or starts_at) if took_place else None,
        record=row["call__record"],
        content_hash=row["call__record__content_hash"],
        link=one.get_absolute_url(),
        items=tuple(items.get(key, ())),
    )


def _items(
    rows: Iterable[dict[str, Any]], says: dict[int, tuple[str, ...]], told: EventFacts
) -> tuple[dict[int, list[CalledItem]], dict[str, set[int]]]:
    """Return the called items the mandate demands, by meeting, and where decisions were told of."""
    items: dict[int, list[CalledItem]] = defaultdict(list)
    decisions: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        if row["items__pk"] is None or row["call__at"] is None:
            continue
        withdrawn_on = told.withdrawn.get(row["items__pk"])
        if row["items__clause"] in says:
            items[row["pk"]].append(CalledItem(says[row["items__clause"]], withdrawn_on))
        if row["items__subject_kind"] == DECISION and withdrawn_on is None:
            decisions[row["items__subject_id"]].add(row["pk"])
    return items, decisions


def _decisions(committee: Committee, told_at: dict[str, set[int]]) -> list[MadeDecision]:
    rows = Decision.objects.filter(committee=committee).values(
        *("pk", "number", "item", "decided_at", "written_at", "outcome", "is_closed"),
        *(*Decision.ASPECTS, "item__clause__measure", "record", "record__content_hash"),
    )
    return [
        MadeDecision(
            key=row["pk"],
            number=row["number"],
            at=row["decided_at"],
            on=timezone.localdate(row["decided_at"]),
            written_on=timezone.localdate(row["written_at"]),
            outcome=row["outcome"],
            measure=row["item__clause__measure"] or "",
            is_weighed=all(row[aspect] for aspect in Decision.ASPECTS),
            is_chairs=row["item"] is None,
            is_closed=row["is_closed"],
            told_at=frozenset(told_at.get(str(row["pk"]), ())),
            record=row["record"],
            content_hash=row["record__content_hash"],
        )
        for row in rows.order_by("-decided_at", "-pk")
    ]
