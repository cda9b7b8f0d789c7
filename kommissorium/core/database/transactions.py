"""Guards of our connections: no write outside a transaction, and hooks before a commit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from kommissorium.core.database.turns import out_of_turn

BEFORE_COMMIT: list[Callable[[BaseDatabaseWrapper], None]] = []
WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE", "WITH")


def before_commit(connection: BaseDatabaseWrapper) -> None:
    """Call every hook; when one fails, nothing of the transaction stays."""
    try:
        for hook in BEFORE_COMMIT:
            hook(connection)
    except BaseException:
        connection.rollback()
        raise


def in_a_transaction(
    execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Mapping[str, Any]
) -> Any:
    """Run a statement; one that writes on its own gets a transaction, so that it is sealed, too.

    It waits for nobody, as most of them keep what is not sealed: when somebody signed in last.

    An execute wrapper of Django's, so its arguments are Django's.
    """
    connection = context["connection"]
    # SQLite cannot commit before the rows a statement returns are fetched: the next commit seals.
    waits = connection.vendor == "sqlite" and " RETURNING " in sql
    if connection.in_atomic_block or waits or not sql.startswith(WRITES):
        return execute(sql, params, many, context)
    with out_of_turn(), transaction.atomic(using=connection.alias):
        return execute(sql, params, many, context)
