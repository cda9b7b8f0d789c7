"""Transactions: one at a time on PostgreSQL, no write outside one, and what comes before a commit."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

# Any fixed number serves: it names the one lock that orders all who write.
TURN = 7_263_541
# As long as a writer waits on SQLite (config/environment.py).
WAIT = "20s"
# One question; a setting of this transaction alone passes any pool of connections.
_TAKE = f"SELECT set_config('lock_timeout', '{WAIT}', true), pg_advisory_xact_lock({TURN})"


class TakesTurns(BaseDatabaseWrapper):
    """A connection whose transactions each wait until no other is open.

    So whatever an action looks up is still so when it writes: what exists, how many there are,
    which number is next, which event is the last. Questions outside a transaction do not wait.
    """

    takes_turns = True  # see out_of_turn

    def wait_for_turn(self) -> None:
        """Wait until no other transaction has its turn; its holder waits for nothing."""
        with self.cursor() as cursor:
            cursor.execute(_TAKE)

    def set_autocommit(
        self, autocommit: bool, force_begin_transaction_with_broken_autocommit: bool = False
    ) -> None:
        """Begin or end a transaction; `atomic` asks for the former by its long argument."""
        begins = force_begin_transaction_with_broken_autocommit and not autocommit
        super().set_autocommit(autocommit, force_begin_transaction_with_broken_autocommit)
        if begins and self.takes_turns:
            self._take_turn()

    def _take_turn(self) -> None:
        try:
            self.wait_for_turn()
        except BaseException:
            # `atomic` is not in its block yet: nobody else would end the transaction.
            self.rollback()
            super().set_autocommit(True)
            raise


@contextmanager
def out_of_turn() -> Iterator[None]:
    """Let transactions begin at once: for writes that no action reads (core/database/aside.py)."""
    database: Any = connection
    before = getattr(database, "takes_turns", True)
    database.takes_turns = False
    try:
        yield
    finally:
        database.takes_turns = before


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
