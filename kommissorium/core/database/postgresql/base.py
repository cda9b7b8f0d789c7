"""Django's PostgreSQL backend with serial, sealed transactions."""

from __future__ import annotations

from typing import Any

from django.db.backends.postgresql.base import DatabaseWrapper as PostgresqlWrapper

from kommissorium.core.database.transactions import TakesTurns, before_commit, in_a_transaction


class DatabaseWrapper(TakesTurns, PostgresqlWrapper):
    """Waits for its turn before the first query of a transaction, and seals before its end.

    The triggers keep what was written in the transaction itself.
    """

    def __init__(self, *settings: Any, **more: Any) -> None:
        super().__init__(*settings, **more)
        self.execute_wrappers.append(in_a_transaction)

    def commit(self) -> None:
        before_commit(self)
        super().commit()
