"""Template tags of registers, their proposals, and parts of pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.template import Context
from django.utils.safestring import SafeString

from kommissorium.registers.installed import registers, subject_kinds
from kommissorium.registers.standard_proposals import StandardProposal

register = template.Library()


@register.simple_tag(takes_context=True)
def proposal_name(context: dict[str, Any]) -> str:
    """Return what the proposal of an event is called."""
    kind = subject_kinds().get(context["kind"])
    return kind.named(context) if isinstance(kind, StandardProposal) else ""


@register.simple_tag
def register_name(code: str) -> str:
    """Return what a register is called; its code where it is not installed any more."""
    return next((str(one.label) for one in registers() if one.code == code), code)


@register.simple_tag(takes_context=True)
def part(context: Context, name: str, values: Mapping[str, Any]) -> SafeString:
    """Show a part of the page: the template of that name with values nobody else sees."""
    engine = context.template.engine  # type: ignore[union-attr]
    with context.push(**values):
        shown: SafeString = engine.get_template(name).render(context)
    return shown
