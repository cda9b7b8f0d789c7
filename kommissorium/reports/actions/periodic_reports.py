"""Compose what is told of a quarter or a year, compose it again, write it, and close parts of it."""

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
from kommissorium.core.cleaning import clean_line, clean_text
from kommissorium.core.evidence.actions import record
from kommissorium.core.files.models import StoredFile
from kommissorium.core.refusals import Conflict, Refused
from kommissorium.core.ui.localised import day
from kommissorium.meetings.actions.committee_lock import lock_committee
from kommissorium.meetings.closing_grounds import LONGEST
from kommissorium.registers.actions.proposals import hold_draft, refuse_unless
from kommissorium.registers.actions.standard_proposals import record_draft
from kommissorium.registers.status import ComposedPart, StatusPart
from kommissorium.reports.models.periodic_reports import Period, PeriodicReport
from kommissorium.reports.models.written_parts import TEXT_LENGTH, Closes, WrittenPart
from kommissorium.reports.periodic_proposal import PeriodicProposal

type Kind = PeriodicProposal[Any]

# What is composed anew of a part; what somebody wrote in it stays.
COMPOSED: Final = ("place", "heading", "content", "proposed")


@dataclass(frozen=True, slots=True)
class PartText:
    """Text typed for a part, and the version of the part that was edited."""

    text: str
    is_empty: bool = False
    edit_version: int = 1


@transaction.atomic
def compose_report[M: PeriodicReport](
    kind: PeriodicProposal[M], committee: Committee, period: Period, *, by: Person
) -> M:
    """Draft what is told of a period. Raises Refused before it has ended, and for a second one."""
    _refuse_others(kind, by)
    if not period.has_ended(timezone.localdate()):
        text = _("%(quarter)s has not ended. It can be reported on from %(day)s.")
        raise Refused(quarter=text % {"quarter": period.label, "day": day(period.after.first)})
    lock_committee(committee)
    rows: Any = kind.model._default_manager  # noqa: SLF001
    if rows.of_period(committee, period).exists():
        text = _("%(quarter)s has one already, and no second one is made.")
        raise Refused(quarter=text % {"quarter": period.label})
    now = timezone.now()
    numbers = {"year": period.year, "number": period.number}
    made: M = rows.create(of=committee, made_by=by, made_at=now, composed_at=now, **numbers)
    kind.part._default_manager.bulk_create(_composed(kind, made))  # noqa: SLF001
    record_draft(kind, made, by=by)
    return made


@transaction.atomic
def recompose(kind: Kind, told: PeriodicReport, *, by: Person) -> None:
    """Compose a draft again: figures and sentences are new, what somebody wrote stays.

    A part that nothing offers any more goes, unless somebody has written in it.
    """
    _refuse_others(kind, by)
    hold_draft(told)
    _put_fresh({one.code: one for one in kind.told_parts(told)}, _composed(kind, told))
    rows = kind.model._default_manager.filter(pk=told.pk)  # noqa: SLF001
    rows.update(composed_at=timezone.now())
    facts = {**kind.called(told), **_let_word_go(kind, told)}
    record("registers.told_recomposed", told, by=by, facts=facts)


@transaction.atomic
def write_parts(
    kind: Kind, told: PeriodicReport, texts: Mapping[str, PartText], *, by: Person
) -> Sequence[str]:
    """Write what parts of a draft say, by their codes; return the codes of those that changed.

    Nothing is written where one of them was changed by somebody else meanwhile: Conflict, with
    what they wrote. Raises Refused for a text too long, and for what is no draft.
    """
    there = _drafted(kind, told, by)
    changes = _changes_of(there, texts)
    if not changes:
        return []
    hold_draft(told)
    _save_changes(there, changes)
    facts = {**kind.called(told), "parts": sorted(changes), **_let_word_go(kind, told)}
    record("registers.told_written", told, by=by, facts=facts)
    return list(changes)


@transaction.atomic
def take_word_back(
    kind: Kind,
    told: PeriodicReport,
    texts: Mapping[str, PartText],
    file: StoredFile,
    *,
    tells_the_same: bool,
    by: Person,
) -> None:
    """Write what an edited Word file says; keep it beside the draft where that tells the same then.

    Raises Refused and Conflict as `write_parts` does, and Conflict where the draft was composed
    again since `told` was read.
    """
    changed = write_parts(kind, told, texts, by=by)
    hold_draft(told)
    _let_word_go(kind, told)
    rows = kind.model._default_manager.filter(  # noqa: SLF001
        pk=told.pk, composed_at=told.composed_at
    )
    if not rows.update(word_file=file if tells_the_same else None):
        raise Conflict({"edit_version": 0})
    facts = {**kind.called(told), "parts": sorted(changed), "sha256": file.pk}
    record("registers.told_word_taken_back", told, by=by, facts=facts | {"kept": tells_the_same})


@transaction.atomic
def close_part(
    kind: Kind, told: PeriodicReport, code: str, closes: str, ground: str, *, by: Person
) -> None:
    """Say what of a part is left out of the edition for everybody, and on which ground; "" opens it.

    Raises Refused without a ground, for the table of a part without one, and for what is no draft.
    """
    part = _drafted(kind, told, by)[code]
    if closes not in {"", *Closes.values}:
        raise Refused(closes=_("Choose one of the options."))
    if closes == Closes.TABLE and not part.table[1]:
        raise Refused(closes=_("It has no table. Close the whole part, or nothing."))
    wanted = _("Choose the law that the closing rests on.") if closes else ""
    ground = clean_line(ground if closes else "", "ground", LONGEST, wanted=wanted)
    hold_draft(told)
    kind.part._default_manager.filter(pk=part.pk).update(  # noqa: SLF001
        closes=closes, closed_ground=ground
    )
    facts = {**kind.called(told), "part": code, "closes": closes, "ground": ground}
    record("registers.told_part_closed", told, by=by, facts=facts)


def _refuse_others(kind: Kind, by: Person) -> None:
    if not kind.model.can_be_drafted_by(by):
        raise PermissionDenied


def _drafted(kind: Kind, told: PeriodicReport, by: Person) -> dict[str, WrittenPart]:
    """Return the parts of a draft as they are now, by their codes. Raises Refused for no draft."""
    _refuse_others(kind, by)
    refuse_unless(kind.model._default_manager.get(pk=told.pk), told.State.DRAFT)  # noqa: SLF001
    rows = kind.part._default_manager.filter(**{kind.part.parent: told})  # noqa: SLF001
    return {one.code: one for one in rows}


def _changes_of(
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


def _save_changes(
    there: Mapping[str, WrittenPart], changes: Mapping[str, Mapping[str, Any]]
) -> None:
    """Write in parts what has changed."""
    for code, values in changes.items():
        part = there[code]
        rows = type(part)._default_manager.filter(pk=part.pk)  # noqa: SLF001
        rows.update(**values, edit_version=part.edit_version + 1)


def _put_fresh(there: dict[str, WrittenPart], composed: Iterable[WrittenPart]) -> None:
    """Put composed parts in the place of those that are there; what somebody wrote stays."""
    for fresh in composed:
        if (old := there.pop(fresh.code, None)) is None:
            fresh.save()
            continue
        names = (*COMPOSED, "closes", "closed_ground") if fresh.closes else COMPOSED
        values = {name: getattr(fresh, name) for name in names}
        type(fresh)._default_manager.filter(pk=old.pk).update(**values)  # noqa: SLF001
    for gone in there.values():
        if not gone.said:
            gone.delete()


def _let_word_go(kind: Kind, told: PeriodicReport) -> dict[str, bool]:
    """Keep an edited Word file no longer beside a draft that changes; return the facts of it."""
    rows = kind.model._default_manager.filter(pk=told.pk).exclude(word_file=None)  # noqa: SLF001
    return {"word_let_go": True} if rows.update(word_file=None) else {}


def _changes(part: WrittenPart, typed: PartText) -> dict[str, Any]:
    """Return what differs from what is kept; a text as it was proposed is none of anybody's."""
    text = clean_text(typed.text, f"text_{part.code}", TEXT_LENGTH)
    text = "" if text == part.proposed.strip() else text
    is_empty = typed.is_empty and part.is_by_hand and not text
    if (text, is_empty) == (part.said, part.is_empty):
        return {}
    return {"said": text, "is_empty": is_empty}


def _composed(kind: Kind, told: PeriodicReport) -> list[WrittenPart]:
    last = _said_before(kind, told)
    return [_row(kind, told, place, one, last) for place, one in enumerate(kind.compose(told))]


def _row(
    kind: Kind, told: PeriodicReport, place: int, part: StatusPart, last: Mapping[str, str]
) -> WrittenPart:
    content, closing = part.data, {}
    if part.code in last:
        content["last"] = last[part.code]
    if isinstance(part, ComposedPart):
        content |= {"sentences": list(part.sentences), "figures_of": dict(part.figures_of)}
        closing = {"closes": part.closes, "closed_ground": part.closed_ground}
    parent = {kind.part.parent: told}
    return kind.part(
        code=part.code,
        place=place,
        heading=part.heading,
        content=content,
        proposed=part.sentence,
        **closing,
        **parent,
    )


def _said_before(kind: Kind, told: PeriodicReport) -> dict[str, str]:
    """Return what was said by hand of each part the time before, where that was approved."""
    rows: Any = kind.model._default_manager  # noqa: SLF001
    before = rows.of_period(told.of, told.period.before).filter(state="approved")
    parts = kind.part._default_manager.filter(  # noqa: SLF001
        **{f"{kind.part.parent}__in": before.values("pk")}, code__in=kind.part.by_hand
    )
    return {one.code: one.text for one in parts if one.text}
