"""The past of one committee, put together from rows and from the chain's events."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from functools import partial
from typing import Any, Final

from kommissorium.measures.clauses import Clause, Mandate, saying
from kommissorium.measures.codes import ROLE_NAMES
from kommissorium.measures.history import Began, RegisterPast
from kommissorium.measures.meeting_rows import decisions_of, items_of, meetings_of
from kommissorium.measures.past import (
    Beside,
    DayFigures,
    PastEvent,
    RegisterRules,
    Today,
    act_of,
)
from kommissorium.measures.registers import REGISTERS
from kommissorium.measures.rows import Row, Rows, on
from kommissorium.measures.scopes import (
    began_by,
    decided_by,
    own_events,
    scopes_told_by,
    since_it_began,
)
from kommissorium.measures.tasks import tasks_told_by
from kommissorium.measures.told import BORN, Told, event_facts
from kommissorium.measures.wheel_rows import tied_of, wheel_of


def past_of(committee: int, told: Told, clauses: Sequence[Clause]) -> dict[str, Any]:
    """Return the fields of a History; `clauses` are those of its mandates and of its duties."""
    rows = told.rows
    own = {name: [one for one in rows[name] if one["committee_id"] == committee] for name in OWN}
    meetings, seats = own["meetings_meeting"], own["committees_seat"]
    events = event_facts(told, {one["id"] for one in meetings}, committee)
    by_mandate = _by_mandate(own["committees_mandate"], clauses)
    says = {one.pk: saying(one) for one in clauses}
    promised = {one.pk: says[one.pk] for group in by_mandate.values() for one in group}
    items, told_at = items_of(rows, {one["id"] for one in meetings}, promised, events)
    born = {one["id"] for one in own["tasks_task"] if one["born_kind"] in BORN}
    people, mandates = _people(rows), _mandates(own["committees_mandate"])
    keys = {one.key for one in mandates}
    return {
        "committee": committee,
        "known": told.today,
        "all_mandates": mandates,
        "clauses": by_mandate,
        "sayings": {
            key: frozenset(says[one.pk] for one in group) for key, group in by_mandate.items()
        },
        "seat_numbers": {
            one["id"]: one["number"]
            for one in sorted(seats, key=lambda one: (one["position"], one["id"]))
        },
        "seat_events": events.seats,
        "role_events": [
            one for one in events.roles if one.facts["kind"] in ROLE_NAMES and one.key in people
        ],
        "beginnings": events.beginnings,
        "people": people,
        "anchors": _anchors(rows, {one["id"] for one in seats}),
        "meetings": meetings_of(meetings, told, items, events),
        "decisions": decisions_of(
            own["meetings_decision"],
            told,
            told_at,
            events,
            {one.pk: one.measure for one in clauses},
        ),
        "calendar": events.calendar,
        "registers": _registers(told, committee, keys),
        "scopes": scopes_told_by(told.events, keys),
        "tied": tied_of(own["yearwheel_duty"], says),
        "wheel": wheel_of(own["yearwheel_duty"], rows, says, told),
        "records": told.records,
        "tasks": tasks_told_by(one for one in told.events if one.key in born),
    }


OWN: Final = (  # the tables whose rows name their committee
    *("committees_mandate", "committees_seat", "meetings_meeting", "meetings_decision"),
    *("tasks_task", "yearwheel_duty"),
)


def _people(rows: Rows) -> dict[int, str]:
    """Return the pseudonyms of those with a role that is asked for."""
    with_role = {
        one["person_id"] for one in rows["accounts_organisationrole"] if one["kind"] in ROLE_NAMES
    }
    return {
        one["id"]: str(one["pseudonym"])
        for one in rows["accounts_person"]
        if one["id"] in with_role
    }


def _anchors(rows: Rows, seats: AbstractSet[int]) -> dict[Began, str]:
    """Return the place on its page of each role and each holding, by what began when."""
    people = {one["id"]: str(one["pseudonym"]) for one in rows["accounts_person"]}
    found = {
        (f"role {one['kind']}", people[one["person_id"]], _day(one)): f"role-{one['id']}"
        for one in rows["accounts_organisationrole"]
        if one["kind"] in ROLE_NAMES
    }
    return found | {
        (f"seat {one['seat_id']}", people[one["person_id"]], _day(one)): f"holding-{one['id']}"
        for one in rows["committees_holding"]
        if one["seat_id"] in seats
    }


def _day(row: Row) -> date:
    return date.fromisoformat(row["from_date"])


def _mandates(rows: Sequence[Row]) -> list[Mandate]:
    found = [
        Mandate(one["id"], one["version"], approved, on(one["effective_from"]))
        for one in rows
        if (approved := on(one["approved_at"]))
    ]
    return sorted(found, key=lambda one: (one.effective_from or date.max, one.version))


def _by_mandate(rows: Sequence[Row], clauses: Sequence[Clause]) -> dict[int, list[Clause]]:
    found: dict[int, list[Clause]] = {one["id"]: [] for one in rows if one["approved_at"]}
    for one in sorted(clauses, key=lambda one: one.position):
        if one.mandate_id in found:
            found[one.mandate_id].append(one)
    return found


def _registers(told: Told, committee: int, mandates: AbstractSet[int]) -> list[RegisterPast]:
    """Return the past of each register, from the events of its acts."""
    committees = {one["id"]: one["committee_id"] for one in told.rows["meetings_meeting"]}
    beside, readers = Beside(committees, told.count), defaultdict(list)
    for one in REGISTERS:
        for act in one.acts:
            readers[act_of(act)].append(one.code)
    own: dict[str, list[PastEvent]] = defaultdict(list)
    for event in told.events:
        for code in readers.get(event.act, ()):
            own[code].append(event)
    found, began = [], began_by(told.events, mandates)
    for one in REGISTERS:
        events = since_it_began(own[one.code], committee, began)
        counted = DayFigures(told.today, told.counts.get(one.code, {}), None)
        decided = [event.noted.on for event in decided_by(events, committee)]
        make_own = partial(_own_past, one, events, committee, counted, beside)
        since = min(decided, default=None)
        found.append(RegisterPast(one, one.past(events, counted, beside), since, make_own))
    return found


def _own_past(
    rules: RegisterRules,
    events: Sequence[PastEvent],
    committee: int,
    counted: Today,
    beside: Beside,
) -> Any:
    return rules.past(own_events(events, committee), counted, beside)
