"""Lists narrowed and sorted by area."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any, Final

from django.db.models import Q
from django.db.models.expressions import Combinable
from django.utils.translation import gettext_lazy as _

from kommissorium.assets.models import Area
from kommissorium.registers.lists.filters import Choice
from kommissorium.registers.lists.ordering import in_danish_order, place_of

NO_AREA: Final = "none"


class KnowsAreas:
    """A list that is narrowed by area: all of them are read once for a page."""

    @cached_property
    def areas(self) -> list[Area]:
        """Return all areas by name, the closed ones too (one query)."""
        return in_danish_order(Area.objects.order_by())

    @cached_property
    def area_names(self) -> dict[int | None, str]:
        """Return their names by key."""
        return {area.pk: area.name for area in self.areas}

    def area_order(self) -> str | Combinable:
        """Return the place of a row's area: cheaper than to sort by names, for they are few."""
        return place_of("area", list(self.area_names)) if self.areas else "area"


class AreaFilter(Choice):
    """One of the areas in use, or none of them; of KnowsAreas."""

    def __init__(
        self, condition: Callable[[str, Any], Q] | None = None, *, has_none: bool = True
    ) -> None:
        def offered(page: KnowsAreas) -> list[tuple[str, Any]]:
            named = [(str(area.pk), area.name) for area in page.areas if not area.closed_on]
            return [*named, (NO_AREA, _("No area"))] if has_none else named

        super().__init__("area", _("Area"), offered, condition or _is_in, is_folded=False)


def _is_in(area: str, _page: Any) -> Q:
    return Q(area=None) if area == NO_AREA else Q(area=int(area))
