"""Past values of a row's columns as people read them: the text of a version, in words."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.dateparse import parse_datetime
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.core.evidence.models import Record
from kommissorium.core.evidence.past import Past
from kommissorium.core.richtext import RichTextRefused, plain_text
from kommissorium.core.ui import localised

NOTHING = "—"

type Values = Mapping[str, Any]  # by the names of fields
type Names = Mapping[tuple[type[models.Model], str], str]  # of rows, as they are called today


def shown_fields(model: type[models.Model]) -> dict[str, str]:
    """Return the fields that are shown of a model's past, with their labels, in their order."""
    found: dict[str, str] = {}
    past: Past = model.PAST  # type: ignore[attr-defined]
    for field in _fields(model):
        own = field.verbose_name if isinstance(field.verbose_name, Promise) else ""
        label = str(past.labels.get(field.name, own))
        if label and not isinstance(field, models.JSONField | models.BinaryField):
            found[field.name] = label[:1].upper() + label[1:]
    return found


def read(model: type[models.Model], text: str) -> dict[str, Any]:
    """Return a version's values, by the names of the fields that the model has today."""
    kept = json.loads(text)
    return {
        field.name: _value(field, kept[field.column])
        for field in _fields(model)
        if field.column in kept
    }


def held_by(row: models.Model) -> dict[str, Any]:
    """Return a row's values today, in the same form."""
    return {field.name: getattr(row, field.attname) for field in _fields(type(row))}


def names_of(model: type[models.Model], held: Iterable[Values], person: Person) -> Names:
    """Return the names of rows that values refer to; one query for each kind of them.

    People are named as in every list. What else has a page is named to those who may open it.
    """
    keys: dict[type[models.Model], set[Any]] = defaultdict(set)
    shown = shown_fields(model)
    for values in held:
        for field in _fields(model):
            if field.is_relation and field.name in shown and values.get(field.name) is not None:
                keys[field.related_model].add(values[field.name])
    return {
        (target, str(row.pk)): _called(row)
        for target, some in keys.items()
        for row in _seen(target, person).filter(pk__in=some)
    }


def _called(row: models.Model) -> str:
    """Return a row's name; for a frozen record the title and the day it states itself."""
    if not isinstance(row, Record):
        return str(row)
    told = json.loads(row.content)
    title, since = str(told.get("title") or row), told.get("in_force_from")
    if not since:
        return title
    words = {"title": title, "day": localised.day(date.fromisoformat(since))}
    return _("%(title)s, from %(day)s") % words


def in_words(model: type[models.Model], name: str, values: Values, names: Names) -> str:
    """Return a field's value as people read it; a dash for nothing."""
    field: Any = model._meta.get_field(name)  # noqa: SLF001 Django's documented model API
    value = values.get(name)
    if value is None or value == "":
        return NOTHING
    if field.is_relation:
        return names.get((field.related_model, str(value)), NOTHING)
    if field.choices:
        return str(dict(field.flatchoices).get(value, value)) or NOTHING
    return _plain(value)


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, datetime):
        return localised.moment(value)
    if hasattr(value, "isoformat"):
        return localised.clock(value) if hasattr(value, "hour") else localised.day(value)
    if isinstance(value, Decimal):
        return localised.number(value)
    return _words(str(value))


def _words(text: str) -> str:
    if not text.startswith("<"):
        return text
    try:
        return plain_text(text)
    except RichTextRefused:
        return text


def _fields(model: type[models.Model]) -> Iterator[Any]:
    left_out = getattr(model, "UNSEALED_COLUMNS", {})
    for field in model._meta.local_fields:  # noqa: SLF001 as above
        if field.column not in left_out and not field.generated:
            yield field


def _value(field: Any, value: Any) -> Any:
    """Return a value as Python has it; the databases write moments, amounts and truth differently."""
    if value is None:
        return None
    if field.is_relation:
        return field.target_field.to_python(value)
    if isinstance(field, models.DateTimeField):
        at = parse_datetime(value)
        return at if at is None or at.tzinfo else at.replace(tzinfo=UTC)
    if isinstance(field, models.DecimalField):
        return Decimal(str(value)).quantize(Decimal(1).scaleb(-field.decimal_places))
    if isinstance(field, models.JSONField):
        return json.loads(value) if isinstance(value, str) else value
    return field.to_python(value)


def _seen(model: type[models.Model], person: Person) -> models.QuerySet[Any]:
    rows: Any = model._default_manager.all()  # noqa: SLF001 as above
    if model is Person or not hasattr(model, "get_absolute_url"):
        found: models.QuerySet[Any] = rows
    elif hasattr(rows, "visible_to"):
        found = rows.visible_to(person)
    else:
        found = rows.none()
    return found
