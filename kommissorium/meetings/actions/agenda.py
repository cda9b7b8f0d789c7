"""Write the agenda: items, their order and their attachments.

The chain knows items by number alone: what is open today may be closed tomorrow.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.core.actions.rows import refuse_gone, update_row
from kommissorium.core.evidence.actions import record
from kommissorium.core.files.actions import store_file
from kommissorium.core.files.file_types import clean_name
from kommissorium.core.refusals import Refused
from kommissorium.meetings.actions.committee_lock import lock_for_meeting
from kommissorium.meetings.models import AgendaItem, Attachment, ItemDraft, Meeting

MOST_ITEMS = 100
MOST_ATTACHMENTS = 30
FIELDS = (
    "title",
    "type",
    "recommendation",
    "presentation",
    "is_closed",
    "closed_ground",
    "is_recurring",
)

type Subject = tuple[str, str, str]  # kind, key and link of what an item is about
NOTHING: Subject = ("", "", "")


@transaction.atomic
def add_item(
    meeting: Meeting,
    *,
    by: Person,
    title: str,
    type: str,  # noqa: A002 the field's own name
    recommendation: str = "",
    presentation: str = "",
    is_closed: bool = False,
    closed_ground: str = "",
    is_recurring: bool = False,
    subject: Subject = NOTHING,
    facts: Mapping[str, Any] | None = None,
) -> AgendaItem:
    """Add an item before "any other business". Rich text comes sanitised (core.richtext).

    `subject` is kind, key and link of what another room puts there, `facts` are what a register
    says of it. Raises Refused for a closed item without a ground, for more than 100 items, and
    when the meeting has been called meanwhile.
    """
    if not meeting.can_be_prepared_by(by):
        raise PermissionDenied
    refuse_no_ground(is_closed=is_closed, ground=closed_ground)
    lock_for_meeting(meeting, Meeting.State.PLANNED)
    if meeting.items.count() >= MOST_ITEMS:
        raise Refused(_("An agenda can hold 100 items. Remove one first."))
    last = meeting.items.aggregate(last=Max("position"))["last"] or 0
    item = AgendaItem.objects.create(
        meeting=meeting,
        position=last + 1,
        title=title,
        type=type,
        recommendation=recommendation,
        presentation=presentation,
        is_closed=is_closed,
        closed_ground=closed_ground if is_closed else "",
        is_recurring=is_recurring,
        facts=dict(facts or {}),
        **about(subject),
    )
    place_before_any_other_business(meeting, item)
    told = {"item": item.pk, "is_closed": is_closed}
    record("meetings.item_added", meeting, by=by, facts=told)
    return item


@transaction.atomic
def bring_item(
    meeting: Meeting,
    *,
    title: str,
    type: str,  # noqa: A002 the field's own name
    recommendation: str,
    subject: Subject,
) -> AgendaItem:
    """Put on a planned agenda what a register brings by itself.

    Part of the act that fills the agenda; its caller has checked who may, and records it.
    """
    item = AgendaItem.objects.create(
        meeting=meeting,
        position=meeting.items.count() + 1,
        title=title,
        type=type,
        recommendation=recommendation,
        **about(subject),
    )
    place_before_any_other_business(meeting, item)
    return item


@transaction.atomic
def change_item(
    item: AgendaItem,
    *,
    by: Person,
    title: str,
    type: str,  # noqa: A002 the field's own name
    recommendation: str,
    presentation: str,
    is_closed: bool,
    closed_ground: str,
    edit_version: int,
    is_recurring: bool = False,
    facts: Mapping[str, Any] | None = None,
    subject: Subject | None = None,
) -> None:
    """Change an item; `facts` are what a register says of it now, None for as before; so is
    `subject`, which puts under it what another room has.

    Raises Refused for a closed item without a ground, for a decision under any other business
    and when the meeting has been called meanwhile; Conflict when somebody saved first.
    """
    if not item.can_be_edited_by(by):
        raise PermissionDenied
    refuse_no_ground(is_closed=is_closed, ground=closed_ground)
    if type == AgendaItem.Type.DECISION and not item.takes_decisions:
        raise Refused(type=_("Nothing can be decided under any other business. Add an item."))
    lock_for_meeting(item.meeting, Meeting.State.PLANNED)
    values: dict[str, Any] = {
        "title": title,
        "type": type,
        "recommendation": recommendation,
        "presentation": presentation,
        "is_closed": is_closed,
        "closed_ground": closed_ground if is_closed else "",
        "is_recurring": is_recurring,
    }
    values |= {} if facts is None else {"facts": dict(facts)}
    values |= {} if subject is None else about(subject)
    update_row(item, values, edit_version=edit_version)
    told = {"item": item.pk, "is_closed": is_closed}
    record("meetings.item_changed", item.meeting, by=by, facts=told)


@transaction.atomic
def remove_item(item: AgendaItem, *, by: Person) -> None:
    """Take an item off the agenda with what is attached; the chain keeps that it was there."""
    if not item.can_be_edited_by(by):
        raise PermissionDenied
    refuse_gone(item)
    facts = {"item": item.pk}
    item.presents_minutes.update(presented_at=None)  # the call asks for them again
    item.attachments.all().delete()
    ItemDraft.objects.filter(item=item).delete()
    item.row_choices.all().delete()
    item.questions.all().delete()
    item.delete()
    record("meetings.item_removed", item.meeting, by=by, facts=facts)


@transaction.atomic
def move_item(item: AgendaItem, *, by: Person, places: int) -> None:
    """Move an item up (negative) or down the agenda; at the end it stays where it is."""
    if not item.can_be_edited_by(by):
        raise PermissionDenied
    order = list(item.meeting.items.values_list("pk", flat=True))
    old = order.index(item.pk)
    new = max(0, min(len(order) - 1, old + places))
    if new != old:
        order.insert(new, order.pop(old))
        _write_order(item.meeting, order, by)


@transaction.atomic
def order_items(meeting: Meeting, order: Sequence[int], *, by: Person) -> None:
    """Put the items in the order of their keys.

    Raises Refused when the keys are not those on the agenda now: somebody added or removed one.
    """
    if not meeting.can_be_prepared_by(by):
        raise PermissionDenied
    now = list(meeting.items.values_list("pk", flat=True))
    if sorted(order) != sorted(now):
        raise Refused(_("The agenda has changed meanwhile. Load the page again."))
    if list(order) != now:
        _write_order(meeting, order, by)


@transaction.atomic
def attach(item: AgendaItem, *, by: Person, name: str, data: bytes) -> Attachment:
    """Attach a file. Raises FileRefused for what may not come in, Refused for too many."""
    if not item.can_be_edited_by(by):
        raise PermissionDenied
    if item.attachments.count() >= MOST_ATTACHMENTS:
        raise Refused(attachments=_("An item can hold 30 attachments. Remove one first."))
    stored = store_file(data, name)
    last = item.attachments.aggregate(last=Max("position"))["last"] or 0
    attachment = Attachment.objects.create(
        item=item, file=stored, name=clean_name(name), position=last + 1
    )
    facts = {"item": item.pk, "attachment": attachment.pk, "sha256": stored.pk}
    record("meetings.file_attached", item.meeting, by=by, facts=facts)
    return attachment


@transaction.atomic
def detach(attachment: Attachment, *, by: Person) -> None:
    """Take a file off an item; the chain keeps its hash."""
    if not attachment.item.can_be_edited_by(by):
        raise PermissionDenied
    refuse_gone(attachment)
    facts = {
        "item": attachment.item_id,
        "attachment": attachment.pk,
        "sha256": attachment.file_id,
    }
    attachment.delete()
    record("meetings.file_detached", attachment.item.meeting, by=by, facts=facts)


def about(subject: Subject) -> dict[str, str]:
    """Return the fields of an item that say what it is about."""
    return dict(zip(("subject_kind", "subject_id", "subject_link"), subject, strict=True))


def refuse_no_ground(*, is_closed: bool, ground: str) -> None:
    """Raise Refused when an item is closed and nobody says why."""
    if is_closed and not ground.strip():
        raise Refused(closed_ground=_("Choose the law that the closing rests on."))


def place_before_any_other_business(meeting: Meeting, item: AgendaItem) -> None:
    """Move an item just added in front of "any other business", when that is the last one."""
    rows = list(meeting.items.values_list("pk", "clause__measure"))
    order = [pk for pk, _measure in rows if pk != item.pk]
    last = rows[-2][1] if len(rows) > 1 else ""
    if last == "agenda_any_other_business":
        order.insert(len(order) - 1, item.pk)
        _place(meeting, order)


def _write_order(meeting: Meeting, order: Sequence[int], by: Person) -> None:
    _place(meeting, order)
    record("meetings.items_ordered", meeting, by=by, facts={"order": list(order)})


def _place(meeting: Meeting, order: Sequence[int]) -> None:
    places = {pk: place for place, pk in enumerate(order, 1)}
    moved = [item for item in meeting.items.all() if item.position != places[item.pk]]
    for item in moved:
        item.position = places[item.pk]
    AgendaItem.objects.bulk_update(moved, ["position"])
