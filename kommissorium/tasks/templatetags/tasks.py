"""Template filter that words a quarter."""

from __future__ import annotations

from datetime import date

from django import template

from kommissorium.tasks import quarters

register = template.Library()


@register.filter
def quarter_name(quarter: date) -> str:
    """Return "1. kvartal 2027"."""
    return quarters.quarter_name(quarter)
