"""Hand a sheet in, say what its columns are and who is meant by its names, or give it up."""

from __future__ import annotations

import codecs
from collections.abc import Mapping

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.assets.importing.names import GROUPS
from kommissorium.assets.importing.sources import Source, packed, read_source
from kommissorium.assets.importing.targets import KEYS, guess, guess_key, label_of, targets_of
from kommissorium.assets.models import Import
from kommissorium.core.evidence.actions import record
from kommissorium.core.files.actions import store_file
from kommissorium.core.files.models import StoredFile
from kommissorium.core.files.sniffing import FileRefused, clean_name
from kommissorium.core.refusals import Conflict, Refused

MOST_NAME, MOST_HEADING = 200, 200
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def hand_in(kind: str, data: bytes, name: str, *, by: Person) -> Import:
    """Read a sheet and keep it, with a guess at what its columns are; nothing is taken in yet.

    Raises Refused, by field, for what cannot be read; ValueError for a kind there is not.
    """
    if not Import.can_be_made_by(by):
        raise PermissionDenied
    called = clean_name(name)[:MOST_NAME]
    source = read_source(data, called)
    mapping = guess(source.headings, kind)
    kept = _stored(data, called), store_file(packed(source), "rows.txt")
    with transaction.atomic():
        run = Import.objects.create(
            kind=kind,
            shape=source.shape,
            file=kept[0],
            parsed=kept[1],
            file_name=called,
            headings=_headings(source),
            mapping=mapping,
            key=guess_key(mapping, source.shares()),
            row_count=len(source.rows),
            by=by,
            at=timezone.now(),
        )
        record("assets.import_read", run, by=by, facts={"rows": run.row_count, "kind": kind})
    return run


@transaction.atomic
def map_columns(
    run: Import, *, by: Person, mapping: Mapping[str, str], key: str, edit_version: int
) -> None:
    """Say which column is which field, by the column's number as text; others are left out.

    Raises Refused for a key that no column has, and for no name; Conflict.
    """
    _refuse_closed(run, by)
    allowed = {target.name for target in targets_of(run.kind)}
    if set(mapping.values()) - allowed or {int(n) for n in mapping} - set(_columns(run)):
        message = "a column or a field that is not there"
        raise ValueError(message)
    if key not in KEYS or key not in mapping.values():
        label = label_of(key) if key in KEYS else _("The key")
        sentence = _("“%(field)s” is the key, so a column must be taken for it.")
        raise Refused(key=sentence % {"field": label})
    _change(run, edit_version, mapping=dict(mapping), key=key)
    record("assets.import_mapped", run, by=by, facts={"key": key, "columns": len(mapping)})


@transaction.atomic
def choose_names(
    run: Import, *, by: Person, choices: Mapping[str, Mapping[str, str]], edit_version: int
) -> None:
    """Say who or what is meant by names, on top of what was said before. Raises Conflict.

    `choices` gives by group (person, area, supplier) and folded name the key of the one that is
    meant, "" to leave the value as it is, or for areas and suppliers "new".
    """
    _refuse_closed(run, by)
    if set(choices) - set(GROUPS):
        message = "a group of names that is not there"
        raise ValueError(message)
    told = {group: {**run.choices.get(group, {}), **choices.get(group, {})} for group in GROUPS}
    _change(run, edit_version, choices=told)
    count = sum(len(group) for group in choices.values())
    record("assets.import_names_chosen", run, by=by, facts={"names": count})


@transaction.atomic
def drop_import(run: Import, *, by: Person) -> None:
    """Give an import up that has not been taken in."""
    _refuse_closed(run, by)
    row = Import.objects.filter(pk=run.pk, state=Import.State.READ)
    if not row.update(state=Import.State.DROPPED, edit_version=run.edit_version + 1):
        raise Refused(_("It has been taken in or given up already."))
    run.refresh_from_db()
    record("assets.import_dropped", run, by=by)


def _refuse_closed(run: Import, by: Person) -> None:
    if not Import.can_be_made_by(by):
        raise PermissionDenied
    if run.state != Import.State.READ:
        raise Refused(_("It has been taken in or given up already."))


def _change(run: Import, edit_version: int, **values: object) -> None:
    row = Import.objects.filter(pk=run.pk, edit_version=edit_version, state=Import.State.READ)
    if not row.update(**values, edit_version=edit_version + 1):
        now = Import.objects.get(pk=run.pk)
        raise Conflict({"edit_version": now.edit_version, "key": now.key})
    run.refresh_from_db()


def _columns(run: Import) -> range:
    return range(len(run.headings))


def _headings(source: Source) -> list[str]:
    return [heading[:MOST_HEADING] for heading in source.headings]


def _stored(data: bytes, name: str) -> StoredFile:
    # Files are kept by what their bytes are: JSON and text in UTF-16 are text of their own.
    if data.startswith(_UTF_16):
        data = data.decode("utf-16", "replace").encode()
    is_json = name.lower().endswith(".json")
    try:
        return store_file(data, f"{name}.txt" if is_json else name)
    except FileRefused as refused:
        raise Refused(file=str(refused)) from None
