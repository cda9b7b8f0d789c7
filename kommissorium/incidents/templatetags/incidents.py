"""What templates say of the laws by which incidents are told of."""

from __future__ import annotations

from django import template

from kommissorium.incidents.laws import LAWS, rule_of

register = template.Library()


@register.filter
def rule_label(code: str) -> str:
    """Return what a notification is called; its code where the rule is not on the list any more."""
    try:
        return rule_of(code).label
    except LookupError:
        return code


@register.filter
def law_label(code: str) -> str:
    """Return what a law is called."""
    return LAWS.get(code, code)
