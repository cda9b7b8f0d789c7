"""The clauses that registers measure, counted from rows; where no row tells, from figures kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from django.utils import timezone

from kommissorium.assets.models import (
    Asset,
    AssetDocument,
    Ownership,
    Relation,
    Required,
    Statement,
)
from kommissorium.committees.models import Clause
from kommissorium.demo.tests.raw_reading import (
    AMBER,
    GREEN,
    GREY,
    MONTH,
    RED,
    WORST,
    Count,
    Reading,
    a_year_until,
    months_later,
)
from kommissorium.demo.tests.raw_risks import Risks
from kommissorium.demo.tests.raw_rows import local, told
from kommissorium.objectives.models import Measurement, Objective, ObjectiveSet
from kommissorium.policies.models import Version
from kommissorium.readings.models import Reading as PolicyReading

WANTED = {"system": "system_owner", "data_set": "data_owner", "archive": "archive_owner"}
NAMES = {"system": "systems", "data_set": "data_sets", "archive": "archives"}
Figures = dict[str, int]


def worst(*counts: Count) -> Count:
    """Return the worst state of them, with the numbers of all."""
    state = min((one.state for one in counts), key=WORST.index)
    return Count(state, [number for one in counts for number in one.numbers or ()])


class Registers:
    """The rows of the registers, read once."""

    def __init__(self) -> None:
        self.today = timezone.localdate()
        self.assets = list(Asset.objects.all())
        self.roles = list(Ownership.objects.select_related("person"))
        self.logins = told(["accounts.login_closed", "accounts.login_reopened"])
        self.kept = [one for one in told(["assets.figures_kept"]) if one.facts]
        self.followed = [
            one for one in told(["registers.figures_kept"]) if one.facts["register"] == "objectives"
        ]
        for_owners = Version.objects.filter(document__audiences__kind="owners", state="approved")
        self.guidelines = sorted(
            for_owners.select_related("decision"), key=lambda g: (g.in_force_from, g.number)
        )
        sets = ObjectiveSet.objects.filter(state="approved").select_related("decision", "committee")
        self.sets = sorted(sets, key=lambda one: (one.in_force_from, one.pk))
        self.objectives = list(Objective.objects.select_related("owner"))
        self.measurements = list(Measurement.objects.select_related("objective"))
        self.relinked = told(["objectives.objective_changed"])
        self.risks = Risks()

    def link_on(self, objective: Objective, day: date) -> int:
        """Return the record an objective was linked to on a day, 0 for none: what it was before
        the first change after it."""
        changes = [one for one in self.relinked if one.key == str(objective.pk) and one.on > day]
        return changes[0].facts["level_before"] if changes else objective.risk_level_id or 0

    def readers(self, version: Version) -> Iterable[int]:
        """Return the keys of those who have read a version."""
        rows = PolicyReading.objects.filter(version=version)
        return rows.values_list("person", flat=True)

    def standing(self, day: date) -> list[Asset]:
        return [
            one
            for one in self.assets
            if one.registered_on <= day and (one.ended_on is None or one.ended_on > day)
        ]

    def assets_on(self, day: date) -> Figures | None:
        """Return the figures of the day: of today by the rows, else those the chain has kept."""
        if day >= self.today:
            return self.assets_today
        kept = newest_of(self.kept, day)
        return {**kept[1], **self._owned(kept[0])} if kept else None

    def _owned(self, day: date) -> Figures:
        """Count by kind the assets in the register on a past day, and those with their owner."""
        here = {one.pk: one for one in self.standing(day)}
        gone = {one.key: one.act == "accounts.login_closed" for one in self.logins if one.on <= day}
        owned = {
            one.asset_id
            for one in self.roles
            if one.asset_id in here and one.role == WANTED[here[one.asset_id].kind]
            if one.from_date <= day <= (one.to_date or date.max)
            if not gone.get(str(one.person_id))
        }
        found = dict.fromkeys((*NAMES.values(), *(f"{name}_owned" for name in NAMES.values())), 0)
        for key, asset in here.items():
            found[NAMES[asset.kind]] += 1
            found[f"{NAMES[asset.kind]}_owned"] += key in owned
        return found

    @cached_property
    def assets_today(self) -> Figures:
        """Count the state of the registers today."""
        here = {one.pk: one for one in self.standing(self.today)}
        roles = [
            one
            for one in self.roles
            if one.from_date <= self.today and (one.to_date or date.max) >= self.today
            if one.person.is_active
        ]
        has: dict[int, set[str]] = {key: set() for key in here}
        for one in roles:
            has.setdefault(one.asset_id, set()).add(one.role)
        said = [
            one
            for one in Statement.objects.select_related("asked")
            if one.answer in ("correct", "change") and one.answered_at
            if a_year_until(self.today) <= local(one.answered_at) <= self.today
        ]
        confirmed = {(one.asset_id, one.role, one.asked.person_id) for one in said}
        theirs = [one for one in roles if one.asset_id in here]
        theirs = [one for one in theirs if one.role == WANTED[here[one.asset_id].kind]]
        silent = [one for one in theirs if (one.asset_id, one.role, one.person_id) not in confirmed]
        alike = Counter((one.person_id, one.from_date) for one in silent)
        data_owned = {key for key, those in has.items() if "data_owner" in those}
        stored = Relation.objects.filter(kind="stored_in").select_related("from_asset")
        data_owned |= {
            one.to_asset_id
            for one in stored
            if one.from_asset.kind == "data_set" and one.from_asset_id in data_owned & here.keys()
        }
        counted: Counter[str] = Counter()
        for key, asset in here.items():
            bare = not asset.personal_data or not asset.criticality
            counted[NAMES[asset.kind]] += 1
            counted[f"{NAMES[asset.kind]}_owned"] += WANTED[asset.kind] in has[key]
            counted["unclassified"] += bare
            if asset.kind == "system" and (bare or asset.personal_data != ",none,"):
                counted["data_systems"] += 1
                counted["data_systems_owned"] += key in data_owned
        owners = {one.person_id for one in roles if one.asset_id in here}
        in_force = [one for one in self.guidelines if one.in_force_from <= self.today]
        readers = {*(self.readers(in_force[-1]) if in_force else ())}
        return {**counted, **_documents(here, self.today), "owners": len(owners)} | {
            "owners_read": len(owners & readers),
            "confirmed": len(theirs) - len(silent),
            "alike": max(alike.values(), default=0),
        }


def _documents(here: dict[int, Asset], today: date) -> Figures:
    """Count the documents that are demanded today, and those that are current and expired."""
    newest = {
        (one.asset_id, one.type_id): one.review_by or date.max
        for one in AssetDocument.objects.order_by("added_at", "pk")
        if one.removed_at is None
    }
    decided = [one.facts["until"] for one in told(["assets.waivers_decided"])]
    found = Counter(dict.fromkeys(("required", "current", "expired", "waived"), 0))
    found["waived_decided"] = 0
    for one in Required.objects.all():
        if one.asset_id not in here:
            continue
        found["required"] += 1
        until = newest.get((one.asset_id, one.type_id))
        if one.waived_at is not None:
            found["waived"] += 1
            found["waived_decided"] += any(
                one.waived_at <= datetime.fromisoformat(last) for last in decided
            )
        elif until is not None:
            found["current" if until >= today else "expired"] += 1
    return found


def newest_of(kept: list[Any], day: date) -> tuple[date, dict[str, Any]] | None:
    """Return the newest figures that tell of the day: its own, or those of two days before."""
    days = [(date.fromisoformat(one.facts["day"]), one.facts) for one in kept]
    known = [one for one in days if one[0] <= day]
    found = max(known, key=lambda one: one[0], default=None)
    return found if found and day - found[0] <= timedelta(days=2) else None


def _nothing(r: Reading, registers: Registers, clause: Clause) -> Count:
    """Return that nothing was registered, or that figures were kept before and none tell of it."""
    was_kept = any(date.fromisoformat(one.facts["day"]) <= r.on for one in registers.kept)
    is_told = r.on >= registers.today or newest_of(registers.kept, r.on)
    return Count(GREY) if was_kept and not is_told else Count(r.missing(clause))


def ownership(r: Reading, registers: Registers, clause: Clause) -> Count:
    """R4: every asset has its owner, every system with personal data a data owner too."""
    found = registers.assets_on(r.on)
    if not found or not any(found[name] for name in NAMES.values()):
        return _nothing(r, registers, clause)
    each = [int(found[name]) for name in NAMES.values()]
    without = [int(found[name]) - int(found[f"{name}_owned"]) for name in NAMES.values()]
    lacking = int(found["data_systems"]) - int(found["data_systems_owned"])
    owned, confirmed = sum(each) - sum(without), int(found["confirmed"])
    alike = int(found["alike"])
    numbers = [sum(without)] if sum(without) else []
    numbers += [sum(each), *filter(None, without if sum(without) else each)]
    numbers += [confirmed, owned] if owned else []
    numbers += [alike, sum(each)] if alike >= 10 and alike * 10 >= sum(each) else []
    if found["data_systems"] and (lacking or found["data_systems"] > 1):
        numbers += [*([lacking] if lacking else ()), int(found["data_systems"])]
    numbers += [int(found["unclassified"])] if found["unclassified"] else []
    states = [RED if sum(without) or lacking else GREEN]
    if confirmed < owned:
        states.append(r.missing(clause) if confirmed * 2 < owned else AMBER)
    return Count(min(states, key=WORST.index), numbers)


def documentation(r: Reading, registers: Registers, clause: Clause) -> Count:
    """R6: every document demanded of the owners is there and current."""
    found = registers.assets_on(r.on)
    if not found or not any(found[name] for name in NAMES.values()):
        return _nothing(r, registers, clause)
    names = ("required", "current", "expired", "waived", "waived_decided")
    required, current, expired, waived, decided = (int(found[n]) for n in names)
    if not required:
        return Count(r.missing(clause), ())
    if current == required:
        return Count(GREEN, (required,))
    lacking = required - current - waived
    share = max(1, min(99, (200 * current + required) // (2 * required))) if current else 0
    numbers = [current, required, share, waived, lacking - expired, expired]
    many = (waived - decided) * 20 > required
    if waived:
        numbers += [*([decided] if decided else ()), *([5] if many else ())]
    return Count(RED if lacking else AMBER if many else GREEN, numbers)


def guidelines(r: Reading, registers: Registers, clause: Clause) -> Count:
    """R5: guidelines are in force, and their day of review is to come."""
    known = [one for one in registers.guidelines if local(one.decision.written_at) <= r.known]
    begun = [one for one in known if one.in_force_from <= r.on]
    if not begun:
        return Count(r.missing(clause), ())
    found = registers.assets_on(r.on)
    until = months_later(begun[-1].in_force_from, begun[-1].review_months)
    owners = int(found["owners"]) if found else 0
    read = int(found["owners_read"]) if found else 0
    numbers = (begun[-1].number, *filter(None, (owners, read)))
    state = RED if until < r.on else AMBER if until <= r.on + MONTH else GREEN
    if found is None:
        was_kept = any(date.fromisoformat(one.facts["day"]) <= r.on for one in registers.kept)
        return worst(Count(state), Count(GREY if was_kept else GREEN))
    if read * 5 < owners * 4:
        wanted = next(many for many in range(owners + 1) if many * 5 >= owners * 4)
        return worst(Count(state, (*numbers, wanted, 80)), Count(AMBER))
    return Count(state, numbers)


def within_a_year(since: date, on: date) -> str:
    """Return the state of something that is to be done each year and was done on a day."""
    if since < a_year_until(on):
        return RED
    return AMBER if since < a_year_until(on + MONTH) else GREEN


def risk_level(r: Reading, registers: Registers, clause: Clause) -> Count:
    """T2: the level, the picture, and what is above the level on the day."""
    risks = registers.risks
    until = min(r.on, r.known)
    levels = [one for one in risks.levels if local(one.decision.written_at) <= until]
    there = risks.on(r.on)
    if not there and not levels:
        return Count(r.missing(clause), ())
    own = [one for one in levels if one.committee_id == r.rows.committee.pk]
    return worst(_level(r, own, clause), risks.picture(r.on), risks.above(r.on))


def _level(r: Reading, own: list[Any], clause: Clause) -> Count:
    if not own:
        return Count(r.missing(clause), ())
    newest = {one.group: one.decision for one in own}
    if "" not in newest and len(newest) < len(own[0]._meta.get_field("group").choices):
        return Count(RED)
    asked = newest.get("") or min(newest.values(), key=lambda one: local(one.written_at))
    return r.by_committee(Count(within_a_year(local(asked.written_at), r.on)), [asked])
