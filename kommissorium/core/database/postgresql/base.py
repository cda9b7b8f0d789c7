"""Django's PostgreSQL backend that seals what is left to seal before it commits."""

from __future__ import annotations

from typing import Any

from django.db.backends.postgresql.base import DatabaseWrapper as PostgresqlWrapper

from kommissorium.core.database.transactions import before_commit, in_a_transaction


class DatabaseWrapper(PostgresqlWrapper):
    """Runs the hooks of a commit; the triggers keep what was written in the transaction itself."""

    def __init__(self, *settings: Any, **more: Any) -> None:
        super().__init__(*settings, **more)
        self.execute_wrappers.append(in_a_transaction)

    def commit(self) -> None:
        before_commit(self)
        super().commit()
