"""People whom imports add and change: those whom nothing speaks of since can be removed again."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.utils.translation import gettext as _

from kommissorium.accounts.actions import add_person, change_person, remove_people
from kommissorium.accounts.models import Person
from kommissorium.core.refusals import Conflict, Refused
from kommissorium.registers.actions.imported_rows import used_by
from kommissorium.registers.importing.plan import PlannedRow
from kommissorium.registers.models import ImportedRow, ImportRun

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
