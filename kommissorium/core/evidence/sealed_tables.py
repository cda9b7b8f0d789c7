"""The sealed tables, the columns their seals cover, and what is left out and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

# A model of ours says with UNSEALED why its rows are not sealed, and with UNSEALED_COLUMNS which
# columns are not. These are tables of other people's.
OTHERS: dict[str, str | Promise] = {
    "account": gettext_lazy("the addresses with which people sign in, kept by the sign-in library"),
    "auth": gettext_lazy("groups and permissions of Django, which the program does not use"),
    "contenttypes": gettext_lazy("names of models, made by Django"),
    "mfa": gettext_lazy("second factors, kept by the sign-in library"),
    "sessions": gettext_lazy("who is signed in now"),
}
# What the chain itself covers: its events, and what it says of records, anchors and the salt.
CHAIN = {"core_event", "core_record", "core_anchor", "core_salt"}


@dataclass(frozen=True)
class SealedTable:
    """A table whose rows are sealed, with the columns a seal covers in the order of their names."""

    name: str
    key: str
    columns: tuple[str, ...]
    binary: frozenset[str]
    model: type[models.Model]

    def text(self, row: str, vendor: str) -> str:
        """Return the SQL of a row's one text form: JSON of column and value, made by the database.

        `row` is what the SQL around it calls the row, as OLD.
        """
        if vendor == "sqlite":
            pairs = (f"'{name}', {self._value(row, name)}" for name in self.columns)
            return f"json_object({', '.join(pairs)})"
        return f"row_to_json({row})::text"

    @property
    def is_kept(self) -> bool:
        """Return whether each version of its rows is kept (past.py)."""
        return hasattr(self.model, "PAST")

    def selected(self) -> str:
        """Return the columns as a list in SQL."""
        return ", ".join(f'"{name}"' for name in self.columns)

    def _value(self, row: str, name: str) -> str:
        value = f'{row}."{name}"'
        return f"hex({value})" if name in self.binary else value


@cache
def sealed_tables() -> dict[str, SealedTable]:
    """Return all sealed tables by their names."""
    models_ = (model for model in _models() if not _reason(model))
    return {table.name: table for table in sorted(map(_table, models_), key=lambda t: t.name)}


def sealed_columns() -> dict[str, list[str]]:
    """Return the columns that are sealed, by table."""
    return {table.name: list(table.columns) for table in sealed_tables().values()}


def kept_tables() -> list[str]:
    """Return the names of the tables whose row versions are kept."""
    return [table.name for table in sealed_tables().values() if table.is_kept]


def unsealed() -> dict[str, str]:
    """Return everything that no seal covers, each with the reason: "table" or "table.column"."""
    found: dict[str, str] = {}
    for model in _models():
        name = model._meta.db_table  # noqa: SLF001 Django's documented model API
        if reason := _reason(model):
            found[name] = str(reason)
        for column, why in getattr(model, "UNSEALED_COLUMNS", {}).items():
            found[f"{name}.{column}"] = str(why)
    return dict(sorted(found.items()))


def _models() -> Iterator[type[models.Model]]:
    for model in apps.get_models(include_auto_created=True):
        meta = model._meta  # noqa: SLF001 as above
        if meta.managed and not meta.proxy and meta.db_table not in CHAIN:
            yield model


def _reason(model: type[models.Model]) -> str | Promise:
    label = model._meta.app_label  # noqa: SLF001 as above
    if label in OTHERS:
        return OTHERS[label]
    own: str | Promise = model.__dict__.get("UNSEALED", "")
    return own


def _table(model: type[models.Model]) -> SealedTable:
    meta: Any = model._meta  # noqa: SLF001 as above
    left_out = getattr(model, "UNSEALED_COLUMNS", {})
    fields = {field.column: field for field in meta.local_fields if field.column not in left_out}
    binary = (c for c, field in fields.items() if isinstance(field, models.BinaryField))
    return SealedTable(
        meta.db_table, meta.pk.column, tuple(sorted(fields)), frozenset(binary), model
    )
