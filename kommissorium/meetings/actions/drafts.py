"""Keep the drafts composed for an agenda, and let one take the place of an item's texts.

What a person wrote is never overwritten: beside it stands what is new.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from kommissorium.accounts.models import Person
from kommissorium.core.actions.rows import update_row
from kommissorium.core.evidence.actions import record
from kommissorium.core.refusals import Conflict
from kommissorium.meetings.actions.committee_lock import lock_for_meeting
from kommissorium.meetings.models import AgendaItem, ItemDraft, Meeting


@dataclass(frozen=True, slots=True)
class DraftTexts:
    """Texts drafted for an item: formatted texts, the parts they are made of, and the label
    and address of their sources."""

    presentation: str = ""
    recommendation: str = ""
    sentences: Sequence[str] = ()
    points: Sequence[str] = ()
    sources: Sequence[tuple[str, str]] = ()


@transaction.atomic
def keep_drafts(
    meeting: Meeting, drafts: Mapping[int, DraftTexts], *, by: Person
) -> list[AgendaItem]:
    """Keep the drafts by the key of their item; return the items whose texts say them now.

    Those are the items that nobody has edited. Raises Refused when the meeting has been called
    meanwhile.
    """
    if not meeting.can_be_prepared_by(by):
        raise PermissionDenied
    lock_for_meeting(meeting, Meeting.State.PLANNED)
    items = list(meeting.items.filter(pk__in=drafts))
    kept = {one.item_id: one for one in ItemDraft.objects.filter(item__in=items)}
    written = []
    for item in items:
        draft = kept.get(item.pk) or ItemDraft(item=item)
        draft.item = item
        if _renewed(draft, drafts[item.pk]):
            written.append(item)
    ItemDraft.objects.bulk_create(one for one in map(_draft_of, items) if one.pk is None)
    _update(items, written)
    facts = {"items": [item.pk for item in items], "written": [item.pk for item in written]}
    record("meetings.agenda_composed", meeting, by=by, facts=facts)
    return written


def let_draft_go(item: AgendaItem) -> None:
    """Drop the draft of an item that is now about a thing: part of the act that puts it there."""
    ItemDraft.objects.filter(item=item).delete()


@transaction.atomic
def use_draft(item: AgendaItem, *, by: Person, edit_version: int, draft_version: int) -> None:
    """Put the draft in the place of the item's texts.

    Raises Conflict when the item or the draft is another by now than the one that was seen.
    """
    draft = _seen(item, by, draft_version)
    texts = {"presentation": draft.presentation, "recommendation": draft.recommendation}
    update_row(item, texts, edit_version=edit_version)
    _take(draft)
    record("meetings.draft_used", item.meeting, by=by, facts={"item": item.pk})


@transaction.atomic
def keep_own_text(item: AgendaItem, *, by: Person, draft_version: int) -> None:
    """Leave the item as it is: what the draft says has been seen. Raises Conflict as use_draft."""
    _take(_seen(item, by, draft_version))
    record("meetings.draft_put_aside", item.meeting, by=by, facts={"item": item.pk})


def _seen(item: AgendaItem, by: Person, draft_version: int) -> ItemDraft:
    """Return the draft of an item that `by` may edit, as it was seen."""
    if not item.can_be_edited_by(by):
        raise PermissionDenied
    lock_for_meeting(item.meeting, Meeting.State.PLANNED)
    draft = ItemDraft.objects.get(item=item)
    if draft.edit_version != draft_version:
        raise Conflict({"edit_version": draft.edit_version})
    return draft


def _take(draft: ItemDraft) -> None:
    values: dict[str, Any] = {
        "taken_presentation": draft.presentation,
        "taken_recommendation": draft.recommendation,
    }
    update_row(draft, values, edit_version=draft.edit_version)


def _renewed(draft: ItemDraft, texts: DraftTexts) -> bool:
    """Let the draft say the texts, and its item too unless a person edited it; not saved yet.

    Return whether the item says something else now.
    """
    item, is_edited = draft.item, draft.is_edited
    item.draft = draft
    draft.presentation, draft.recommendation = texts.presentation, texts.recommendation
    draft.sentences, draft.points = list(texts.sentences), list(texts.points)
    draft.sources = [list(source) for source in texts.sources]
    draft.made_at = timezone.now()
    draft.edit_version += 1
    if is_edited or not draft.has_news:
        return False
    draft.taken_presentation, draft.taken_recommendation = draft.presentation, draft.recommendation
    item.presentation, item.recommendation = draft.presentation, draft.recommendation
    item.edit_version += 1
    return True


def _draft_of(item: AgendaItem) -> ItemDraft:
    return item.draft


def _update(items: Sequence[AgendaItem], written: Sequence[AgendaItem]) -> None:
    """Save the drafts that were there before, and the texts of the items that were renewed."""
    names = [
        "presentation",
        "recommendation",
        "sentences",
        "points",
        "sources",
        "made_at",
        "edit_version",
    ]
    taken = ["taken_presentation", "taken_recommendation"]
    ItemDraft.objects.bulk_update(map(_draft_of, items), [*names, *taken])
    AgendaItem.objects.bulk_update(written, ["presentation", "recommendation", "edit_version"])
