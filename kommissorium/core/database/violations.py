"""Refusals by the database itself, in words: a constraint violated, a turn not had."""

from __future__ import annotations

import logging
import re
from functools import cache
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import DatabaseError, IntegrityError, OperationalError
from django.db.models import UniqueConstraint
from django.utils.translation import gettext_lazy as _

from kommissorium.core.refusals import Refused

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

log = logging.getLogger("kommissorium.database")

# Whatever an action looks up is still so when it writes, so these are the last line, not the first.
SENTENCES: dict[str, StrPromise] = {
    "accounts_person.email": _("Another person already has this e-mail."),
    "one_person_per_email": _("Another person already has this e-mail."),
    "one_open_role_of_a_kind": _("The person already has this role in that time."),
    "one_open_holding_of_a_seat": _("Somebody else was given the seat just now."),
    "one_attendance_a_meeting": _("The person is on the list already."),
    "one_meeting_at_a_time": _("The committee already has a meeting at that time."),
}
QUICKER = _("Somebody else has already done this. Load the page again to see what is there now.")
# lock timeout, deadlock, serialization failure: PostgreSQL lets one of them begin anew.
WAITED_IN_VAIN = {"55P03", "40P01", "40001"}
_ON_SQLITE = re.compile(r"^(?:UNIQUE|CHECK|FOREIGN KEY) constraint failed(?:: (?P<what>.+))?$")
_KEY = re.compile(r"Key \((?P<what>[^)]+)\)=")
_POSTGRESQL = {"23505", "23514", "23503", "23P01"}  # unique, check, foreign key, exclusion


def refusal_of(error: IntegrityError) -> Refused | None:
    """Return a violated constraint as a refusal in words; None for a fault of ours."""
    name = _constraint(error)
    if name is None:
        return None
    log.warning("refused by the database: %s", name or error, exc_info=error)
    return Refused(str(SENTENCES.get(name, QUICKER)))


def is_busy(error: DatabaseError) -> bool:
    """Return whether others wrote for so long that a transaction could not begin or end."""
    if not isinstance(error, OperationalError):
        return False
    state = getattr(error.__cause__, "sqlstate", None)
    return state in WAITED_IN_VAIN or str(error) in {
        "database is locked",
        "database table is locked",
    }


def _constraint(error: IntegrityError) -> str | None:
    """Return a violated constraint's name, or its columns where it has no name of ours.

    None for an error of another kind.
    """
    cause: Any = error.__cause__
    if hasattr(cause, "sqlstate"):
        return _on_postgresql(cause.diag) if cause.sqlstate in _POSTGRESQL else None
    found = _ON_SQLITE.match(str(error))
    if found is None:
        return None
    what = found["what"] or ""
    return _names_by_columns().get(what, what.removeprefix("index ").strip("'"))


def _on_postgresql(told: Any) -> str:
    name = told.constraint_name or ""
    key = _KEY.match(told.message_detail or "")
    return f"{told.table_name}.{key['what']}" if key and name.endswith("_key") else name


@cache
def _names_by_columns() -> dict[str, str]:
    # SQLite names the columns of a constraint where PostgreSQL tells its name.
    names = {}
    for model in apps.get_models():
        table = model._meta.db_table  # noqa: SLF001
        for one in model._meta.constraints:  # noqa: SLF001
            if isinstance(one, UniqueConstraint) and one.fields:
                columns = [model._meta.get_field(field).column for field in one.fields]  # type: ignore[union-attr]  # noqa: SLF001
                names[", ".join(f"{table}.{column}" for column in columns)] = one.name
    return names
