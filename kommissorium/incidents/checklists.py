"""All checklists: the built-in ones, from checklists.toml, and the municipality's."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import get_language

from kommissorium.incidents.models import Checklist


@dataclass(frozen=True, slots=True)
class Listed:
    """A checklist that can be taken into use, with its steps in the active language."""

    code: str
    name: str
    steps: Sequence[str]


def checklists() -> list[Listed]:
    """Return all of them: ours first, then the municipality's own (one query)."""
    language = "en" if get_language() == "en" else "da"
    ours = [Listed(one["code"], one[language], one[f"steps_{language}"]) for one in _built_in()]
    own = Checklist.objects.filter(is_retired=False)
    return [*ours, *(Listed(f"own-{one.pk}", one.name, _lines(one.steps)) for one in own)]


def checklist_of(code: str) -> Listed | None:
    """Return the checklist of that code; None where there is none."""
    return next((one for one in checklists() if one.code == code), None)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


@cache
def _built_in() -> list[dict[str, Any]]:
    text = Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
    found: list[dict[str, Any]] = tomllib.loads(text)["checklist"]
    return found
