"""Fetch the past of a committee, once: a date and ten years of months cost the same queries."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone

from kommissorium.accounts.models import OrganisationRole
from kommissorium.committees.models import Clause, Committee, Holding, Mandate, Seat
from kommissorium.compliance.history import (
    CalendarFact,
    CalledItem,
    CalledMeeting,
    History,
    MadeDecision,
    SeatTerm,
    Term,
)
from kommissorium.compliance.likeness import saying
from kommissorium.compliance.noting import Noted
from kommissorium.compliance.registers import (
    Figures,
    IssuedGuideline,
    issued_guideline,
    kept_figures,
    registers_of,
)
from kommissorium.compliance.risks import (
    ApprovedLevel,
    RiskFigures,
    approved_level,
    kept_risks,
    risks_of,
)
from kommissorium.compliance.standing import now
from kommissorium.core.evidence.models import Event
from kommissorium.meetings.models import Decision, Meeting
from kommissorium.meetings.models.decisions import DECISION

# How the chain names what the events below tell of.
MEETING, COMMITTEE, PERSON = "meetings.meeting", "committees.committee", "accounts.person"
PLACED = ("meetings.meeting_planned", "meetings.meeting_moved")
CANCELLED, WITHDRAWN = "meetings.meeting_cancelled", "meetings.item_withdrawn"
RENAMED, TAKEN = "committees.seat_renamed", "committees.seat_taken"
ADDED, GIVEN = "committees.seat_added", "accounts.role_given"
ISSUED, COUNTED = "assets.guideline_issued", "assets.figures_kept"
LEVELLED, ASSESSED = "risks.level_approved", "risks.assessment_approved"
WEIGHED = "risks.figures_kept"
Kind = OrganisationRole.Kind


@dataclass
class Told:
    """What the chain tells, sorted for who asks."""

    calendar: list[CalendarFact] = field(default_factory=list)
    cancelled: dict[int, date] = field(default_factory=dict)
    withdrawn: dict[int, date] = field(default_factory=dict)
    functions: dict[int, list[tuple[date, str]]] = field(default_factory=dict)
    # Who took which seat, and who was given which role, from which day.
    taken: dict[tuple[int, str, str], Noted] = field(default_factory=dict)
    given: dict[tuple[int, str, str], Noted] = field(default_factory=dict)
    guidelines: list[IssuedGuideline] = field(default_factory=list)
    figures: list[Figures] = field(default_factory=list)
    levels: list[ApprovedLevel] = field(default_factory=list)
    assessed: dict[int, Noted] = field(default_factory=dict)
    risks: list[RiskFigures] = field(default_factory=list)


def history_of(committee: Committee) -> History:
    """Fetch the committee's past; seven queries, however long it is."""
    rows = _meeting_rows(committee)
    meetings = {row["pk"]: row for row in rows}
    roles = list(OrganisationRole.objects.filter(kind__in=[Kind.EXECUTIVE, Kind.COORDINATOR]))
    told = _told(committee, list(meetings), {role.person_id for role in roles})
    mandates, clauses = _mandates(committee)
    says = {one.pk: saying(one) for group in clauses.values() for one in group}
    items, decision_items = _items(rows, says, told)
    today = now()
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
        registers=registers_of(told.figures, told.guidelines, today.registers),
        risks=risks_of(told.risks, told.levels, told.assessed, today.risks),
    )


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


def _role(row: OrganisationRole, told: Told) -> Term:
    noted = told.given.get((row.person_id, row.kind, row.from_date.isoformat()))
    return Term(row.person_id, row.from_date, row.to_date, noted)


def _seats(committee: Committee, told: Told) -> list[SeatTerm]:
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


def _seat(row: dict[str, Any], held: Iterable[Term], told: Told) -> SeatTerm:
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


def _meeting(row: dict[str, Any], items: dict[int, list[CalledItem]], told: Told) -> CalledMeeting:
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
    rows: Iterable[dict[str, Any]], says: dict[int, tuple[str, ...]], told: Told
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


def _told(committee: Committee, meetings: Sequence[int], people: Iterable[int]) -> Told:
    """Read the chain's events about the committee, its meetings and those with a role."""
    about_meetings = Q(
        act__in=[*PLACED, CANCELLED, WITHDRAWN],
        object_kind=MEETING,
        object_id__in=[str(key) for key in meetings],
    )
    about_seats = Q(
        act__in=[ADDED, RENAMED, TAKEN], object_kind=COMMITTEE, object_id=str(committee.pk)
    )
    about_roles = Q(act=GIVEN, object_kind=PERSON, object_id__in=[str(key) for key in people])
    about_registers = Q(act__in=[ISSUED, COUNTED, LEVELLED, ASSESSED, WEIGHED])
    about_all = about_meetings | about_seats | about_roles | about_registers
    events = Event.objects.filter(about_all).order_by("seq")
    told = Told()
    fields = ("seq", "at", "hash", "act", "object_id", "facts")
    for seq, at, digest, act, key, facts in events.values_list(*fields):
        noted = Noted(seq, timezone.localdate(at), digest)
        _sort(told, act, int(key), json.loads(facts), noted)
    return told


def _sort(told: Told, act: str, key: int, facts: dict[str, Any], noted: Noted) -> None:
    if act in PLACED:
        starts_on = timezone.localdate(datetime.fromisoformat(facts["starts_at"]))
        has_place = bool(facts["place"] or facts["link"])
        told.calendar.append(CalendarFact(key, starts_on, has_place, noted))
    elif act == CANCELLED:
        told.calendar.append(CalendarFact(key, None, has_place=False, noted=noted))
        told.cancelled[key] = noted.on
    elif act == WITHDRAWN:
        told.withdrawn[facts["item"]] = noted.on
    elif act in (ADDED, RENAMED):
        told.functions.setdefault(facts["seat"], []).append((noted.on, facts["function"]))
    elif act == TAKEN:
        told.taken[facts["seat"], facts["person"], facts["from"]] = noted
    elif act == GIVEN:
        told.given[key, facts["kind"], facts["from"]] = noted
    else:
        _sort_registers(told, act, key, facts, noted)


def _sort_registers(told: Told, act: str, key: int, facts: dict[str, Any], noted: Noted) -> None:
    if act == ISSUED:
        told.guidelines.append(issued_guideline(key, facts, noted))
    elif act == COUNTED:
        told.figures.append(kept_figures(facts, noted))
    elif act == LEVELLED:
        told.levels.append(approved_level(key, facts, noted))
    elif act == ASSESSED:
        told.assessed[key] = noted
    elif act == WEIGHED:
        told.risks.append(kept_risks(facts, noted))
