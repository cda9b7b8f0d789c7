"""Undo an import on the day it was taken in: all of it, or nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.accounts.models import Person
from kommissorium.assets.actions.requiring import keep_required
from kommissorium.assets.actions.reviews import follow_reviews
from kommissorium.assets.models import Asset, Import, ImportedRow, Ownership, Required
from kommissorium.core.evidence.actions import record
from kommissorium.core.refusals import Refused

MOST_NAMED = 5  # assets in a sentence
AT_ONCE = 500  # rows to a statement


@transaction.atomic
def undo_import(run: Import, *, by: Person) -> None:
    """Give changed assets their values and owners back, and remove those it had added.

    An owner who is put back has the role from the day on which the import took it away. Areas and
    suppliers it added stay. Raises Refused on a later day, and naming the assets that somebody
    has changed since.
    """
    if not Import.can_be_made_by(by):
        raise PermissionDenied
    if not run.can_be_undone_on(timezone.localdate()):
        raise Refused(_("An import can be undone on the day it was taken in."))
    row = Import.objects.filter(pk=run.pk, state=Import.State.DONE)
    values = {"state": Import.State.UNDONE, "undone_at": timezone.now()}
    if not row.update(**values, edit_version=run.edit_version + 1):
        raise Refused(_("It has been undone already."))
    rows = list(run.rows.select_related("asset"))
    _refuse_changed(rows)
    _give_owners_back(rows)
    _give_values_back([one for one in rows if not one.is_new])
    kept = [one.asset_id for one in rows if one.asset_id and not one.is_new]
    keep_required(kept)
    follow_reviews(kept, by=by)
    for one in rows:
        facts = {"import": run.pk, "is_new": one.is_new}
        record("assets.asset_import_undone", Asset(pk=one.asset_id), by=by, facts=facts)
    _remove([one.asset_id for one in rows if one.is_new and one.asset_id])
    run.refresh_from_db()
    facts = {"removed": run.added, "restored": run.changed}
    record("assets.import_undone", run, by=by, facts=facts)


def _refuse_changed(rows: Sequence[ImportedRow]) -> None:
    made = {key for one in rows for key in _owner_keys(one, "made")}
    still = set(Ownership.objects.current().filter(pk__in=made).values_list("pk", flat=True))
    new = [one.asset_id for one in rows if one.is_new and one.asset_id]
    used = _used(new, made)
    moved = [
        str(one.asset)
        for one in rows
        if one.asset is None
        or one.asset.edit_version != one.after_version
        or one.asset.is_over
        or one.asset_id in used
        or not still.issuperset(_owner_keys(one, "made"))
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


def _used(keys: Sequence[int], made: set[int]) -> set[int]:
    """Return which of these new assets anything but the import speaks of."""
    used: set[int] = set()
    for model, name in _referring():
        rows: models.QuerySet[Any] = model._default_manager.filter(  # noqa: SLF001
            **{f"{name}__in": keys}
        )
        if model is Ownership:
            rows = rows.exclude(pk__in=made)
        used |= set(rows.values_list(name, flat=True))
    return used


def _referring() -> Iterator[tuple[type[models.Model], str]]:
    """Return the models with a field that names an asset; not those that follow from it."""
    meta: Any = Asset._meta  # noqa: SLF001 Django's documented model API
    for relation in meta.related_objects:
        if relation.related_model not in (Required, ImportedRow):
            yield relation.related_model, relation.field.name
    for many in meta.many_to_many:
        yield many.remote_field.through, many.m2m_field_name()


def _give_owners_back(rows: Sequence[ImportedRow]) -> None:
    made = {key for one in rows for key in _owner_keys(one, "made")}
    ended = {key for one in rows for key in _owner_keys(one, "ended")}
    since = dict(Ownership.objects.filter(pk__in=made).values_list("pk", "from_date"))
    before = Ownership.objects.in_bulk(ended)
    Ownership.objects.filter(pk__in=made).delete()
    back = [
        _again(before[pair["ended"]], since[pair["made"]])
        for one in rows
        for pair in one.before.get("owners", {}).values()
        if pair["ended"]
    ]
    Ownership.objects.bulk_create(back, AT_ONCE)


def _again(before: Ownership, begins: date) -> Ownership:
    return Ownership(
        asset_id=before.asset_id,
        role=before.role,
        person_id=before.person_id,
        from_date=begins,
    )


def _give_values_back(rows: Sequence[ImportedRow]) -> None:
    now = timezone.now()
    for one in rows:
        fields = one.before.get("fields", {})
        if fields and one.asset_id:
            same = Asset.objects.filter(pk=one.asset_id, edit_version=one.after_version)
            values = {name: _value(name, value) for name, value in fields.items()}
            same.update(**values, changed_at=now, edit_version=one.after_version + 1)


def _value(name: str, value: Any) -> Any:
    field: Any = Asset._meta.get_field(name)  # noqa: SLF001
    is_key = value is None or isinstance(field, models.ForeignKey)
    return value if is_key else field.to_python(value)


def _remove(keys: Sequence[int]) -> None:
    ImportedRow.objects.filter(asset__in=keys).update(asset=None)
    Required.objects.filter(asset__in=keys).delete()
    Asset.objects.filter(pk__in=keys).delete()


def _owner_keys(row: ImportedRow, which: str) -> list[int]:
    pairs: Mapping[str, Mapping[str, int | None]] = row.before.get("owners", {})
    return [key for pair in pairs.values() if (key := pair[which]) is not None]
