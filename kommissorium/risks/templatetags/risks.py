"""Template tags of risks: their tabs, their states and bands, and words for their events."""

from __future__ import annotations

from collections.abc import Sequence

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.assets.models import reads_whole_register
from kommissorium.core.templatetags.ui import badge
from kommissorium.registers.menu import Tab, TabLine
from kommissorium.risks.asking import reads_risks
from kommissorium.risks.models import Assessment, Band, Group
from kommissorium.risks.models.built_in import BUILT_IN
from kommissorium.risks.scope import label_of, state_of

register = template.Library()


@register.inclusion_tag("registers/tabs.html")
def risk_tabs(current: str, person: Person) -> dict[str, TabLine]:
    """Show the pages `person` has use for; `current` is the name of the address one is at."""
    more = []
    tabs = [
        Tab("risks", _("Overview of risks")),
        Tab("risk_list", _("Risks")),
    ]
    if reads_risks(person):
        tabs += [
            Tab("assessments", _("Risk assessments")),
            Tab("plan", _("Treatment plan")),
            Tab("acceptances", _("Accepted risks")),
        ]
    if reads_whole_register(person):
        tabs.append(Tab("risk_levels", _("Risk level")))
        more += [Tab("scales", _("Scales")), Tab("threats", _("Threat catalogue"))]
    if person.is_coordinator:
        more += [
            Tab("authority_limits", _("Limits of acceptance")),
            Tab("imports", _("Import"), ("risks",)),
        ]
    return {"line": TabLine(_("Risks"), current, tabs, more)}


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
