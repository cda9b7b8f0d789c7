"""Finish, skip and move occurrences, one or several; finishing or skipping creates the next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.core.cleaning import clean_reason, clean_text
from kommissorium.core.evidence.actions import record
from kommissorium.core.refusals import Refused
from kommissorium.core.richtext import one_line
from kommissorium.core.ui.localised import day
from kommissorium.yearwheel.actions.acts import is_early, recur_from
from kommissorium.yearwheel.actions.evidence import GivenEvidence, ended_already, keep_evidence
from kommissorium.yearwheel.actions.next_occurrences import DATED, make_next, queue_up
from kommissorium.yearwheel.models import Delegation, Duty, Move, Occurrence, Rhythm
from kommissorium.yearwheel.responsible import responsible_now

Result, State = Occurrence.Result, Occurrence.State


@transaction.atomic
def finish(
    occurrence: Occurrence,
    *,
    by: Person,
    result: str,
    conclusion: str = "",
    evidence: Sequence[GivenEvidence] = (),
) -> Occurrence | None:
    """Say that an occurrence is done and with what result. Return the next one, if any.

    Raises Refused for no result, for faults that nobody describes, for evidence that lacks or
    cannot be kept, for what a meeting decides, and for what is not open any more.
    """
    duty = occurrence.duty
    if duty.by_decision and occurrence.can_be_arranged_by(by):
        raise Refused(_("The committee’s decision closes it. Nobody can mark it as done."))
    if not occurrence.can_be_done_by(by):
        raise PermissionDenied
    if duty.evidence_wanted and not evidence:
        asked = _("Show that it was done. Asked for: %(evidence)s")
        raise Refused(documents=asked % {"evidence": one_line(duty.evidence_wanted)})
    return conclude(occurrence, by=by, result=result, conclusion=conclusion, evidence=evidence)


@transaction.atomic
def conclude(
    occurrence: Occurrence,
    *,
    by: Person,
    result: str,
    conclusion: str,
    evidence: Sequence[GivenEvidence],
    at: datetime | None = None,
    is_act: bool = False,
) -> Occurrence | None:
    """Do what finish does, for whoever has asked whether `by` may. Raises Refused as it does.

    `at` is when it was done, where that was before now. An act of a meeting or a register
    (`is_act`) moves the rhythm, as actions/acts.py says.
    """
    conclusion = _concluded(result, conclusion)
    duty = _hold(occurrence)
    kept = keep_evidence(occurrence, evidence)
    end_row(occurrence, duty, by, at=at, state=State.DONE, result=result, conclusion=conclusion)
    following = _after_act(occurrence, duty, by) if is_act else _next(occurrence, duty)
    files = [one.file_id for one in kept if one.file_id]
    facts = {"result": result, "pieces": len(kept), "files": files, **_due(following)}
    record("yearwheel.occurrence_done", occurrence, by=by, facts=facts)
    return following


@transaction.atomic
def skip(occurrence: Occurrence, *, by: Person, because: str) -> Occurrence | None:
    """Leave an occurrence out, with a reason. Return the next one, if any. Raises Refused."""
    if not occurrence.can_be_arranged_by(by):
        raise PermissionDenied
    because = clean_reason(because)
    duty = _hold(occurrence)
    end_row(occurrence, duty, by, state=State.SKIPPED, skipped_because=because)
    following = _next(occurrence, duty)
    record("yearwheel.occurrence_skipped", occurrence, by=by, facts=_due(following))
    return following


@transaction.atomic
def move(occurrence: Occurrence, *, by: Person, to: date, because: str) -> None:
    """Give an open occurrence another day, with a reason; the later ones keep theirs.

    Raises Refused for no reason, a day that is over and the day it has already.
    """
    if not occurrence.can_be_moved_by(by):
        raise PermissionDenied
    because = clean_reason(because)
    if to < timezone.localdate():
        raise Refused(to=_("That day is over. Choose today or a later day."))
    _hold(occurrence)
    now = Occurrence.objects.get(pk=occurrence.pk)
    if to == now.due:
        raise Refused(to=_("It is due on that day already."))
    Move.objects.create(
        occurrence=occurrence,
        from_day=now.due,
        to_day=to,
        because=because,
        by=by,
        at=timezone.now(),
    )
    Occurrence.objects.filter(pk=occurrence.pk).update(due=to, was_moved=True)
    facts = {"day_before": now.due, "due": to}
    record("yearwheel.occurrence_moved", occurrence, by=by, facts=facts)
    occurrence.refresh_from_db()


def skip_open(duty: Duty, *, by: Person | None, because: str) -> None:
    """Skip all that is open of a duty that ends; nothing follows."""
    for occurrence in duty.occurrences.open():
        end_row(occurrence, duty, by, state=State.SKIPPED, skipped_because=because)
        record("yearwheel.occurrence_skipped", occurrence, by=by)


def _hold(occurrence: Occurrence) -> Duty:
    """Return the duty; of two who write at once the second waits here and is refused."""
    duty = queue_up(occurrence.duty)
    row = Occurrence.objects.open().filter(pk=occurrence.pk)
    if not row.update(edit_version=F("edit_version") + 1):
        raise Refused(ended_already(occurrence))
    return duty


def end_row(
    occurrence: Occurrence,
    duty: Duty,
    by: Person | None,
    *,
    at: datetime | None = None,
    **values: str,
) -> None:
    """Write how an open occurrence ended; `by` is None when the program does it by itself."""
    live = Delegation.objects.live().filter(occurrence=occurrence)
    live.update(ended_at=timezone.now(), ending=Delegation.Ending.DONE)
    Occurrence.objects.filter(pk=occurrence.pk).update(
        **values,
        ended_at=at or timezone.now(),
        ended_by=by,
        title_then=duty.title,
        responsible_then=responsible_now(duty),
    )
    occurrence.refresh_from_db()


def _next(occurrence: Occurrence, duty: Duty) -> Occurrence | None:
    return make_next(duty, occurrence.nominal) if occurrence.rhythm in DATED else None


def _after_act(occurrence: Occurrence, duty: Duty, by: Person) -> Occurrence | None:
    """Make the next time after an act; skip what fell due before the act and was not done."""
    done = timezone.localdate(occurrence.ended_at)
    if occurrence.rhythm == Rhythm.INTERVAL and is_early(occurrence, duty, done):
        return recur_from(duty, done)
    following = _next(occurrence, duty)
    while following is not None and following.due <= done:
        because = _("It was not done in its time. The one before was done on %(date)s.")
        because = because % {"date": day(done)}
        end_row(following, duty, by, state=State.SKIPPED, skipped_because=because)
        record("yearwheel.occurrence_skipped", following, by=by)
        following = make_next(duty, following.nominal)
    return following


def _due(following: Occurrence | None) -> dict[str, date]:
    return {"next_due": following.due} if following else {}


def _concluded(result: str, conclusion: str) -> str:
    if result not in set(Result.values) - {Result.NONE}:
        raise Refused(result=_("Choose one of the options."))
    conclusion = clean_text(conclusion, "conclusion")
    if result not in Occurrence.FAULTLESS and not conclusion:
        raise Refused(conclusion=_("Faults were found. Say which, and what is done about them."))
    return conclusion


SHARED = ("result", "conclusion", "because")  # said once for all of them


def finish_many(
    occurrences: Sequence[Occurrence], *, by: Person, result: str, conclusion: str = ""
) -> int:
    """Finish all with one result and return how many. Raises Refused as `_all_or_none` does."""
    return _all_or_none(
        occurrences, lambda one: finish(one, by=by, result=result, conclusion=conclusion)
    )


def skip_many(occurrences: Sequence[Occurrence], *, by: Person, because: str) -> int:
    """Skip all for one reason and return how many. Raises Refused as `_all_or_none` does."""
    return _all_or_none(occurrences, lambda one: skip(one, by=by, because=because))


def move_many(occurrences: Sequence[Occurrence], *, by: Person, to: date, because: str) -> int:
    """Give all one day and return how many. Raises Refused as `_all_or_none` does."""
    return _all_or_none(occurrences, lambda one: move(one, by=by, to=to, because=because))


def _all_or_none(occurrences: Sequence[Occurrence], act: Callable[[Occurrence], object]) -> int:
    """Act on each in one transaction.

    Raises Refused that names each one that cannot be done so; what is wrong with a field that
    all share is said once, beside that field.
    """
    if not occurrences:
        raise Refused(_("Choose at least one."))
    refusals: dict[str, str] = {}
    with transaction.atomic():
        for occurrence in occurrences:
            refusals |= _tried(occurrence, act)
        if refusals:
            raise Refused(**refusals)
    return len(occurrences)


def _tried(occurrence: Occurrence, act: Callable[[Occurrence], object]) -> dict[str, str]:
    name = _("“%(title)s”, %(date)s") % {"title": occurrence.title, "date": day(occurrence.due)}
    try:
        with transaction.atomic():
            act(occurrence)
    except PermissionDenied:
        return {f"occurrence_{occurrence.pk}": f"{name}: " + _("This one is not yours.")}
    except Refused as refused:
        shared = {field: text for field, text in refused.errors.items() if field in SHARED}
        own = [text for field, text in refused.errors.items() if field not in SHARED]
        return {**shared, **({f"occurrence_{occurrence.pk}": f"{name}: {own[0]}"} if own else {})}
    return {}
