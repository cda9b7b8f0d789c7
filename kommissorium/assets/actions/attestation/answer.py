"""Owners' answers about what they own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import batched

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.assets.models import Asked, Round, Statement
from kommissorium.assets.models.attestation import WORD_LENGTH
from kommissorium.core.cleaning import clean_text
from kommissorium.core.evidence.actions import record
from kommissorium.core.refusals import Refused

Answer = Statement.Answer
AT_ONCE = 500
ANSWERS = (Answer.CORRECT, Answer.CHANGE, Answer.NOT_MINE)


@dataclass(frozen=True)
class Given:
    """An owner's answer about an asset; `seen` is the edit version they were shown, if known."""

    answer: str
    note: str = ""
    seen: int | None = None


@transaction.atomic
def answer_for(asked: Asked, given: Mapping[int, Given], *, by: Person) -> int:
    """Keep an owner's answers, by the key of the asset; return for how many assets they are new.

    An answer may be changed until the round is closed; one the coordinator has acted on then
    waits again. What the person is not asked about is passed over. Raises Refused, by
    "note-<key>", for an answer that says too little, and for a round that is closed.
    """
    if asked.person_id != by.pk:
        raise PermissionDenied
    hold_open(asked.round)
    kept = _checked(given)
    rows = Statement.objects.filter(asked=asked, asset__in=kept).standing()
    changed = [row for row in rows.select_related("asset") if _differs(row, kept[row.asset_id])]
    if not changed:
        return 0
    for row in changed:
        _fill(row, kept[row.asset_id])
    _write(changed)
    mark_finished(asked)
    answers = sorted({(row.asset_id, str(row.answer), row.asset_version) for row in changed})
    number = len({row.asset_id for row in changed})
    record("assets.attested", asked.round, by=by, facts={"answers": answers, "number": number})
    return number


def fault_of(given: Given) -> str:
    """Return the fault of an answer as a sentence; "" where it can be kept."""
    try:
        _one(given)
    except Refused as refused:
        return " ".join(refused.errors.values())
    return ""


def hold_open(found: Round) -> None:
    """Hold the round until the transaction ends, so that nobody closes it meanwhile.

    Raises Refused for one that is closed.
    """
    now = Round.objects.select_for_update(of=("self",)).get(pk=found.pk)
    if not now.is_open:
        raise Refused(_("It is closed, and its answers cannot be changed."))


def mark_finished(asked: Asked) -> None:
    """Note when the person had answered for everything, or that they have not."""
    is_left = Statement.objects.filter(asked=asked).unanswered().exists()
    asked.answered_at = None if is_left else timezone.now()
    Asked.objects.filter(pk=asked.pk).update(answered_at=asked.answered_at)


def _checked(given: Mapping[int, Given]) -> dict[int, Given]:
    kept, faults = {}, {}
    for key, one in given.items():
        try:
            kept[key] = _one(one)
        except Refused as refused:
            faults[f"note-{key}"] = " ".join(refused.errors.values())
    if faults:
        raise Refused(**faults)
    return kept


def _one(given: Given) -> Given:
    if given.answer not in ANSWERS:
        raise Refused(answer=_("Choose one of the options."))
    # With "correct" there is nothing to say: what stands there is left of another answer.
    note = "" if given.answer == Answer.CORRECT else clean_text(given.note, "note", WORD_LENGTH)
    if given.answer == Answer.CHANGE and not note:
        raise Refused(note=_("Must be filled in."))
    return Given(given.answer, note, given.seen)


def _differs(row: Statement, given: Given) -> bool:
    return (row.answer, row.note) != (given.answer, given.note)


def _fill(row: Statement, given: Given) -> None:
    newest = row.asset.edit_version
    row.answer, row.note = given.answer, given.note
    row.asset_version = min(given.seen or newest, newest)


def _write(rows: Sequence[Statement]) -> None:
    """Write the answers, those that say the same in one go; they wait to be acted on again."""
    alike: defaultdict[tuple[str, str, int | None], list[int]] = defaultdict(list)
    for row in rows:
        alike[row.answer, row.note, row.asset_version].append(row.pk)
    again = {"settled_at": None, "settled_by": None, "settlement": ""}
    for (answer, note, version), keys in alike.items():
        for some in batched(keys, AT_ONCE):
            Statement.objects.filter(pk__in=some).update(
                answer=answer,
                note=note,
                asset_version=version,
                answered_at=timezone.now(),
                **again,
            )
