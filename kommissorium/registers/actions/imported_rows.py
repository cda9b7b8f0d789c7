"""Write the rows and people of an import, and give every thing back what it said before."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.accounts.actions import add_person, change_person, remove_people
from kommissorium.accounts.models import Person
from kommissorium.core.evidence.actions import record
from kommissorium.core.refusals import Conflict, Refused
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
    names = ", ".join(_("“%(title)s”") % {"title": name} for name in moved[:MOST_NAMED])
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


CARD = ("name", "email", "job_title", "department", "language")
UNTOUCHED = 1  # the version of a card nobody has corrected


def write_person(row: PlannedRow, by: Person) -> Person:
    """Add the person of a row, without a login, or correct the card. Raises Refused."""
    if row.thing is None:
        return add_person(by=by, **row.values)
    return _correct(row.thing, row.values, by)


def keeps_email(person: Person) -> bool:
    """Return whether an import leaves the e-mail alone: by it somebody signs in, or may soon."""
    return person.email_is_guarded() or person.invitations.exists()


def undo_people(run: ImportRun, by: Person) -> tuple[int, int]:
    """Remove and put back what nobody has used or changed since; return how many of each.

    Raises Refused where nothing is left to undo.
    """
    rows = list(run.rows.all())
    people = Person.objects.in_bulk([one.thing_id for one in rows if one.thing_id])
    same = [one for one in rows if _is_as_left(one, people.get(one.thing_id or 0))]
    unused = _unused([one.thing_id for one in same if one.is_new and one.thing_id])
    changed = [one for one in same if not one.is_new]
    if not (unused or changed):
        raise Refused(_("Nothing was undone: all of it has been used or changed since."))
    for one in changed:
        _correct(people[one.thing_id or 0], one.before["fields"], by)
    ImportedRow.objects.filter(run__kind=run.kind, thing_id__in=unused).update(thing_id=None)
    remove_people([people[pk] for pk in unused], by=by)
    return len(unused), len(changed)


def remove_newcomers(run: ImportRun, by: Person) -> None:
    """Remove the people who were added because cells named them, and whom nothing speaks of now."""
    unused = _unused(run.people_added)
    if unused:
        people = Person.objects.filter(pk__in=unused, edit_version=UNTOUCHED)
        remove_people(list(people), by=by)


def _unused(keys: Collection[int]) -> Sequence[int]:
    """Return the keys of the people whom nothing speaks of (one question per kind of thing)."""
    used = used_by(Person, keys) if keys else set()
    return [pk for pk in keys if pk not in used]


def _is_as_left(row: ImportedRow, person: Person | None) -> bool:
    """Return whether a person is as the import left them, and may have it taken back."""
    if person is None or person.edit_version != row.after_version:
        return False
    return "email" not in row.before["fields"] or not keeps_email(person)


def _correct(person: Person, values: dict[str, object], by: Person) -> Person:
    """Correct some of a card. Raises Refused where somebody was faster."""
    card = {name: getattr(person, name) for name in CARD} | values
    try:
        change_person(person, by=by, **card, edit_version=person.edit_version)
    except Conflict:
        sentence = _("The card of %(name)s has changed since you looked. Look through it again.")
        raise Refused(sentence % {"name": person.name}) from None
    return person


def record_import(deed: str, run: ImportRun, *, by: Person, facts: Mapping[str, Any]) -> None:
    """Record a deed done to a run, with the kind of import among the facts."""
    facts = {**facts, "import_kind": run.kind}
    match deed:
        case "read":
            record("registers.import_read", run, by=by, facts=facts)
        case "mapped":
            record("registers.import_mapped", run, by=by, facts=facts)
        case "names_chosen":
            record("registers.import_names_chosen", run, by=by, facts=facts)
        case "dropped":
            record("registers.import_dropped", run, by=by, facts=facts)
        case "done":
            record("registers.import_done", run, by=by, facts=facts)
        case "undone":
            record("registers.import_undone", run, by=by, facts=facts)
        case _:
            raise ValueError(deed)
