"""Template tags of projects and technical measures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

from kommissorium.registers.requirements import AREAS

register = template.Library()


@register.simple_tag(takes_context=True)
def measure_name(context: Mapping[str, Any]) -> str:
    """Return what the measure of an event is called, in the reader's language."""
    return str(AREAS.get(context["area"], context["name"]))
