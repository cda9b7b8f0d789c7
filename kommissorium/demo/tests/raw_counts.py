"""A committee's clauses counted from its rows: a state, the numbers and the meetings it names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from itertools import pairwise

from kommissorium.committees.models import Clause
from kommissorium.demo.tests.raw_reading import (
    AMBER,
    CHAIRING,
    GREEN,
    GREY,
    LATER,
    MONTH,
    NONE,
    OPEN,
    RED,
    WORST,
    Count,
    Rate,
    Reading,
    a_year,
    a_year_until,
    months_later,
    says,
)
from kommissorium.demo.tests.raw_rows import DAY, Met, Place, local
from kommissorium.demo.tests.raw_statuses import quarterly
from kommissorium.meetings.models import AgendaItem, Decision
from kommissorium.reports.models import BoardReport

SIXTY = timedelta(days=60)
LONGEST = 100  # days between two reports while they are quarterly
ASPECTS = ("security", "usability", "economy", "proportion")
HEAVY = {"security": "weaker", "usability": "harder", "economy": "costs"}
# The words by which a member's row asks for somebody with a role in the municipality.
ASKED_BY = {
    "executive": ("direktion", "kommunaldirektør"),
    "coordinator": ("sikkerhedskoordinator",),
    "dpo": ("databeskyttelsesrådgiver", "dpo"),
}


def steering(r: Reading, clause: Clause) -> Count:
    if not r.with_role("coordinator", r.on) or not r.chairs:
        return Count(RED, ())
    held = r.minuted(r.begun)
    if not held:
        return Count(r.missing(clause), (len(r.earlier),) if r.earlier else ())
    since = max(r.since(clause), r.in_use)
    there = {one.row.pk: r.rows.there(one.row.pk) for one in held if one.day >= since}
    alone = [
        one.row.label
        for one in held
        if there.get(one.row.pk) and not there[one.row.pk] & r.with_role("coordinator", one.day)
    ]
    asked = [one for one in r.clauses(r.on) if one.measure == "quarterly_status"]
    states = [quarterly(r, one).state for one in asked]
    states += [(GREEN, AMBER, RED)[min(len(alone), 2)], _followed(r)]
    counted = (one for one in WORST if one in states and one in (RED, AMBER, GREEN))
    return Count(next(counted), None, alone)


def _followed(r: Reading) -> str:
    """Return the state of the tasks of meetings: 30 days late amber, 90 days or a year red."""
    day, found = min(r.on, r.known), GREEN
    for given, first, dues, endings in r.rows.born_tasks:
        over = [one for one in endings if one[0] <= day and (one[1] is None or one[1] > day)]
        if given > day or over:
            continue
        due = ([due for on, due in dues if on <= day] or [first])[-1]
        if r.on - due > timedelta(days=90) or first < r.begun - DAY:
            return RED
        found = AMBER if r.on - due > timedelta(days=30) else found
    return found


def weighed(r: Reading, _clause: Clause) -> Count:
    waits = [one.row.label for one in r.waiting(r.begun)]
    made = [
        one for one in r.decided(r.begun) if not (one.item and one.item.measure == "agenda_minutes")
    ]
    counted = [one for one in made if one.outcome in ("approved", "with_changes", "rejected")]
    put_off = [one for one in made if one.outcome == "deferred" and not _is_settled(one, made)]
    if not counted:
        postponed = (len(put_off),) if put_off else ()
        return Count(AMBER if put_off else NONE, postponed, waits)
    silent = [one for one in counted if _says_nothing(one)]
    chips = [one for one in counted if all(getattr(one, name) for name in ASPECTS)]
    whole = [one for one in chips if one not in silent]
    heavy = [(one, _weighs(one)) for one in counted if _weighs(one)]
    heavy = [(one, names) for one, names in heavy if one.outcome != "rejected"]
    said = [one for one, names in heavy if all(getattr(one, f"{n}_text").strip() for n in names)]
    faults = len(whole) < len(counted) or len(said) < len(heavy)
    # Where all or none of them say why, the sentence says so without a number.
    split = (len(said),) if 0 < len(said) < len(heavy) else ()
    numbers = (len(whole), len(counted) + len(put_off), *((len(heavy), *split) if heavy else ()))
    numbers += (*filter(None, (len(silent), len(put_off))),)
    return Count(RED if faults else AMBER if put_off else GREEN, numbers, waits)


def _is_settled(one: Decision, made: Sequence[Decision]) -> bool:
    """Return whether what was postponed was decided later, where its item came again."""
    return any(
        other.decided_at > one.decided_at
        and other.outcome != "deferred"
        and other.item
        and one.item
        and (other.item.origin_id or other.item_id) == (one.item.origin_id or one.item_id)
        for other in made
    )


def _says_nothing(one: Decision) -> bool:
    """Return whether a decision of money or risk has four neutral chips and no word."""
    chips = [getattr(one, name) for name in ASPECTS]
    is_risk = one.subject_kind.startswith("risks.") or one.subject_kind == "rulings.dispensation"
    is_bare = not any(getattr(one, f"{name}_text").strip() for name in ASPECTS)
    is_approved = one.outcome in ("approved", "with_changes")
    neutral = ["unchanged", "unchanged", "neutral", "fitting"]
    return is_approved and is_risk and is_bare and chips == neutral


def _weighs(decision: Decision) -> list[str]:
    return [name for name, choice in HEAVY.items() if getattr(decision, name) == choice]


def chairs_own(r: Reading, _clause: Clause) -> Count:
    if not r.chairs:
        return Count(RED, ())
    taken = [one for one in r.decided(r.begun) if one.item_id is None]
    untold = [one for one in taken if not _was_told(r, one)]
    if untold:
        return Count(RED, (len(untold),))
    if not taken:
        return Count(NONE, ())
    held = r.held(date.min, r.on)
    told = [one for one in taken if any(_tells_of(item, one) for m in held for item in m.items)]
    waiting = len(taken) - len(told)
    if not waiting:
        return Count(GREEN, (len(taken),))
    coming = [day for day, _placed in r.rows.calendar(min(r.on, r.known)) if day >= r.on]
    numbers = (len(taken), *((len(told),) if told else ()), waiting)
    return Count(GREEN if coming else AMBER, numbers)


def _was_told(r: Reading, decision: Decision) -> bool:
    held = r.held(local(decision.decided_at), r.on)
    called = [one for one in held if hasattr(one.row, "call")]
    could = [one.day for one in called if one.row.call.at > decision.decided_at]
    telling = [one.day for one in held if any(_tells_of(item, decision) for item in one.items)]
    return not could or any(day <= min(could) for day in telling)


def _tells_of(item: AgendaItem, decision: Decision) -> bool:
    about = (item.subject_kind, item.subject_id) == ("meetings.decision", str(decision.pk))
    return about and not item.withdrawn_because


def support(r: Reading, clause: Clause) -> Count:
    if not r.executive_sits(r.on):
        return _reports(r, clause, lambda one, sits: 0 if sits else a_year(one, 4))
    met = [(one, r.rows.there(one.row.pk)) for one in r.minuted(r.begun)]
    told = [(one, who) for one, who in met if who and r.executive_sits(one.day)]
    there = [one for one, who in told if who & r.with_role("executive", one.day)]
    if there:
        return Count(GREEN, (len(there), len(told)))
    if not told:
        first = a_year_until(r.on)
        is_old = max(r.since(clause), r.in_use) <= first and r.executive_sits(first)
        return Count(AMBER if is_old else GREEN, ())
    return Count(AMBER, (len(told),)) if len(told) == 1 else Count(RED)


def reporting(r: Reading, clause: Clause) -> Count:
    def rate(one: Clause, sits: bool) -> int:
        return a_year(one, 1) if sits else max(one.max_per_year or 4, a_year(one, 1))

    return _reports(r, clause, rate)


def _reports(r: Reading, clause: Clause, rate: Rate) -> Count:
    days, rest = _received(r)

    def quarters(first: date) -> set[tuple[int, int]]:
        return {(on.year, (on.month - 1) // 3) for on in days if first <= on <= r.on}

    each, due, is_near = r.asked_for(clause, rate)
    found = len(quarters(r.begun))
    if not found and not due and each:
        return Count(AMBER if is_near else LATER, rest)
    number = (found,) if found else ()
    numbers = (*number, each, *((due,) if due != each else ()), *rest)
    later = len(quarters(a_year_until(r.on + MONTH)))
    is_few = later < r.asked_for(clause, rate, ahead=30)[1]
    is_red = found < due or _is_too_long(r, days, r.on)
    is_few = is_few or _is_too_long(r, days, r.on + MONTH)
    return Count(RED if is_red else AMBER if is_few else GREEN, numbers)


def _received(r: Reading) -> tuple[list[date], tuple[int, ...]]:
    """Return the days on which the board had a report, and how many were not sent or received."""
    known = [
        one
        for one in r.rows.board_reports
        if local(one.decision.decided_at) <= r.on and local(one.decision.written_at) <= r.known
    ]
    sent = [one for one in known if _noted(r, one, "sent")]
    days = [min(on) for one in sent if (on := _noted(r, one, "received"))]
    lacks = (len(known) - len(sent), len(sent) - len(days))
    days += [on for on, filed in _approved(r, date.min) if filed and on < r.in_use]
    return sorted(days), tuple(one for one in lacks if one)


def _noted(r: Reading, report: BoardReport, kind: str) -> list[date]:
    notes = [one for one in report.notes.all() if one.kind == kind and local(one.at) <= r.known]
    return [one.on for one in notes if one.on <= r.on]


def _is_too_long(r: Reading, days: list[date], last: date) -> bool:
    """Return whether the board waited over a hundred days while none of it had a seat."""
    first = r.on
    if r.executive_sits(first):
        return False
    while first > max(r.begun, r.in_use) and not r.executive_sits(first - DAY):
        first -= DAY
    points = [first, *(on for on in days if first < on <= last), last]
    return any((two - one).days > LONGEST for one, two in pairwise(points))


def _approved(r: Reading, first: date) -> list[tuple[date, bool]]:
    """Return the days on which reports were approved, and whether each had a file then."""
    filed = {item for item, on in r.rows.with_file if on <= r.known}
    return [
        (local(one.decided_at), one.item_id in filed)
        for one in r.decided(first)
        if one.item and one.item.measure == "executive_reporting"
        if one.outcome in ("approved", "with_changes")
    ]


def meetings(r: Reading, clause: Clause) -> Count:
    def rate(one: Clause, _sits: bool) -> int:
        return a_year(one, 4)

    each, due, is_near = r.asked_for(clause, rate)
    held, noted = [one for one in r.minuted(r.begun) if _owed(r, clause, one)], len(r.earlier)
    waits = [one for one in r.waiting(r.on - SIXTY) if one.was_more_than_one]
    waits = [one for one in waits if _owed(r, clause, one)]
    if not held and not waits and not due and each:
        return Count(AMBER if is_near else LATER, (noted,) if noted else ())
    there = [n for one in held if one.present and one.seats for n in (one.present, one.seats)]
    number = (len(held),) if held else ()
    counted = (*number, each, *((due,) if due != each else ()), *there)
    numbers = (*counted, *((noted,) if noted else ()))
    names = [one.row.label for one in waits]
    if len(held) < due:
        return Count(AMBER if len(held) + len(waits) >= due else RED, numbers, names)
    coming = [
        day for day, _placed in r.rows.calendar(min(r.on, r.known)) if r.on < day <= r.on + MONTH
    ]
    left = r.held(a_year_until(r.on + MONTH), r.on)
    left = [one for one in left if one not in r.earlier and _owed(r, clause, one)]
    is_few = len(left) + len(coming) < r.asked_for(clause, rate, ahead=30)[1]
    return Count(AMBER if is_few else GREEN, numbers, names)


def _owed(r: Reading, clause: Clause, met: Met) -> bool:
    """Return whether the mandate asked for meetings on the meeting's day, and the day counts."""
    counts = met.day >= r.in_use or r.on < r.in_use
    return counts and any(says(one) == says(clause) for one in r.clauses(met.day))


def horizon(r: Reading, clause: Clause) -> Count:
    months = clause.horizon_months or 6
    coming = [one for one in r.rows.calendar(min(r.on, r.known)) if one[0] >= r.on]
    days = sorted(day for day, has_place in coming if has_place)
    if not days:
        return Count(RED, ())
    until = months_later(r.on, months)
    end = next((day for day in days if day >= until), days[-1])
    there = sum(day <= end for day in days)
    asked = [one for one in r.clauses(r.on) if one.measure == "meetings_per_year"]
    rate = a_year(asked[0], 4) if asked else 1
    wanted = max(1, rate * (end - r.on).days // 365)
    bare = any(day <= until for day, has_place in coming if not has_place)
    is_soon = bare or days[-1] < months_later(r.on + MONTH, months)
    state = RED if days[-1] < until or there < wanted else AMBER if is_soon else GREEN
    return Count(state, (there, months, wanted))


def treated(r: Reading, clause: Clause) -> Count:
    first = max(r.since(clause), r.begun)
    held = [
        one
        for one in r.minuted(first)
        if not one.is_registered or any(_is_of(item, clause) for item in one.items)
    ]
    noted = (len(r.earlier),) if r.earlier else ()
    if not held:
        return Count(r.missing(clause), noted)
    missed = [one.row.label for one in held if not _was_treated(r, clause, one)]
    state = GREEN if not missed else AMBER if len(missed) == 1 and len(held) > 1 else RED
    return Count(state, (len(held) - len(missed), len(held), *noted), missed)


def _is_of(item: AgendaItem, clause: Clause) -> bool:
    return item.clause is not None and says(item.clause) == says(clause)


def _was_treated(r: Reading, clause: Clause, met: Met) -> bool:
    gone = {key for key, on in r.rows.withdrawn.items() if on <= r.known}
    items = [one for one in met.items if _is_of(one, clause) and one.pk not in gone]
    before = [one for one in r.held(date.min, met.day - DAY) if not one.undone_on]
    if clause.measure == "agenda_minutes" and before and not before[-1].is_registered:
        key = before[-1].row.pk
        confirmed = {item for item, of, on in r.rows.confirmed if of == key and on <= r.known}
        return any(one.pk in confirmed for one in items)
    chosen = {key for key, on in r.rows.chosen if on <= r.known}
    return any(_came_of_it(one, clause, chosen, met) for one in items)


def _came_of_it(item: AgendaItem, clause: Clause, chosen: set[str], met: Met) -> bool:
    row = getattr(item, "proceedings", None)
    nothing_new = bool(row and row.nothing_new)
    if clause.measure == "agenda_coming_tasks" and not met.is_registered:
        return nothing_new or str(item.pk) in chosen
    is_said = clause.measure == "agenda_any_other_business" and bool(row and row.discussion)
    return nothing_new or is_said or bool(row and row.outcome)


def own_wording(r: Reading, clause: Clause) -> Count:
    """Count the duties tied to a clause that nothing else measures."""
    tied = [one for one in r.rows.duties if says(one.clause) == says(clause)]
    tied = [one for one in tied if local(one.created_at) <= r.known]
    if not tied:
        return Count(GREY)
    states = [state for one in tied if (state := _duty(r, r.rows.occurrences[one.pk]))]
    return Count(min(states, key=WORST.index) if states else NONE)


def _duty(r: Reading, rows: Sequence) -> str:
    rows = [one for one in rows if local(one.created_at) <= r.known]
    until = min(r.on, r.known)
    over = [one for one in rows if one.ended_at and local(one.ended_at) <= until]
    left = [one for one in rows if one not in over]
    open_days = [_due(r, one) for one in left]
    put_off = [_due(r, one) for one in left if _first_due(r, one) < r.on]
    if not rows:
        return ""
    if any(day < r.on for day in open_days) or any(day > r.on + MONTH for day in put_off):
        return RED
    if not over:
        return LATER
    last = max(over, key=lambda one: (local(one.ended_at), one.pk))
    if last.state == "skipped" or last.result == "critical":
        return RED
    return AMBER if any(day <= r.on + MONTH for day in open_days) else GREEN


def _due(r: Reading, occurrence) -> date:
    moves = r.rows.moves[occurrence.pk]
    known = [one.to_day for one in moves if local(one.at) <= r.known]
    return known[-1] if known else _first_due(r, occurrence)


def _first_due(r: Reading, occurrence) -> date:
    moves = r.rows.moves[occurrence.pk]
    return moves[0].from_day if moves else occurrence.due


def seats_by_row(r: Reading) -> dict[int, list[Place]]:
    """Return the seats that each row of the mandate's table means: by function, number, role."""
    rows = [one for one in r.clauses(r.on) if one.kind == "member"]
    left = [one for one in r.places if one.first <= r.on <= one.last]
    found: dict[int, list[Place]] = defaultdict(list)
    fits: list[Callable[[Clause, Place], bool]] = [
        lambda row, one: bool(row.function) and row.function.casefold() == one.name(r.on),
        lambda row, one: row.number == one.number,
        lambda row, _one: row.role != "member" and [x.role for x in rows].count(row.role) == 1,
    ]
    for fit in fits:
        for row in (one for one in rows if one.pk not in found):
            those = [one for one in left if one.role == (row.role or "member") and fit(row, one)]
            if those:
                found[row.pk] = those
                left = [one for one in left if one not in those]
    for row in rows:
        others = [one for one in left if one.role == "member"]
        if row.pk not in found and _is_open(row) and others:
            found[row.pk] = others[:1]
            left.remove(others[0])
    return found


def _is_open(row: Clause) -> bool:
    return not row.function and row.role not in (*CHAIRING, "secretary", "adviser")


def seat_filled(r: Reading, clause: Clause) -> Count:
    places = seats_by_row(r)[clause.pk]
    if not places:
        return Count(OPEN if _is_open(clause) else RED, ())
    holders = [one.holder(r.on) for one in places]
    words = f"{clause.text} {clause.function}".casefold()
    kinds = {kind for kind, asked in ASKED_BY.items() if any(word in words for word in asked)}
    if clause.role == "chair" and "direktør" in words:
        kinds.add("executive")
    has_roles = all(who in r.with_role(kind, r.on) for kind in kinds for who in holders)
    return Count(GREEN if None not in holders and has_roles else RED, ())
