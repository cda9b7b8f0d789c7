"""Put on the next agenda what comes by itself: unfinished items, decisions, minutes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.committees.models import Committee
from kommissorium.core.evidence.actions import record
from kommissorium.meetings.minutes_builder import ITEM
from kommissorium.meetings.models import AgendaItem, Attachment, Decision, Meeting, Minutes, Outcome
from kommissorium.meetings.models.agenda import ANY_OTHER_BUSINESS, MINUTES, OF_MINUTES
from kommissorium.tasks.models import Task

FURTHEST_BACK = timedelta(days=400)  # from the meeting
SAID_AGAIN = (
    "type",
    "recommendation",
    "presentation",
    "subject_kind",
    "subject_id",
    "subject_link",
)
DECISION = "meetings.decision"  # the kind of subject


@transaction.atomic
def fill_next_agenda(committee: Committee, *, by: Person) -> None:
    """Fill the agenda of the committee's next meeting; nothing when none is planned."""
    coming = committee.meetings.coming().filter(
        state__in=[Meeting.State.PLANNED, Meeting.State.CALLED]
    )
    for meeting in coming.select_related("committee"):
        if meeting.state == Meeting.State.PLANNED:
            fill_agenda(meeting, by=by)
            return
        present_minutes(meeting, by=by)


@transaction.atomic
def fill_agenda(meeting: Meeting, *, by: Person) -> None:
    """Put on a planned agenda what comes to it by itself. Twice does nothing more.

    That is what an earlier meeting did not discuss or deferred, what comes again every time,
    what still has open tasks, what the chair decided since, and the minutes to confirm.
    """
    there = list(meeting.items.select_related("clause"))
    carried = [_carried(source, there, meeting) for source in unfinished(meeting)]
    told = [telling_of(decision, meeting) for decision in _unreported(meeting)]
    if carried or told:
        _put(there, [*carried, *told])
        facts = {"carried": [one.pk for one in carried], "told": [one.pk for one in told]}
        record("meetings.agenda_filled", meeting, by=by, facts=facts)
    present_minutes(meeting, by=by)


def unfinished(meeting: Meeting) -> list[AgendaItem]:
    """Return the items of earlier meetings that must come again and stand on no agenda yet.

    An item must for as long as a task is open that was born of it or of one it continues.
    """
    carried = AgendaItem.objects.filter(carried_from=OuterRef("pk")).exclude(
        meeting__state=Meeting.State.CANCELLED
    )
    held = AgendaItem.objects.standing().filter(
        meeting__committee=meeting.committee_id,
        meeting__state__in=Meeting.TOOK_PLACE,
        meeting__starts_at__lt=meeting.starts_at,
        meeting__starts_at__gte=meeting.starts_at - FURTHEST_BACK,
    )
    left = (
        Q(proceedings__not_discussed=True)
        | Q(proceedings__outcome=Outcome.DEFERRED)
        | Q(is_recurring=True)
        | Q(pk__in=_with_open_tasks())
        | Q(origin__in=_with_open_tasks())
    )
    found = held.filter(left, ~Exists(carried))
    found = found.order_by("meeting__starts_at", "position")
    return list(found.select_related("clause", "meeting", "proceedings"))


def present_minutes(meeting: Meeting, *, by: Person) -> None:
    """Let the item "minutes" ask for the confirmation of all minutes nobody has confirmed.

    A planned agenda without such an item gets one: a mandate need not demand it.
    """
    asking = Q(clause__measure=MINUTES) | Q(subject_kind=OF_MINUTES)
    item = meeting.items.standing().filter(asking).first()
    unasked = minutes_to_present(meeting)
    if item is not None:
        unasked = unasked.exclude(presented_at=item)
    keys = list(unasked.order_by("pk").values_list("pk", flat=True))
    if keys and item is None and meeting.state == Meeting.State.PLANNED:
        item = _item_for_minutes(meeting, keys[0])
    if keys and item is not None:
        Minutes.objects.filter(pk__in=keys).update(presented_at=item)
        facts = {"item": item.pk, "minutes": keys}
        record("meetings.minutes_presented", meeting, by=by, facts=facts)


def _item_for_minutes(meeting: Meeting, minutes: int) -> AgendaItem:
    """Add the item that asks for the approval of minutes, first on the agenda."""
    meeting.items.update(position=F("position") + 1)
    return AgendaItem.objects.create(
        meeting=meeting,
        position=1,
        title=_("Approval of minutes"),
        type=AgendaItem.Type.DECISION,
        subject_kind=OF_MINUTES,
        subject_id=str(minutes),
    )


def minutes_to_present(meeting: Meeting) -> models.QuerySet[Minutes]:
    """Return the minutes nobody has confirmed and no earlier called meeting still asks about."""
    waiting = Minutes.objects.unconfirmed().filter(
        meeting__committee=meeting.committee_id, meeting__starts_at__lt=meeting.starts_at
    )
    still_asked = Q(
        presented_at__meeting__state__in=[Meeting.State.CALLED],
        presented_at__meeting__starts_at__lt=meeting.starts_at,
    )
    return waiting.exclude(still_asked)


def _with_open_tasks() -> models.QuerySet[AgendaItem, int]:
    """Return the keys of the first items of the chains in which a task is open, as a subquery.

    It depends on no item around it: a database asks it once, by keys, and not for each item.
    """
    born = Task.objects.open().filter(born_kind=ITEM)
    keys = born.values_list(Cast("born_id", models.BigIntegerField()))
    return AgendaItem.objects.filter(pk__in=keys).values_list(Coalesce("origin_id", "pk"))


def _carried(source: AgendaItem, there: Iterable[AgendaItem], meeting: Meeting) -> AgendaItem:
    """Continue an item: on the item the mandate demands anyway, or on a new one; not saved yet."""
    same = (one for one in there if _is_same_demand(one, source))
    item = next(same, None)
    if item is None:
        item = AgendaItem(meeting=meeting, **_continued(source))
    elif source.goes_on and source.subject_kind and not item.subject_kind:
        _take_subject(item, source)
    item.carried_from, item.origin_id = source, source.chain_key
    return item


def _take_subject(item: AgendaItem, source: AgendaItem) -> None:
    """Let the mandate's item be about what its last one was; what it says already stays below."""
    for name in ("title", "type", "subject_kind", "subject_id", "subject_link"):
        setattr(item, name, getattr(source, name))
    for name in ("recommendation", "presentation"):
        setattr(item, name, getattr(source, name) + getattr(item, name))
    item.edit_version += 1


def _is_same_demand(item: AgendaItem, source: AgendaItem) -> bool:
    """Return whether the item stands for the same demand of the mandate, and continues nothing."""
    if source.clause is None or item.clause is None or item.carried_from_id:
        return False
    same_measure = bool(source.measure) and item.measure == source.measure
    return same_measure or item.clause_id == source.clause_id


def _put(there: list[AgendaItem], items: list[AgendaItem]) -> None:
    """Save what continues others, and the new items: before any other business, where that is last.

    As many queries for hundreds of items as for one.
    """
    new = [one for one in items if one.pk is None]
    again = [one for one in items if one.pk is None or one.subject_kind]
    ends_so = bool(there) and there[-1].measure == ANY_OTHER_BUSINESS
    last = there[-1:] if ends_so else []
    for place, item in enumerate([*there[: len(there) - len(last)], *new, *last], 1):
        item.position = place
    names = ["position", "carried_from", "origin", "title", *SAID_AGAIN, "edit_version"]
    AgendaItem.objects.bulk_update(there, names)
    AgendaItem.objects.bulk_create(new)
    _copy_files(again)


def _continued(source: AgendaItem) -> dict[str, Any]:
    """Return what the new item says: all of it again, or of a decided one only the title."""
    values: dict[str, Any] = {
        "title": source.title,
        "is_closed": source.is_closed,
        "closed_ground": source.closed_ground,
        "is_recurring": source.is_recurring,
    }
    if source.goes_on:
        return values | {name: getattr(source, name) for name in SAID_AGAIN}
    return values | {"type": AgendaItem.Type.INFORMATION}


def _copy_files(items: Iterable[AgendaItem]) -> None:
    """Attach to what says the same again what was attached to it before."""
    said = (one for one in items if one.presentation or one.recommendation)
    again = {one.carried_from_id: one for one in said if one.carried_from_id}
    files = Attachment.objects.filter(item__in=list(again)).order_by("position", "pk")
    Attachment.objects.bulk_create(
        Attachment(
            item=again[one.item_id], file_id=one.file_id, name=one.name, position=one.position
        )
        for one in files
    )


def _unreported(meeting: Meeting) -> Sequence[Decision]:
    return list(Decision.objects.unreported().filter(committee=meeting.committee_id))


def telling_of(decision: Decision, meeting: Meeting) -> AgendaItem:
    """Return the item that tells of what the chair decided; not saved yet."""
    title = _("The chair's decision %(number)s: %(title)s")
    return AgendaItem(
        meeting=meeting,
        title=(title % {"number": decision.number, "title": decision.title})[:200],
        type=AgendaItem.Type.INFORMATION,
        presentation=decision.text,
        is_closed=decision.is_closed,
        closed_ground=decision.closed_ground,
        subject_kind=DECISION,
        subject_id=str(decision.pk),
        subject_link=decision.get_absolute_url(),
    )
