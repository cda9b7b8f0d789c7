"""What a connection does in a transaction before it commits."""

from __future__ import annotations

from collections.abc import Callable

from django.db.backends.base.base import BaseDatabaseWrapper

HOOKS: list[Callable[[BaseDatabaseWrapper], None]] = []


def run_hooks(connection: BaseDatabaseWrapper) -> None:
    """Call every hook; when one fails, nothing of the transaction stays."""
    try:
        for hook in HOOKS:
            hook(connection)
    except BaseException:
        connection.rollback()
        raise
