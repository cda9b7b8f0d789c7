"""Django's SQLite backend whose connections hear from triggers what was written."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.backends.sqlite3.base import DatabaseWrapper as SqliteWrapper

from kommissorium.core.database.transactions import before_commit, in_a_transaction
from kommissorium.core.evidence.written_rows import Heard


class DatabaseWrapper(SqliteWrapper):
    """Knows the rows its transaction wrote, except those that a savepoint took back."""

    def __init__(self, *settings: Any, **more: Any) -> None:
        super().__init__(*settings, **more)
        self.heard = Heard(self)
        self.execute_wrappers.append(in_a_transaction)

    def get_new_connection(self, conn_params: Any) -> Any:
        connection = super().get_new_connection(conn_params)
        self.heard.listen(connection)
        return connection

    def savepoint(self) -> Any:
        sid = super().savepoint()
        if sid:
            self.heard.mark(sid)
        return sid

    def savepoint_rollback(self, sid: str) -> None:
        super().savepoint_rollback(sid)
        self.heard.back_to(sid)

    def commit(self) -> None:
        before_commit(self)
        super().commit()
        self.heard.forget(all_is_lost=False)

    def rollback(self) -> None:
        self.heard.forget(all_is_lost=True)
        super().rollback()

    def close(self) -> None:
        if self.heard.waits() and not self.in_atomic_block:
            with transaction.atomic(using=self.alias):
                """Committing seals what is left."""
        super().close()
