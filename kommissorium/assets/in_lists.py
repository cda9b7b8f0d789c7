"""The area that a row of another register is of, as its list shows it and is narrowed by it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from kommissorium.accounts.models import danish_order
from kommissorium.assets.models import Area
from kommissorium.registers.lists.columns import column
from kommissorium.registers.lists.filters import Choice

AREA_COLUMN = column(
    "area", gettext_lazy("Area"), value="area.name", order=danish_order("area__name")
)
AREA_FILTER = Choice(
    "area",
    gettext_lazy("Area"),
    lambda _page: [(str(one.pk), one.name) for one in Area.objects.order_by("name")],
)
