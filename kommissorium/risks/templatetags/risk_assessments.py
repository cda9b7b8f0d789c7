"""Template tags of the pages of assessments, beside those of all pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kommissorium.core.templatetags.ui import badge
from kommissorium.risks.models import Assessment, Band
from kommissorium.risks.scope import label_of, state_of

register = template.Library()


@register.filter
def risk_field_words(names: Sequence[str]) -> str:
    """Return what people call the fields of these names, between commas."""
    labels = (label_of(name) for name in names)
    return ", ".join(label[:1].lower() + label[1:] for label in labels)


@register.inclusion_tag("ui/badge.html")
def assessment_state(assessment: Assessment) -> dict[str, object]:
    """Show the state of an assessment."""
    return badge(*state_of(assessment))


@register.simple_tag
def risk_mark(band: Band | None) -> SafeString:
    """Show a band of risk as its word on its colour; in words where there is none yet."""
    if band is None:
        return format_html('<span class="quiet">{}</span>', _("Not assessed"))
    return format_html('<span class="risk-mark risk-{}">{}</span>', band.tone, band.name)


@register.simple_tag(takes_context=True)
def risk_part(context: Context, name: str, values: Mapping[str, Any]) -> SafeString:
    """Show a part of a page: the template of that name, with values nobody else sees."""
    engine = context.template.engine  # type: ignore[union-attr]
    with context.push(**values):
        shown: SafeString = engine.get_template(name).render(context)
    return shown
