"""Template filters for the laws by which incidents are notified."""

from __future__ import annotations

from django import template

from kommissorium.incidents.laws import LAWS, rule_of

register = template.Library()


@register.filter
def rule_label(code: str) -> str:
    """Return the name of a notification; its code where the rule is no longer on the list."""
    try:
        return rule_of(code).label
    except LookupError:
        return code


@register.filter
def law_label(code: str) -> str:
    """Return the name of a law."""
    return LAWS.get(code, code)
