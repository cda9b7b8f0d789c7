"""Sessions and cache in the database, written beside the transactions of actions.

Whoever reads must not wait while somebody imports a register.
"""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.backends import db as sessions
from django.core.cache.backends import db as caching

from kommissorium.core.database.transactions import out_of_turn


class SessionStore(sessions.SessionStore):
    """Django's sessions; each has a row of its own."""

    def save(self, must_create: bool = False) -> None:
        with out_of_turn():
            super().save(must_create)


class DatabaseCache(caching.DatabaseCache):
    """Django's cache; each key has a row of its own."""

    def _base_set(self, *args: Any, **kwargs: Any) -> Any:
        with out_of_turn():
            return super()._base_set(*args, **kwargs)  # type: ignore[misc]
