"""Lets all browsers of tests send through the same middlewares.

Each would build them anew for its first request; they keep nothing of a request.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

from django.conf import settings
from django.test.client import ClientHandler


@contextmanager
def one_chain() -> Iterator[None]:
    """Build them once, and anew for whoever begins while a setting differs."""
    load, usual = ClientHandler.load_middleware, settings._wrapped  # type: ignore[misc]
    kept: dict[str, Any] = {}

    def load_or_take(self: ClientHandler, is_async: bool = False) -> None:
        if settings._wrapped is not usual or is_async:  # type: ignore[misc]
            load(self, is_async)
            return
        if not kept:
            first = ClientHandler()
            load(first)
            kept.update({name: made for name, made in vars(first).items() if "middleware" in name})
        vars(self).update(kept)

    with mock.patch.object(ClientHandler, "load_middleware", load_or_take):
        yield
