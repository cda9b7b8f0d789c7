"""Django's PostgreSQL backend whose transactions come one after the other."""

from __future__ import annotations

from django.db.backends.postgresql.base import DatabaseWrapper as PostgresqlWrapper

from kommissorium.core.database.turns import TakesTurns


class DatabaseWrapper(TakesTurns, PostgresqlWrapper):
    """Waits for its turn before the first question of a transaction."""
