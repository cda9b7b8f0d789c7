"""Policies, the decisions about them and their authors, counted one by one from rows."""

from __future__ import annotations

import json
from datetime import date
from typing import NamedTuple

from kommissorium.committees.models import Clause
from kommissorium.demo.tests.raw_reading import (
    AMBER,
    GREEN,
    GREY,
    MONTH,
    NONE,
    RED,
    Count,
    Reading,
    a_year_until,
    months_later,
)
from kommissorium.demo.tests.raw_registers import Registers, within_a_year, worst
from kommissorium.demo.tests.raw_rows import local
from kommissorium.policies.models import UpperDecision, Version
from kommissorium.rulings.models import Dispensation, Interpretation


class Begun(NamedTuple):
    """A version that had begun: the day it was decided on, and its row."""

    begins: date
    key: int
    decided: date
    row: Version


def frame(r: Reading, clause: Clause) -> Count:
    """T1: the overall policy shows where its four parts stand, and was decided on in a year."""
    found = [one for one in _in_force(r) if one.row.document.level == "overall"]
    if not found:
        return Count(r.missing(clause))
    parts = Count(GREEN if len(found[0].row.frame) == 4 else RED)
    return _state(worst(Count(within_a_year(found[0].decided, r.on)), parts))


def underlying(r: Reading, _clause: Clause) -> Count:
    """T4: nothing is past its review, no question waits too long, no dispensation has run out."""
    parts = [part for part in (_reviewed(r), _questions(r), _dispensations(r)) if part]
    return _state(worst(*parts)) if parts else Count(NONE)


def _questions(r: Reading) -> Count | None:
    day = min(r.on, r.known)
    asked = [
        one
        for one in Interpretation.objects.all()
        if local(one.made_at) <= day and _is_ours(r, one.document_id, day)
    ]
    if not asked:
        return None
    waiting = [
        (r.on - local(one.made_at)).days
        for one in asked
        if not (one.decision and local(one.decision.written_at) <= day)
    ]
    longest = max(waiting, default=0)
    ruled = Interpretation.objects.filter(state="approved", committee=r.rows.committee)
    known = [one.decision for one in ruled if local(one.decision.written_at) <= day]
    return r.by_committee(Count(RED if longest > 90 else AMBER if longest > 60 else GREEN), known)


def _is_ours(r: Reading, document: int, day: date) -> bool:
    """Return whether the committee decided last on a document, or none has."""
    decided = Version.objects.filter(document=document, state="approved")
    said = [
        (one.decision.written_at, one.committee_id)
        for one in decided.select_related("decision")
        if one.decision and local(one.decision.written_at) <= day
    ]
    return not said or max(said)[1] == r.rows.committee.pk


def _dispensations(r: Reading) -> Count | None:
    day, newest = min(r.on, r.known), {}
    given = Dispensation.objects.filter(state="approved", committee=r.rows.committee)
    for one in given.select_related("decision").order_by("pk"):
        if local(one.decision.written_at) <= day:
            newest[one.lineage] = one
    if not newest:
        return None
    standing = [
        one
        for one in newest.values()
        if not (one.ended_because and one.in_force_to and one.in_force_to <= day)
    ]
    first = min((one.last_day for one in standing), default=date.max)
    state = RED if first < r.on else AMBER if first <= r.on + MONTH else GREEN
    return r.by_committee(Count(state), [one.decision for one in standing])


def _reviewed(r: Reading) -> Count | None:
    under = [one for one in _in_force(r) if one.row.document.level != "overall"]
    ends = [months_later(one.begins, one.row.review_months) for one in under]
    if not ends:
        return None
    if any(end < r.on for end in ends):
        return Count(RED)
    return Count(AMBER if any(end <= r.on + MONTH for end in ends) else GREEN)


def revised(r: Reading, registers: Registers, clause: Clause) -> Count:
    """T3: the overall policy was revised within a year, and is based on the newest picture."""
    begun = [one for one in _begun(r) if one.row.document.level == "overall"]
    if not begun:
        missing = r.missing(clause)
        return Count(missing) if missing != RED else Count(RED)
    real = [one for one in begun if one.row.change != "minor"]
    own = Count(within_a_year(real[-1].decided, r.on))
    risks = registers.risks
    if not risks.on(r.on):
        return _state(worst(own, Count(GREY)))
    picture = risks.picture(r.on)
    whole = [one for one in risks.in_force(r.on) if one.scope == "organisation"]
    since = max((one.in_force_from or date.min for one in whole), default=date.min)
    if RED in {picture.state, own.state}:
        return Count(RED)
    if since < a_year_until(r.on):
        return own
    return _state(worst(own, _follows(real[-1].row, since, r.on)))


def _follows(row: Version, since: date, on: date) -> Count:
    named = date.min
    if row.risk_picture:
        named = date.fromisoformat(json.loads(row.risk_picture.content)["in_force_from"])
    if named >= since:
        return Count(GREEN)
    return Count(AMBER if on <= months_later(since, 3) else RED)


def document_figures(day: date) -> dict[str, int | None]:
    """Return the figures about policies for a day, as known when it ended."""
    above = {one.version_id: one for one in UpperDecision.objects.all()}
    rows = Version.objects.filter(state="approved").select_related("document", "decision", "record")
    begun, waiting = {}, set()
    for one in rows.order_by("in_force_from", "pk"):
        if one.document.is_retired or _known(one) > day:
            continue
        upper = above.get(one.pk)
        if one.document.is_above and (upper is None or local(upper.at) > day):
            waiting.add(one.document_id)
        elif one.in_force_from and one.in_force_from <= day:
            begun[one.document_id] = one
    ends = [months_later(one.in_force_from, one.review_months) for one in begun.values()]
    overdue = sum(end < day for end in ends)
    return {"in_force": len(begun), "overdue": overdue, "recommended": len(waiting)}


def dispensation_figures(day: date) -> dict[str, int | None]:
    """Return the number of dispensations in force on a day."""
    given = Dispensation.objects.filter(state="approved").select_related("decision")
    held = [
        one
        for one in given
        if local(one.decision.written_at) <= day and one.in_force_from <= day <= one.last_day
        if one.in_force_to is None or one.in_force_to > day
    ]
    return {"dispensations": len(held)}


def _known(one: Version) -> date:
    """Return when its approval was written down: a decision, else the owner's record."""
    return local(one.decision.written_at if one.decision else one.record.at)


def _decided(one: Version) -> date:
    return local(one.decision.decided_at if one.decision else one.record.at)


def _state(count: Count) -> Count:
    return Count(count.state)


def _in_force(r: Reading) -> list[Begun]:
    newest = {one.row.document_id: one for one in _begun(r)}
    return list(newest.values())


def _begun(r: Reading) -> list[Begun]:
    """Return the versions that had begun, as far as was known, by their beginning."""
    rows = Version.objects.filter(state="approved", in_force_from__isnull=False)
    found = []
    above = {one.version_id: one for one in UpperDecision.objects.filter(is_approved=True)}
    for one in rows.select_related("document", "decision", "record", "risk_picture"):
        upper = above.get(one.pk)
        known = local(upper.at) if upper else _known(one)
        decided = upper.decided_on if upper else _decided(one)
        is_ours = one.committee_id == r.rows.committee.pk
        if is_ours and known <= r.known and one.in_force_from <= r.on:
            found.append(Begun(one.in_force_from, one.pk, decided, one))
    return sorted(found, key=lambda one: one[:2])
