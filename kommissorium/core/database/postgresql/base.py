"""Django's PostgreSQL backend that seals what is left to seal before it commits."""

from __future__ import annotations

from django.db.backends.postgresql.base import DatabaseWrapper as PostgresqlWrapper

from kommissorium.core.database.before_commit import run_hooks


class DatabaseWrapper(PostgresqlWrapper):
    """Runs the hooks of a commit; the triggers keep what was written in the transaction itself."""

    def commit(self) -> None:
        run_hooks(self)
        super().commit()
