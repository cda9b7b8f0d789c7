"""A form of a row that is of an area, or of the whole municipality."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from kommissorium.registers.forms.rows import RowForm


class AreaRowForm(RowForm):
    """Offers the areas that are in use, and none for the whole municipality."""

    def field_of(self, name: str) -> forms.Field:
        found: Any = super().field_of(name)
        if name == "area":
            areas = found.queryset.model
            found.queryset = areas.objects.in_use().order_by("name")
            found.empty_label = _("The whole municipality")
        return found  # type: ignore[no-any-return]
