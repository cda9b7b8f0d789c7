"""Meetings, their items and decisions, put together from rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import date
from typing import Any

from kommissorium.measures.clauses import ADVISER, Saying
from kommissorium.measures.codes import APPROVING
from kommissorium.measures.meetings import (
    Kept,
    MadeDecision,
    PastItem,
    PastMeeting,
)
from kommissorium.measures.rows import ASPECTS, HEAVY, Row, Rows, is_silent, moment, on
from kommissorium.measures.said import link
from kommissorium.measures.told import DECISION, ITEM, TOOK_PLACE, EventFacts, Told


def meetings_of(
    meetings: Sequence[Row], told: Told, items: Mapping[int, list[PastItem]], events: EventFacts
) -> list[PastMeeting]:
    """Return the meetings that were called or registered, the latest first."""
    calls = _by("meeting_id", told.rows["meetings_call"])
    minutes = {one["id"]: one["meeting_id"] for one in told.rows["meetings_minutes"]}
    approvals = {minutes.get(one["minutes_id"]): one for one in told.rows["meetings_approval"]}
    registered = _by("meeting_id", told.rows["meetings_registration"])
    there = _attendance(told.rows)
    found = []
    for row in meetings:
        key, call = row["id"], calls.get(row["id"])
        if not (call or row["registered_at"]):
            continue
        present, seats, who = there.get(key, (0, 0, frozenset()))
        past = PastMeeting(
            key=key,
            label=_label(row),
            day=date.fromisoformat(row["starts_at"]),
            called_at=moment(call["at"]) if call else None,
            call=_kept(call, told),
            cancelled_on=events.cancelled.get(key),
            present=present,
            seats=seats,
            who=who or None,
            link=link("meeting", key),
            items=tuple(items.get(key, ())),
        )
        noted = row["registered_at"]
        found.append(
            _registered(past, on(noted), _kept(registered.get(key), told), there.get(key))
            if noted
            else _minuted(past, row, approvals.get(key), told)
        )
    return sorted(found, key=lambda one: (one.day, one.key), reverse=True)


def _label(row: Row) -> str:
    """Return the meeting's number as people write it, 2026/3; of one registered later 2025/T1."""
    series = "T" if row["registered_at"] else ""
    return f"{row['year']}/{series}{row['number']}" if row["number"] else ""


def _registered(
    past: PastMeeting,
    noted: date | None,
    kept: Kept | None,
    there: tuple[int, int, frozenset[str]] | None,
) -> PastMeeting:
    return replace(
        past,
        registered_on=noted,
        closed_on=noted,
        minuted_on=noted,
        minutes=kept,
        present=there[0] if there and there[0] else None,
    )


def _minuted(past: PastMeeting, row: Row, approval: Row | None, told: Told) -> PastMeeting:
    closed = (row["closed_at"] or row["starts_at"]) if row["state"] in TOOK_PLACE else None
    return replace(
        past,
        closed_on=on(closed),
        minuted_on=on(approval["at"]) if approval else None,
        minutes=_kept(approval, told),
    )


def _attendance(rows: Rows) -> dict[int, tuple[int, int, frozenset[str]]]:
    """Return by meeting the seats with a vote that were there, all of them, and who was there."""
    advisers = {one["id"] for one in rows["committees_seat"] if one["role"] == ADVISER}
    people = {one["id"]: str(one["pseudonym"]) for one in rows["accounts_person"]}
    seats: dict[int, set[int]] = defaultdict(set)
    present: dict[int, set[int]] = defaultdict(set)
    who: dict[int, set[str]] = defaultdict(set)
    for one in rows["meetings_attendance"]:
        meeting, seat, was_there = one["meeting_id"], one["seat_id"], one["presence"] == "present"
        if was_there:
            who[meeting].add(people.get(one["person_id"], ""))
        votes = one["capacity"] == "holder" or one["stands_in_since"]
        if seat is not None and seat not in advisers and votes:
            seats[meeting].add(seat)
            if was_there:
                present[meeting].add(seat)
    return {key: (len(present[key]), len(seats[key]), frozenset(who[key])) for key in seats | who}


def items_of(
    rows: Rows, meetings: AbstractSet[int], says: Mapping[int, Saying], events: EventFacts
) -> tuple[dict[int, list[PastItem]], dict[str, dict[int, str]]]:
    """Return the items the mandate demands, by meeting, and by decision of the chair the meetings
    told of it, each with the outcome there."""
    minutes = {one["id"]: one["meeting_id"] for one in rows["meetings_minutes"]}
    confirmed: dict[int, set[int]] = defaultdict(set)
    for one in rows["meetings_confirmation"]:
        confirmed[one["item_id"]].add(minutes.get(one["minutes_id"], 0))
    proceedings = _by("item_id", rows["meetings_proceedings"])
    chosen = {one["born_id"] for one in rows["tasks_quartertask"] if one["born_kind"] == ITEM}
    items: dict[int, list[PastItem]] = defaultdict(list)
    told_at: dict[str, dict[int, str]] = defaultdict(dict)
    for row in sorted(rows["meetings_agendaitem"], key=lambda one: int(one["id"])):
        key, meeting = row["id"], row["meeting_id"]
        if meeting not in meetings:
            continue
        withdrawn_on, came = events.withdrawn.get(key), proceedings.get(key, {})
        if row["clause_id"] in says:
            item = PastItem(
                says=says[row["clause_id"]],
                withdrawn_on=withdrawn_on,
                outcome=came.get("outcome") or "",
                nothing_new=bool(came.get("nothing_new")),
                was_discussed=bool(came.get("discussion")),
                chose_tasks=str(key) in chosen,
                confirmed=frozenset(confirmed[key]),
            )
            items[meeting].append(item)
        if row["subject_kind"] == DECISION and withdrawn_on is None:
            told_at[row["subject_id"]][meeting] = came.get("outcome") or ""
    return items, told_at


def decisions_of(
    rows: Sequence[Row],
    told: Told,
    told_at: Mapping[str, Mapping[int, str]],
    events: EventFacts,
    measures: Mapping[int, str],
) -> list[MadeDecision]:
    """Return the committee's decisions and its chair's, the newest first."""
    later = _by("decision_id", told.rows["meetings_laterweighing"])
    items = told.rows["meetings_agendaitem"]
    asked = {one["id"]: measures.get(one["clause_id"], "") for one in items}
    chains = {one["id"]: one.get("origin_id") or one["id"] for one in items}
    with_file = {one["item_id"] for one in told.rows["meetings_attachment"]}
    found = []
    for row in rows:
        key, after = row["id"], later.get(row["id"], {})
        heavy = [one for one, choice in HEAVY.items() if row[one] == choice]
        counts, kind = row["outcome"] in APPROVING, row.get("subject_kind") or ""
        silent = counts and is_silent(row, kind)
        at = moment(row["decided_at"])
        made = MadeDecision(
            key=key,
            number=row["number"],
            at=at,
            on=told.local_day(at),
            written_on=date.fromisoformat(row["written_at"]),
            undone_on=events.cancelled.get(row["meeting_id"]),
            outcome=row["outcome"],
            measure=asked.get(row["item_id"]) or "",
            is_weighed=all(row[one] for one in ASPECTS) and not silent,
            is_heavy=bool(heavy) and counts,
            is_heavy_later=counts and any(after.get(one) == said for one, said in HEAVY.items()),
            weighed_later_on=None if is_silent(after, kind) else on(after.get("at")),
            has_reasons=all(row[f"{one}_text"] for one in heavy),
            is_silent=silent,
            chain=chains.get(row["item_id"]),
            has_annex=row["item_id"] in with_file,
            meeting=row["meeting_id"],
            is_chairs=row["item_id"] is None,
            is_closed=row["is_closed"],
            told_at=frozenset(told_at.get(str(key), ())),
            answers=tuple(told_at.get(str(key), {}).items()),
            kept=_kept(row, told) or Kept(0, ""),
        )
        found.append(made)
    return sorted(found, key=lambda one: (one.at, one.key), reverse=True)


def _kept(row: Row | None, told: Told) -> Kept | None:
    key = row["record_id"] if row else None
    return Kept(key, told.hashes.get(key, "")) if key else None


def _by(name: str, rows: Iterable[Row]) -> dict[Any, Row]:
    return {one[name]: one for one in rows}
