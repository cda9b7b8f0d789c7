"""The links that lists of a register give in a workbook: by them a row is told from all others."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.conf import settings
from django.db import models

from kommissorium.registers.importing.sources import Source

LINK: Final = "link"  # the target of a column of links
_LAST_NUMBER: Final = re.compile(r".*/(\d{1,18})/?")


def linked(model: type[models.Model], words: str) -> int | None:
    """Return the key of the row of the model whose page an address is; None for any other."""
    number = _LAST_NUMBER.fullmatch(words)
    row: Any = model(pk=int(number[1])) if number else None
    if row is None or not hasattr(row, "get_absolute_url"):
        return None
    return row.pk if words == f"{settings.SITE_URL}{row.get_absolute_url()}" else None


def without_others(
    mapping: dict[str, str], source: Source, model: type[models.Model]
) -> dict[str, str]:
    """Return what columns are taken as; links only where all of a column are of the model."""

    def are_own(column: str) -> bool:
        links = source.column(int(column))
        return bool(links) and all(linked(model, link) for link in links)

    return {
        column: target for column, target in mapping.items() if target != LINK or are_own(column)
    }


def all_linked(model: type[models.Model]) -> Mapping[int, Sequence[int]]:
    """Return the keys of all rows by what a link says of them."""
    return {key: [key] for key in model._default_manager.values_list("pk", flat=True)}  # noqa: SLF001


def page_of(thing: Any) -> str:
    """Return the address of a thing's page; "" for nothing, and where such things have none."""
    return thing.get_absolute_url() if hasattr(thing, "get_absolute_url") else ""
