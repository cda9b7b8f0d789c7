"""The words of roles in assets."""

from __future__ import annotations

from django import template

from kommissorium.assets.models import Role

register = template.Library()


@register.simple_tag
def role_name(code: str) -> str:
    """Return the name of a role."""
    return str(Role(code).label)


@register.filter
def count_of(row: object, role: str) -> int:
    """Return the number of assets a person of the list of owners has in the role."""
    return int(getattr(row, f"{role}_count"))
