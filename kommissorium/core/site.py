"""The host of the address that people use, and the column in which a row keeps it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import AddField, SeparateDatabaseAndState
from django.db.migrations.operations.base import Operation
from django.db.migrations.operations.fields import AlterField

from kommissorium.core.evidence.freeze_triggers import Triggers

LONGEST = 253  # letters of a host's name
COLUMN = "calendar_host"


def host() -> str:
    """Return the host that people use now."""
    return urlsplit(settings.SITE_URL).hostname or "localhost"


def kept_host() -> models.CharField[str | None, str | None]:
    """Return the field that keeps the host of the day a row was made, for its name in calendars.

    It can be empty for the database alone: a column that cannot would have SQLite write the table
    anew, without its triggers.
    """
    return models.CharField(max_length=LONGEST, null=True, default=host, editable=False)


def keep_host(model: str, table: str) -> list[Operation]:
    """Return the steps of a migration that add that field; rows get the host they had until now."""
    bare = models.CharField(max_length=LONGEST, null=True, editable=False)

    def forwards(_apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
        editor.execute(f"UPDATE {table} SET {COLUMN} = %s", [host()])  # noqa: S608 names are ours

    return [
        AddField(model, COLUMN, bare),
        Triggers(forwards, Triggers.noop),
        SeparateDatabaseAndState(state_operations=[AlterField(model, COLUMN, kept_host())]),
    ]
