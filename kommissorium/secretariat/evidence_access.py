"""What a reader of the evidence may open: records and rows, their names, and where they lead."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Sequence
from html import unescape
from typing import Any

from django.apps import apps
from django.db.models import CharField, Model, Q, QuerySet, Value
from django.db.models.functions import Cast
from django.template import TemplateDoesNotExist
from django.template.loader import render_to_string
from django.urls import NoReverseMatch
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person, Reading
from kommissorium.committees.models import Committee
from kommissorium.core.evidence.export import Reader
from kommissorium.core.evidence.models import Event, Record
from kommissorium.meetings.actions.call import CALL
from kommissorium.meetings.actions.decisions import CHAIR
from kommissorium.meetings.actions.earlier_meetings import KIND as EARLIER
from kommissorium.meetings.actions.minutes import CONFIRMATION, MINUTES
from kommissorium.meetings.models import Attendance, Comment, Decision, Meeting, Registration

MOST_DIGITS = 18

type Thing = tuple[str, str]  # its kind and its key, as the chain names it


def addresses_of(events: Sequence[Event | Reading], person: Person) -> dict[Thing, str]:
    """Return the page of each thing that has one and that the person may see. One query."""
    keys: dict[str, set[int]] = defaultdict(set)
    for event in events:
        if event.object_id.isdecimal() and len(event.object_id) <= MOST_DIGITS:
            keys[event.object_kind].add(int(event.object_id))
    found = [_seen(model, keys[kind], person) for kind in keys if (model := _model(kind))]
    if not found:
        return {}
    seen = found[0].union(*found[1:], all=True).order_by() if found[1:] else found[0]
    pages = {(kind, key): address_of(kind, key) for kind, key in seen}
    return {thing: address for thing, address in pages.items() if address}


def _model(kind: str) -> Any:
    """Return the model of things that have pages and say who may see them; None for others."""
    try:
        model = apps.get_model(kind)
    except (LookupError, ValueError):
        return None
    has_both = hasattr(model, "get_absolute_url") and hasattr(_rows(model), "visible_to")
    return model if has_both else None


def _rows(model: type[Model]) -> Any:
    return model._default_manager.all()  # noqa: SLF001 Django's documented model API


def _seen(model: type[Model], keys: set[int], person: Person) -> QuerySet[Any, Any]:
    visible = _rows(model).visible_to(person).filter(pk__in=keys).order_by().values("pk")
    kind = Value(model._meta.label_lower, output_field=CharField())  # noqa: SLF001 documented
    rows = model._default_manager.filter(pk__in=visible).order_by()  # noqa: SLF001 documented
    found: QuerySet[Any, Any] = rows.values_list(kind, Cast("pk", CharField()))
    return found


def address_of(kind: str, key: str) -> str:
    """Return the page of a thing; "" where the key alone does not say it."""
    thing: Any = apps.get_model(kind)(pk=int(key))
    try:
        return str(thing.get_absolute_url())
    except (NoReverseMatch, AttributeError):
        return ""


OF_MEETINGS = (CALL, MINUTES, CONFIRMATION, EARLIER)  # they hold closed items as well


def records_visible_to(person: Person) -> QuerySet[Record]:
    """Return the records that `person`, who may see the evidence, may open.

    What a meeting's record holds of closed items is for whom its committee names; a closed
    decision of the chair too.
    """
    named = Meeting.objects.filter(committee__in=Committee.objects.seated(person))
    keys = named.annotate(key=Cast("pk", CharField())).values("key")
    decisions = Decision.objects.visible_to(person).filter(item=None).values("record")
    of_meeting = Q(kind__in=OF_MEETINGS)
    of_chair = Q(kind=CHAIR)
    return Record.objects.filter(
        ~of_meeting & ~of_chair
        | of_meeting & Q(object_id__in=keys)
        | of_chair & Q(pk__in=decisions)
    )


def comments_of_concern_to(person: Person) -> QuerySet[Comment]:
    """Return the comments on minutes that concern `person`, as Minutes.concerns has it."""
    there = Attendance.objects.present().exclude(capacity=Attendance.Capacity.GUEST)
    attended = Q(minutes__meeting__in=there.filter(person=person).values("meeting"))
    kept = Q(minutes__meeting__committee__in=Committee.objects.prepared_by(person))
    return Comment.objects.filter(attended | kept)


# Where a page shows less than the whole row to those who may see that it is there.
NARROWER: dict[type[Model], Callable[[Person], QuerySet[Any]]] = {
    Comment: comments_of_concern_to,
    Registration: Registration.objects.with_minutes_for,
}


class PersonReader(Reader):
    """Access of one person to an export: the records above, and rows as pages show them.

    A row is shown where its model says who may read it; where it does not, it is withheld.
    """

    def __init__(self, person: Person) -> None:
        self.person = person

    def records(self) -> set[int]:
        return set(records_visible_to(self.person).values_list("pk", flat=True))

    def rows(self, model: type[Model]) -> set[str]:
        every: Any = model._default_manager.all()  # noqa: SLF001 Django's documented model API
        if not hasattr(every, "visible_to"):
            return set()
        shown = every.visible_to(self.person)
        if narrower := NARROWER.get(model):
            shown = shown.filter(pk__in=narrower(self.person).values("pk"))
        return set(map(str, shown.values_list("pk", flat=True)))

    def versions(self, model: type[Model]) -> set[str]:
        """Return none: what was closed then may be open now, which the page of a thing knows."""
        return set()


def name_of(record: Record) -> str:
    """Return the name of a document: `<room>/records/<what>.txt` gets what it says."""
    room, _dot, what = record.kind.partition(".")
    try:
        text = render_to_string(
            f"{room}/records/{what}.txt", {"content": json.loads(record.content)}
        )
    except TemplateDoesNotExist:
        return _("Frozen document %d") % record.pk
    # Plain text: whoever shows it escapes it.
    return unescape(text).strip()
