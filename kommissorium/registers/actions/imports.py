"""Hand a sheet in, say what its columns and names mean, take it in, undo it, or give it up."""

from __future__ import annotations

import codecs
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.accounts.models import Person
from kommissorium.core.files.actions import store_file
from kommissorium.core.files.file_types import FileRefused, clean_name
from kommissorium.core.files.models import StoredFile
from kommissorium.core.refusals import Conflict, Refused
from kommissorium.registers.actions.imported_rows import remove_newcomers
from kommissorium.registers.importing.kinds import import_of, sheet_of
from kommissorium.registers.importing.links import LINK
from kommissorium.registers.importing.names import NEW_ROW, PERSON
from kommissorium.registers.importing.plan import Plan, State
from kommissorium.registers.importing.sheet import SheetImport
from kommissorium.registers.importing.sources import Source, packed, refuse_size
from kommissorium.registers.importing.targets import guess_key
from kommissorium.registers.models import ImportRun

MOST_NAME, MOST_HEADING = 200, 200
# Working out what to do is reported up to here; the rest is one transaction, seen when it is over.
WORKED_OUT = 50
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def hand_in(
    kind: str, data: bytes, name: str, *, by: Person, options: Mapping[str, Any] | None = None
) -> ImportRun:
    """Read a sheet and keep it, with a guess at what its columns are; nothing is taken in yet.

    `options` is what the import asks beside the file. Raises Refused, by field, for what cannot
    be read; LookupError for a kind, and ValueError for an option, that there is not.
    """
    declared = import_of(kind)
    if not declared.can_be_made_by(by):
        raise PermissionDenied
    run = ImportRun(kind=kind, options=declared.checked_options(options or {}), by=by)
    sheet = declared(run)
    run.file_name = clean_name(name)[:MOST_NAME]
    source = sheet.read_file(data, run.file_name)
    refuse_size(source, sheet.most_rows)
    run.file, run.parsed = _stored(data, run.file_name), store_file(packed(source), "rows.txt")
    run.shape, run.row_count = source.shape, len(source.rows)
    run.headings = [heading[:MOST_HEADING] for heading in source.headings]
    _remember(sheet, source)
    run.at = timezone.now()
    with transaction.atomic():
        run.save()
        sheet.record("read", by=by, rows=run.row_count, **run.options)
    return run


@transaction.atomic
def map_columns(
    run: ImportRun, *, by: Person, mapping: Mapping[str, str], edit_version: int, key: str = ""
) -> None:
    """Say which column is which target, by the column's number as text; others are left out.

    Raises Refused for a key that no column has, for no key, and for what the import lacks;
    Conflict.
    """
    _refuse_closed(run, by)
    sheet = sheet_of(run)
    if set(mapping.values()) - set(sheet.by_code) or any(
        not 0 <= int(number) < len(run.headings) for number in mapping
    ):
        message = "a column or a field that is not there"
        raise ValueError(message)
    if sheet.keys and (key not in sheet.keys or key not in mapping.values()):
        label = sheet.label(key) if key in sheet.keys else _("The key")
        sentence = _("“%(field)s” is the key, so a column must be taken for it.")
        raise Refused(key=sentence % {"field": label})
    if lacking := sheet.lacking(mapping):
        raise Refused(lacking)
    _change(run, edit_version, mapping=dict(mapping), key=key)
    sheet.record("mapped", by=by, key=key, columns=len(mapping))


@transaction.atomic
def choose_names(
    run: ImportRun, *, by: Person, choices: Mapping[str, Mapping[str, str]], edit_version: int
) -> None:
    """Say who or what is meant by names, on top of what was said before. Raises Conflict.

    `choices` gives by group and folded name the key of the one that is meant, "" to leave the
    value as it is, or "new" where one can be added. New people are for those who keep people.
    """
    _refuse_closed(run, by)
    if NEW_ROW in choices.get(PERSON, {}).values() and not Person.can_be_kept_by(by):
        raise PermissionDenied
    sheet = sheet_of(run)
    groups = [group.code for group in sheet.asked]
    if set(choices) - set(groups):
        message = "a group of names that is not there"
        raise ValueError(message)
    told = {**run.choices}
    for group, chosen in choices.items():
        told[group] = {**told.get(group, {}), **chosen}
    _change(run, edit_version, choices=told)
    sheet.record("names_chosen", by=by, names=sum(len(group) for group in choices.values()))


@transaction.atomic
def drop_import(run: ImportRun, *, by: Person) -> None:
    """Give an import up that has not been taken in."""
    _refuse_closed(run, by)
    _move(run, ImportRun.State.READ, state=ImportRun.State.DROPPED)
    sheet_of(run).record("dropped", by=by)


def take_in(run: ImportRun, *, by: Person, mark: str, without_wrong: bool = False) -> Any:
    """Take the rows in that are right, all or none; return what that made, if it is one thing.

    `mark` is the plan's that was looked at. Raises Refused where rows are wrong and it was not
    said to leave them out, where anything has changed since the plan was looked at, and where
    there is nothing to do.
    """
    _refuse_closed(run, by)
    sheet = sheet_of(run)
    if not sheet.is_mapped:
        raise Refused(_("Say first what the columns are."))
    try:
        plan = sheet.plan(lambda percent: tell_progress(run, percent * WORKED_OUT // 100))
        _refuse_unseen(plan, mark=mark, without_wrong=without_wrong)
        tell_progress(run, WORKED_OUT)
        return _write(sheet, plan, by)
    except IntegrityError:
        raise overtaken() from None
    finally:
        tell_progress(run, None)


@transaction.atomic
def undo_import(run: ImportRun, *, by: Person) -> None:
    """Put everything back as it was before the import, or nothing.

    Raises Refused where the import can no longer be undone, and naming what somebody has changed
    since.
    """
    sheet = sheet_of(run)
    if not sheet.can_be_made_by(by):
        raise PermissionDenied
    if obstacle := sheet.obstacle_to_undo():
        raise Refused(obstacle)
    now = timezone.now()
    _move(run, ImportRun.State.DONE, state=ImportRun.State.UNDONE, undone_at=now)
    sheet.undo(by)
    remove_newcomers(run, by)
    sheet.record("undone", by=by, removed=run.added, restored=run.changed)


def tell_progress(run: ImportRun, percent: int | None) -> None:
    """Note how far it has come, for the page that waits; None when nothing runs."""
    ImportRun.objects.filter(pk=run.pk).update(progress=percent)


def overtaken() -> Refused:
    """Return the refusal of what somebody else was faster with."""
    return Refused(_("The register has changed since you looked. Look through the rows again."))


@transaction.atomic
def _write(sheet: SheetImport, plan: Plan, by: Person) -> Any:
    run, counts = sheet.run, plan.counts
    numbers = {
        "added": counts[State.NEW],
        "changed": counts[State.CHANGED],
        "same": counts[State.SAME],
    }
    faulty = counts[State.WRONG]
    done = {"state": ImportRun.State.DONE, "done_at": timezone.now()}
    _move(run, ImportRun.State.READ, **done, **numbers, faulty=faulty)
    made = sheet.write(plan, by)
    if added := list(sheet.names.added.values()):
        ImportRun.objects.filter(pk=run.pk).update(people_added=added)
    sheet.record("done", by=by, **numbers, left_out=faulty)
    return made


def _refuse_closed(run: ImportRun, by: Person) -> None:
    if not import_of(run.kind).can_be_made_by(by):
        raise PermissionDenied
    if not run.is_open:
        raise Refused(_("It has been taken in or given up already."))


def _refuse_unseen(plan: Plan, *, mark: str, without_wrong: bool) -> None:
    if plan.mark != mark:
        raise overtaken()
    if not plan.right:
        raise Refused(_("There is nothing in the file that can be taken in."))
    if (wrong := plan.counts[State.WRONG]) and not without_wrong:
        sentence = ngettext(
            "%(count)d row is wrong. Put it right in the file and start again, or say that it is"
            " to be left out.",
            "%(count)d rows are wrong. Put them right in the file and start again, or say that they"
            " are to be left out.",
            wrong,
        )
        raise Refused(without_wrong=sentence % {"count": wrong})


def _change(run: ImportRun, edit_version: int, **values: object) -> None:
    same = ImportRun.objects.filter(pk=run.pk, edit_version=edit_version)
    if not same.filter(state=ImportRun.State.READ).update(**values, edit_version=edit_version + 1):
        now = ImportRun.objects.get(pk=run.pk)
        raise Conflict({"edit_version": now.edit_version, "key": now.key})
    run.refresh_from_db()


def _move(run: ImportRun, before: str, **values: object) -> None:
    """Move it on to another state, if nobody has moved or changed it since it was fetched."""
    row = ImportRun.objects.filter(pk=run.pk, state=before, edit_version=run.edit_version)
    if not row.update(**values, edit_version=run.edit_version + 1):
        raise Refused(_("It has been taken in or given up already."))
    run.refresh_from_db()


def _remember(sheet: SheetImport, source: Source) -> None:
    """Take columns and choices as they were last said of such a sheet; else guess the columns."""
    run = sheet.run
    before = ImportRun.objects.filter(kind=run.kind).exclude(state=ImportRun.State.DROPPED)
    last = before.order_by("-pk").first()
    run.choices = last.choices if last else {}
    same = {"headings": run.headings, "options": run.options}
    alike = before.filter(**same).order_by("-pk").first() if last else None
    run.mapping = alike.mapping if alike else sheet.guessed(source)
    # A row without a link is told by the next key: a list of ours may have rows added to it.
    keys = [LINK] if LINK in run.mapping.values() and LINK in sheet.keys else sheet.keys
    run.key = alike.key if alike else guess_key(keys, run.mapping, source.shares())


def _stored(data: bytes, name: str) -> StoredFile:
    # Files are kept by what their bytes are: JSON and text in UTF-16 are text of their own.
    if data.startswith(_UTF_16):
        data = data.decode("utf-16", "replace").encode()
    is_json = name.lower().endswith(".json")
    try:
        return store_file(data, f"{name}.txt" if is_json else name)
    except FileRefused as refused:
        raise Refused(file=str(refused)) from None
