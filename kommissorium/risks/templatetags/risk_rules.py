"""Words for the events of threats and levels."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _

from kommissorium.risks.models import Group
from kommissorium.risks.models.built_in import BUILT_IN

register = template.Library()


@register.simple_tag
def threat_name(code: str, name: str) -> str:
    """Return what a threat is called: its own name, or the built-in one."""
    if name or code not in BUILT_IN:
        return name
    return str(BUILT_IN[code].name)


@register.simple_tag
def level_name(year: int, group: str) -> str:
    """Return the year of a level, and its category where it has one: "2026 (Suppliers)"."""
    if not group:
        return str(year)
    words = {"year": year, "category": Group(group).label}
    return _("%(year)d (%(category)s)") % words
