"""Leaders of committees, as told by the rooms above: a room names its function in `leaders`."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.apps import apps
from django.utils.module_loading import import_string

type Leaders = Callable[..., Iterable[int]]


def chairs() -> set[int]:
    """Return the keys of those who hold a chair's seat today."""
    return {key for leaders in _sources() for key in leaders(chairs_only=True)}


def leads_a_committee(person: int) -> bool:
    """Return whether that person leads a committee today or later, as deputy too, or is asked to."""
    return any(person in leaders(chairs_only=False) for leaders in _sources())


def _sources() -> list[Leaders]:
    paths = (getattr(config, "leaders", "") for config in apps.get_app_configs())
    return [import_string(path) for path in paths if path]
