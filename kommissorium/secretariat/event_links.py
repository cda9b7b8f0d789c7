"""Links to the things that events are about, for those who may see them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.apps import apps
from django.db.models import CharField, Model, QuerySet, Value
from django.db.models.functions import Cast
from django.urls import NoReverseMatch

from kommissorium.accounts.models import Person
from kommissorium.core.evidence.models import Event

MOST_DIGITS = 18

type Thing = tuple[str, str]  # its kind and its key, as the chain names it


def addresses_of(events: Sequence[Event], person: Person) -> dict[Thing, str]:
    """Return the page of each thing that has one and that the person may see. One query."""
    keys: dict[str, set[int]] = defaultdict(set)
    for event in events:
        if event.object_id.isdecimal() and len(event.object_id) <= MOST_DIGITS:
            keys[event.object_kind].add(int(event.object_id))
    found = [_seen(model, keys[kind], person) for kind in keys if (model := _model(kind))]
    if not found:
        return {}
    seen = found[0].union(*found[1:], all=True).order_by() if found[1:] else found[0]
    pages = {(kind, key): _address(kind, key) for kind, key in seen}
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


def _address(kind: str, key: str) -> str:
    """Return the page of a thing; "" where the key alone does not say it."""
    thing: Any = apps.get_model(kind)(pk=int(key))
    try:
        return str(thing.get_absolute_url())
    except (NoReverseMatch, AttributeError):
        return ""
