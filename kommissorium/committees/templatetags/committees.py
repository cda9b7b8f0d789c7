"""Template filters that word the codes of seats."""

from __future__ import annotations

from django import template

from kommissorium.committees.models import Clause

register = template.Library()

_ROLES = {str(value): label for value, label in Clause.Role.choices}


@register.simple_tag
def seat_name(role: str, function: str = "") -> str:
    """Return the name of a seat: its role in words, and the function where it has one."""
    return ", ".join(filter(None, [str(_ROLES.get(role, "")), function]))
