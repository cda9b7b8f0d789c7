"""The area that a row is of, as a list shows it and is narrowed by it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy

from kommissorium.accounts.models import danish_order
from kommissorium.registers.lists.columns import column
from kommissorium.registers.lists.filters import Choice


def _areas(page: Any) -> list[tuple[str, str]]:
    areas = page.model._meta.get_field("area").related_model  # noqa: SLF001
    return [(str(one.pk), one.name) for one in areas.objects.order_by("name")]


AREA_COLUMN = column(
    "area", gettext_lazy("Area"), value="area.name", order=danish_order("area__name")
)
AREA_FILTER = Choice("area", gettext_lazy("Area"), _areas)
