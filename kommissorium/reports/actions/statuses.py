"""Compose the status of a quarter, compose it again, and write what its parts say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.committees.models import Committee
from kommissorium.core.cleaning import clean_text
from kommissorium.core.evidence.actions import record
from kommissorium.core.refusals import Conflict, Refused
from kommissorium.core.ui.localised import day
from kommissorium.meetings.actions.committee_lock import lock_committee
from kommissorium.registers.actions.proposals import hold_draft, refuse_unless
from kommissorium.registers.actions.standard_proposals import record_draft
from kommissorium.registers.quarters import Quarter
from kommissorium.registers.status import StatusPart
from kommissorium.reports.composing import compose
from kommissorium.reports.handwritten import CONCLUSION, HANDWRITTEN, place_of
from kommissorium.reports.models import TEXT_LENGTH, KeptPart, QuarterlyStatus, WrittenPart
from kommissorium.reports.models.quarterly import Quarterly
from kommissorium.reports.proposal import KIND

# What is composed anew of a part; what somebody wrote in it stays.
COMPOSED: Final = ("place", "heading", "content", "proposed")


@dataclass(frozen=True, slots=True)
class PartText:
    """What is typed of a part, and which version of it was edited."""

    text: str
    is_empty: bool = False
    edit_version: int = 1


@transaction.atomic
def compose_status(committee: Committee, quarter: Quarter, *, by: Person) -> QuarterlyStatus:
    """Draft the status of a quarter. Raises Refused before it has ended, and for a second one."""
    made = begin(QuarterlyStatus, committee, quarter, by=by)
    last = _said_before(made)
    parts = [_kept(made, part, last) for part in compose(committee, quarter)]
    KeptPart.objects.bulk_create(parts)
    record_draft(KIND, made, by=by)
    return made


def begin[M: Quarterly](model: type[M], committee: Committee, quarter: Quarter, *, by: Person) -> M:
    """Begin the draft of what is told of a quarter. Raises Refused as above."""
    refuse_others(model, by)
    if not quarter.has_ended(timezone.localdate()):
        text = _("%(quarter)s has not ended. It can be told of from %(day)s.")
        values = {"quarter": quarter.label, "day": day(quarter.after.first)}
        raise Refused(quarter=text % values)
    lock_committee(committee)
    rows: Any = model._default_manager  # noqa: SLF001
    if rows.of_quarter(committee, quarter).exists():
        text = _("%(quarter)s has one already. A quarter has no second one.")
        raise Refused(quarter=text % {"quarter": quarter.label})
    now = timezone.now()
    numbers = {"year": quarter.year, "number": quarter.number}
    made: M = rows.create(of=committee, made_by=by, made_at=now, composed_at=now, **numbers)
    return made


def refuse_others(model: type[Quarterly], by: Person) -> None:
    if not model.can_be_drafted_by(by):
        raise PermissionDenied


@transaction.atomic
def recompose_status(status: QuarterlyStatus, *, by: Person) -> None:
    """Compose a draft again: figures and sentences are new, what somebody wrote stays.

    A part that nothing offers any more goes, unless somebody has written in it.
    """
    refuse_others(QuarterlyStatus, by)
    hold_draft(status)
    last = _said_before(status)
    fresh = [_kept(status, part, last) for part in compose(status.of, status.quarter)]
    put_fresh({one.code: one for one in status.parts.all()}, fresh)
    QuarterlyStatus.objects.filter(pk=status.pk).update(composed_at=timezone.now())
    facts = {**KIND.called(status), **let_word_go(status)}
    record("reports.status_recomposed", status, by=by, facts=facts)


@transaction.atomic
def write_parts(
    status: QuarterlyStatus, texts: Mapping[str, PartText], *, by: Person
) -> Sequence[str]:
    """Write what parts of a draft say, by their codes; return the codes of those that changed.

    Nothing is written where one of them was changed by somebody else meanwhile: Conflict, with
    what they wrote. Raises Refused for a text too long, and for what is no draft.
    """
    refuse_others(QuarterlyStatus, by)
    refuse_unless(QuarterlyStatus.objects.get(pk=status.pk), QuarterlyStatus.State.DRAFT)
    there = {one.code: one for one in KeptPart.objects.filter(status=status)}
    changes = changes_of(there, texts)
    if not changes:
        return []
    hold_draft(status)
    save_changes(there, changes)
    facts = {**KIND.called(status), "parts": sorted(changes), **let_word_go(status)}
    record("reports.status_written", status, by=by, facts=facts)
    return list(changes)


def changes_of(
    there: Mapping[str, WrittenPart], texts: Mapping[str, PartText]
) -> dict[str, dict[str, Any]]:
    """Return what differs from what parts say, by their codes. Raises Refused, and Conflict."""
    changes = {
        code: values
        for code, typed in texts.items()
        if code in there and (values := _changes(there[code], typed))
    }
    theirs = [one for one in changes if there[one].edit_version != texts[one].edit_version]
    if theirs:
        raise Conflict({"edit_version": 0, **{code: there[code] for code in theirs}})
    return changes


def save_changes(
    there: Mapping[str, WrittenPart], changes: Mapping[str, Mapping[str, Any]]
) -> None:
    """Write in parts what has changed."""
    for code, values in changes.items():
        part = there[code]
        rows = type(part)._default_manager.filter(pk=part.pk)  # noqa: SLF001
        rows.update(**values, edit_version=part.edit_version + 1)


def put_fresh(there: dict[str, WrittenPart], composed: Iterable[WrittenPart]) -> None:
    """Put composed parts in the place of those that are there; what somebody wrote stays."""
    for fresh in composed:
        if (old := there.pop(fresh.code, None)) is None:
            fresh.save()
            continue
        values = {name: getattr(fresh, name) for name in COMPOSED}
        type(fresh)._default_manager.filter(pk=old.pk).update(**values)  # noqa: SLF001
    for gone in there.values():
        if not gone.said:
            gone.delete()


def let_word_go(status: QuarterlyStatus) -> dict[str, bool]:
    """Keep an edited Word file no longer beside a draft that changes; return the facts of it."""
    rows = QuarterlyStatus.objects.filter(pk=status.pk).exclude(word_file=None)
    return {"word_let_go": True} if rows.update(word_file=None) else {}


def _changes(part: WrittenPart, typed: PartText) -> dict[str, Any]:
    """Return what differs from what is kept; a text as it was proposed is none of anybody's."""
    text = clean_text(typed.text, f"text_{part.code}", TEXT_LENGTH)
    text = "" if text == part.proposed.strip() else text
    is_empty = typed.is_empty and part.is_by_hand and not text
    if (text, is_empty) == (part.said, part.is_empty):
        return {}
    return {"said": text, "is_empty": is_empty}


def _kept(status: QuarterlyStatus, part: StatusPart, last: Mapping[str, str]) -> KeptPart:
    content = part.data
    if part.code in HANDWRITTEN and (said := last.get(part.code)):
        content["last"] = said
    return KeptPart(
        status=status,
        code=part.code,
        place=place_of(part.code),
        heading=part.heading,
        content=content,
        proposed=part.sentence,
    )


def _said_before(status: QuarterlyStatus) -> dict[str, str]:
    """Return what was said of each part in the status of the quarter before, where approved."""
    before = QuarterlyStatus.objects.of_quarter(status.of, status.quarter.before)
    rows = KeptPart.objects.filter(status__in=before.filter(state="approved").values("pk"))
    return {one.code: one.text for one in rows if one.code != CONCLUSION}
