"""Changes a row unless somebody else has; takes it out of use, and puts it back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import F, Model, QuerySet
from django.utils.translation import gettext as _

from kommissorium.core.evidence.actions import record
from kommissorium.core.evidence.models import Actor
from kommissorium.core.refusals import Conflict, Refused

type Values = Mapping[str, Any]


def update_row[M: Model](
    row: M,
    values: Values,
    *,
    edit_version: int,
    among: QuerySet[M] | None = None,
    current: Callable[[M], Values] | None = None,
    stamp: Values | None = None,
    anyway: bool = True,
) -> list[str]:
    """Change a row with an `edit_version`; return the names of what changed. To be recorded.

    `stamp` is written along and not among them. Where nothing differs nothing is written, unless
    `anyway`: for an act that is recorded all the same.

    Raises Conflict where it has another version by now, or is not `among` those that may be
    changed any more. `current` words it as its form does, or raises Refused; without it the
    row itself is asked for what was to be changed.
    """
    found = type(row)._default_manager.filter(pk=row.pk)  # noqa: SLF001
    before = found.get()
    same = (found if among is None else among.filter(pk=row.pk)).filter(edit_version=edit_version)
    changed = [name for name, value in values.items() if _stored(before, name) != _key(value)]
    if not (changed or anyway) and same.exists():
        return []
    if not same.update(**values, **(stamp or {}), edit_version=edit_version + 1):
        now, names = found.get(), (*values, "edit_version")
        raise Conflict(current(now) if current else {name: getattr(now, name) for name in names})
    row.refresh_from_db()
    return changed


def _stored(row: Model, name: str) -> Any:
    field: Any = row._meta.get_field(name)  # noqa: SLF001
    return getattr(row, field.attname)


def _key(value: Any) -> Any:
    return value.pk if isinstance(value, Model) else value


def change_row[M: Model](
    row: M,
    values: Values,
    *,
    edit_version: int,
    act: str,
    by: Actor,
    facts: Callable[[M], Values] | None = None,
    among: QuerySet[M] | None = None,
    current: Callable[[M], Values] | None = None,
) -> None:
    """Change a row as update_row does, and record it. `facts` gives those of the row after it."""
    update_row(row, values, edit_version=edit_version, among=among, current=current)
    record(act, row, by=by, facts=facts(row) if facts else None)


def refuse_gone(row: Model) -> None:
    """Raise Refused if somebody else has removed the row since it was fetched."""
    if not type(row)._default_manager.filter(pk=row.pk).exists():  # noqa: SLF001
        raise Refused(_("Somebody else has already done this."))


def retire[M: Model](
    row: M, *, act: str, by: Actor, facts: Callable[[M], Values] | None = None
) -> None:
    """Take a row out of use: it can no longer be chosen. Raises Refused if it is already."""
    set_retired(row, retired=True)
    record(act, row, by=by, facts=facts(row) if facts else None)


def restore[M: Model](
    row: M, *, act: str, by: Actor, facts: Callable[[M], Values] | None = None
) -> None:
    """Put a row back into use. Raises Refused if it is already."""
    set_retired(row, retired=False)
    record(act, row, by=by, facts=facts(row) if facts else None)


def set_retired(row: Model, *, retired: bool) -> None:
    """Take a row out of use, or put it back, where more is to be done before that is recorded.

    Raises Refused as retire and restore do.
    """
    other: Any = type(row)._default_manager.filter(pk=row.pk, is_retired=not retired)  # noqa: SLF001
    if not other.update(is_retired=retired, edit_version=F("edit_version") + 1):
        raise Refused(_("Somebody else has already done this."))
    row.refresh_from_db()
