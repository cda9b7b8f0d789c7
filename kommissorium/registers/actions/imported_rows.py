"""Write the rows of an import one by one, and give every thing back what it said before."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import models
from django.utils import timezone
from django.utils.translation import ngettext

from kommissorium.core.refusals import Refused
from kommissorium.registers.importing.plan import PlannedRow
from kommissorium.registers.models import ImportedRow, ImportRun

MOST_NAMED = 5  # things in a sentence
AT_ONCE = 500  # rows to a statement


def write_rows(
    run: ImportRun, rows: Sequence[PlannedRow], write: Callable[[PlannedRow], Any]
) -> None:
    """Write rows as the register does it, and keep what is to be known to undo each."""
    kept = []
    for row in rows:
        before = {"name": row.name, "fields": fields_before(row)}
        thing = write(row)
        kept.append(
            ImportedRow(
                run=run,
                thing_id=thing.pk,
                number=row.number,
                is_new=row.is_new,
                before=before,
                after_version=thing.edit_version,
            )
        )
    ImportedRow.objects.bulk_create(kept, AT_ONCE)


def fields_before(row: PlannedRow) -> dict[str, Any]:
    """Return by column what the thing says now of all that the row changes."""
    if row.thing is None:
        return {}
    fields = [row.thing._meta.get_field(code) for code in row.values]  # noqa: SLF001
    return {one.attname: _plain(one.value_from_object(row.thing)) for one in fields}


def remove_new(
    run: ImportRun, model: type[models.Model], follows: Collection[type[models.Model]]
) -> None:
    """Remove the things that an import added, with what goes along with them."""
    added = run.rows.filter(is_new=True, thing_id__isnull=False)
    new = list(added.values_list("thing_id", flat=True))
    ImportedRow.objects.filter(run__kind=run.kind, thing_id__in=new).update(thing_id=None)
    for other, name in _referring(model):
        if other in follows:
            other._default_manager.filter(**{f"{name}__in": new}).delete()  # noqa: SLF001
    model._default_manager.filter(pk__in=new).delete()  # noqa: SLF001


def used_by(
    model: type[models.Model],
    keys: Collection[int | None],
    but: Collection[type[models.Model]] = (),
    made: Mapping[type[models.Model], Collection[int]] | None = None,
) -> set[int]:
    """Return the things that anything refers to, other than these models and the rows `made`."""
    used: set[int] = set()
    for other, name in _referring(model):
        if other not in but:
            rows: models.QuerySet[Any] = other._default_manager.filter(  # noqa: SLF001
                **{f"{name}__in": keys}
            )
            rows = rows.exclude(pk__in=(made or {}).get(other, ()))
            used |= set(rows.values_list(name, flat=True))
    return used


def refuse_changed(
    rows: Sequence[ImportedRow], things: Mapping[int, Any], since: Collection[int | None]
) -> None:
    """Refuse to undo rows whose things have been changed, naming things."""
    moved = [
        str(thing or one.before["name"])
        for one in rows
        for thing in [things.get(one.thing_id or 0)]
        if thing is None or thing.edit_version != one.after_version or one.thing_id in since
    ]
    if not moved:
        return
    names = ", ".join(f"“{name}”" for name in moved[:MOST_NAMED])
    sentence = ngettext(
        "Nothing was undone: %(names)s has been changed since.",
        "Nothing was undone: %(count)d have been changed since, among them %(names)s.",
        len(moved),
    )
    raise Refused(sentence % {"count": len(moved), "names": names})


def _referring(model: type[models.Model]) -> Iterator[tuple[type[models.Model], str]]:
    """Return the models with a field that names a thing, and the field."""
    meta: Any = model._meta  # noqa: SLF001 Django's documented model API
    for relation in meta.get_fields(include_hidden=True):
        if relation.auto_created and (relation.one_to_many or relation.one_to_one):
            yield relation.related_model, relation.field.name
    for many in meta.many_to_many:
        yield many.remote_field.through, many.m2m_field_name()


def give_values_back(model: type[models.Model], rows: Sequence[ImportedRow]) -> None:
    """Give changed things the values back that they had before the import."""
    names = {field.name for field in model._meta.get_fields()}  # noqa: SLF001
    now = {"changed_at": timezone.now()} if "changed_at" in names else {}
    for one in rows:
        if not one.is_new and (fields := one.before["fields"]):
            same: models.QuerySet[Any] = model._default_manager.filter(  # noqa: SLF001
                pk=one.thing_id, edit_version=one.after_version
            )
            many = {name: fields[name] for name in fields if isinstance(fields[name], list)}
            values = {
                name: _value(model, name, fields[name]) for name in fields if name not in many
            }
            for name, keys in many.items():
                getattr(same.get(), name).set(keys)
            same.update(**values, **now, edit_version=one.after_version + 1)


def _value(model: type[models.Model], name: str, value: Any) -> Any:
    field: Any = model._meta.get_field(name)  # noqa: SLF001
    is_key = value is None or isinstance(field, models.ForeignKey)
    return value if is_key else field.to_python(value)


def _plain(value: object) -> object:
    if isinstance(value, list):  # of rows of another model, each by its key
        return [one.pk for one in value]
    return str(value) if isinstance(value, date | UUID) else value
