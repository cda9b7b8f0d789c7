"""Keep one open occurrence for each date that a register puts on the wheel.

Nothing is checked here: it is the consequence of an act of a register that was.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import batched
from typing import Any

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.committees.models import Clause, Committee, Seat
from kommissorium.core.evidence.actions import record
from kommissorium.core.richtext import one_line
from kommissorium.yearwheel.actions.evidence import GivenEvidence
from kommissorium.yearwheel.actions.next_occurrences import (
    CadenceValues,
    keep_cadence,
    queue_up,
    start,
)
from kommissorium.yearwheel.actions.occurrences import conclude, end_row
from kommissorium.yearwheel.models import Duty, Occurrence, Rhythm, Tag
from kommissorium.yearwheel.models.duties import WORD_LENGTH

BY_REGISTER = CadenceValues(Rhythm.EVENT)
AT_ONCE = 500  # sources: SQLite takes so many values in a question, and more


@dataclass(frozen=True)
class RegisterDuty:
    """Recurring duty of a register; `key` names it for good, at most 40 letters.

    `requirements` are those of standards that doing it meets, as their tags are named.
    The texts are what a committee's duty begins with; those who keep it may change them.
    """

    key: str
    title: str
    method: str
    success: str
    evidence_wanted: str
    measure: str
    lead_days: int = 30
    requirements: tuple[str, ...] = ()


@dataclass(frozen=True)
class Wanted:
    """An occurrence that a source wants on the wheel; none where `due` is None.

    `link` is the path of the register's page and `occasion` what it is called there.
    """

    source: str
    link: str
    due: date | None
    occasion: str
    delegate: Person | None

    def values(self) -> dict[str, Any]:
        """Return what is written of it in an occurrence, but its days."""
        return {
            "source_link": self.link,
            "occasion": one_line(self.occasion)[:WORD_LENGTH],
            "delegate": self.delegate,
        }


@transaction.atomic
def keep_due(
    duty: RegisterDuty,
    committee: Committee,
    *,
    source: str,
    link: str,
    due: date | None,
    occasion: str,
    delegate: Person | None,
    by: Person | None,
) -> Occurrence | None:
    """Let `source` have one open occurrence, due on the day; none where `due` is None.

    `link` is the path of the register's page and `occasion` what it is called there. The
    committee gets a duty of the key where it has none; one that was ended stays ended, and
    nothing falls due of it.
    """
    wanted = Wanted(source, link, due, occasion, delegate)
    return keep_all_due(duty, committee, [wanted], by=by).get(source)


@transaction.atomic
def keep_all_due(
    duty: RegisterDuty, committee: Committee, wanted: Iterable[Wanted], *, by: Person | None
) -> dict[str, Occurrence]:
    """Do for many sources what keep_due does for one; return what is open, by source."""
    asked = {one.source: one for one in wanted}
    waiting = _all_waiting(asked)
    for source in [source for source, row in waiting.items() if asked[source].due is None]:
        _leave_out(waiting.pop(source), by, _("It is no longer asked for."))
    asked = {source: one for source, one in asked.items() if one.due is not None}
    if not asked:
        return {}
    kept = _duty_of(duty, committee, by)
    for source in [source for source, row in waiting.items() if row.duty_id != kept.pk]:
        _leave_out(waiting.pop(source), by, _("It stands on another wheel now."))
    if kept.is_over:
        return {}
    if new := asked.keys() - waiting.keys():
        queue_up(kept)
        waiting |= _all_waiting(new)  # of two who ask at once, the other was first
    for source, row in waiting.items():
        _follow(row, by, due=asked[source].due, **asked[source].values())
    begun = [(one.due, one) for one in asked.values() if one.due and one.source not in waiting]
    return waiting | _begin(kept, begun, by)


@transaction.atomic
def register_done(
    source: str,
    *,
    by: Person,
    result: str,
    conclusion: str = "",
    evidence: Sequence[GivenEvidence] = (),
    at: datetime | None = None,
) -> Occurrence | None:
    """Finish what is open of a source and return it; None where nothing is.

    `at` is when it was done, where that was before now.

    Raises Refused as finish does.
    """
    waiting = _waiting(source)
    if waiting is None:
        return None
    conclude(waiting, by=by, result=result, conclusion=conclusion, evidence=evidence, at=at)
    return waiting


def _waiting(source: str) -> Occurrence | None:
    return _all_waiting([source]).get(source)


def _all_waiting(sources: Iterable[str]) -> dict[str, Occurrence]:
    """Return what is open by source; of each there is one at most."""
    found: dict[str, Occurrence] = {}
    for some in batched(sources, AT_ONCE):
        # The index of the sources answers this one; an order would have the days searched.
        rows = Occurrence.objects.open().filter(source__in=some).order_by()
        found |= {row.source or "": row for row in rows.select_related("duty", "delegate")}
    return found


def _begin(
    kept: Duty, wanted: Sequence[tuple[date, Wanted]], by: Person | None
) -> dict[str, Occurrence]:
    """Write the next rows of a duty that is held."""
    if not wanted:
        return {}
    last = kept.occurrences.aggregate(last=Max("number"))["last"] or 0
    made = Occurrence.objects.bulk_create(
        Occurrence(
            duty=kept,
            number=number,
            rhythm=Rhythm.EVENT,
            nominal=due,
            due=due,
            source=one.source,
            created_at=timezone.now(),
            **one.values(),
        )
        for number, (due, one) in enumerate(wanted, last + 1)
    )
    for row in made:
        record("yearwheel.occurrence_begun", row, by=by, facts={"due": row.due})
    return {row.source or "": row for row in made}


def _leave_out(waiting: Occurrence, by: Person | None, because: str) -> None:
    duty = queue_up(waiting.duty)
    if not Occurrence.objects.open().filter(pk=waiting.pk).exists():
        return
    end_row(waiting, duty, by, state=Occurrence.State.SKIPPED, skipped_because=because)
    record("yearwheel.occurrence_skipped", waiting, by=by)


def _follow(waiting: Occurrence, by: Person | None, **values: object) -> Occurrence:
    """Write what is new of an open occurrence, and nothing where nothing is."""
    new = {name: value for name, value in values.items() if getattr(waiting, name) != value}
    if not new:
        return waiting
    before = waiting.due
    if "due" in new:
        new["nominal"] = new["due"]  # the register's day is the day: nobody moved it by hand
    row = Occurrence.objects.open().filter(pk=waiting.pk)
    row.update(**new, edit_version=F("edit_version") + 1)
    waiting.refresh_from_db()
    if "due" in new:
        facts = {"day_before": before, "due": waiting.due}
        record("yearwheel.occurrence_moved", waiting, by=by, facts=facts)
    else:
        record("yearwheel.occurrence_followed", waiting, by=by, facts={"fields": sorted(new)})
    return waiting


def _duty_of(wanted: RegisterDuty, committee: Committee, by: Person | None) -> Duty:
    found = _known(wanted, committee)
    if found is None:
        # The committee's row is held, so that of two who need the duty the second sees it.
        Committee.objects.select_for_update().get(pk=committee.pk)
        found = _known(wanted, committee) or _make_duty(wanted, committee, by)
    return found


def _known(wanted: RegisterDuty, committee: Committee) -> Duty | None:
    """Return the duty of the key: the one that lasts, else the one that ended last."""
    rows = Duty.objects.filter(committee=committee, default_key=wanted.key)
    return rows.order_by(F("ended_on").desc(nulls_first=True), "-pk").first()


def _make_duty(wanted: RegisterDuty, committee: Committee, by: Person | None) -> Duty:
    today = timezone.localdate()
    begins = start(committee, BY_REGISTER)
    clauses = Clause.objects.in_force(committee, max(begins, today))
    clause = clauses.filter(measure=wanted.measure).first() if wanted.measure else None
    duty = Duty.objects.create(
        committee=committee,
        clause=clause,
        clause_number=clause.number if clause else "",
        measure=wanted.measure,
        default_key=wanted.key,
        kind=Duty.Kind.WHEEL,
        title=wanted.title,
        method=wanted.method,
        success=wanted.success,
        evidence_wanted=wanted.evidence_wanted,
        lead_days=wanted.lead_days,
        responsible_seat=_secretary(committee, today),
        begins=begins,
        created_at=timezone.now(),
    )
    duty.tags.set(Tag.objects.filter(name__in=wanted.requirements))
    keep_cadence(duty, BY_REGISTER, begins)
    record("yearwheel.duty_added", duty, by=by, facts={"rhythm": str(Rhythm.EVENT)})
    return duty


def _secretary(committee: Committee, today: date) -> Seat | None:
    return committee.seats.on(today).filter(role=Clause.Role.SECRETARY).first()
