"""The parts of an asset's page, each from its own subject: PARTS is their order."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kommissorium.accounts.models import Person
from kommissorium.assets.models import Asset
from kommissorium.assets.parts import documents, owners, suppliers

type Part = Callable[[Asset, Person], dict[str, Any]]

# Template of the part, and what fills it: at most three queries each.
PARTS: tuple[tuple[str, Part], ...] = (
    ("assets/parts/owners.html", owners.part),
    ("assets/parts/documents.html", documents.part),
    ("assets/parts/suppliers.html", suppliers.part),
)
