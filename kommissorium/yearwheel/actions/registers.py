"""What the registers want on the wheel: one open occurrence for each of their dates.

Nothing is checked here: it is the consequence of an act of a register that was.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.committees.models import Clause, Committee, Seat
from kommissorium.core.evidence.actions import record
from kommissorium.core.richtext import one_line
from kommissorium.yearwheel.actions.cadences import CadenceValues, keep_cadence, start
from kommissorium.yearwheel.actions.evidence import GivenEvidence
from kommissorium.yearwheel.actions.following import make_row, queue_up
from kommissorium.yearwheel.actions.occurrences import conclude, end_row
from kommissorium.yearwheel.models import Duty, Occurrence, Rhythm
from kommissorium.yearwheel.models.duties import WORD_LENGTH

BY_REGISTER = CadenceValues(Rhythm.EVENT)


@dataclass(frozen=True)
class RegisterDuty:
    """What a register asks for again and again; `key` names it for good, at most 40 letters.

    The texts are what a committee's duty begins with; those who keep it may change them.
    """

    key: str
    title: str
    method: str
    success: str
    evidence_wanted: str
    measure: str
    lead_days: int = 30


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
    waiting = _waiting(source)
    if due is None:
        if waiting is not None:
            _leave_out(waiting, by, _("It is no longer asked for."))
        return None
    kept = _duty_of(duty, committee, by)
    if waiting is not None and waiting.duty_id != kept.pk:
        _leave_out(waiting, by, _("It stands on another wheel now."))
        waiting = None
    if kept.is_over:
        return None
    values: dict[str, Any] = {"source_link": link, "occasion": one_line(occasion)[:WORD_LENGTH]}
    if waiting is not None:
        return _follow(waiting, by, due=due, delegate=delegate, **values)
    queue_up(kept)
    if (twin := _waiting(source)) is not None:  # of two who ask at once, the other was first
        return _follow(twin, by, due=due, delegate=delegate, **values)
    made = make_row(
        kept, Rhythm.EVENT, nominal=due, due=due, source=source, delegate=delegate, **values
    )
    record("yearwheel.occurrence_begun", made, by=by, facts={"due": due})
    return made


@transaction.atomic
def register_done(
    source: str,
    *,
    by: Person,
    result: str,
    conclusion: str = "",
    evidence: Sequence[GivenEvidence] = (),
) -> Occurrence | None:
    """Finish what is open of a source and return it; None where nothing is.

    Raises Refused as finish does.
    """
    waiting = _waiting(source)
    if waiting is None:
        return None
    conclude(waiting, by=by, result=result, conclusion=conclusion, evidence=evidence)
    return waiting


def _waiting(source: str) -> Occurrence | None:
    return Occurrence.objects.open().select_related("duty").filter(source=source).first()


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
    keep_cadence(duty, BY_REGISTER, begins)
    record("yearwheel.duty_added", duty, by=by, facts={"rhythm": str(Rhythm.EVENT)})
    return duty


def _secretary(committee: Committee, today: date) -> Seat | None:
    return committee.seats.on(today).filter(role=Clause.Role.SECRETARY).first()
