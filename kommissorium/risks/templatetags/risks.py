"""The pages of the register of risks, as tabs above each of them."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.assets.models import reads_whole_register
from kommissorium.registers.menu import Tab, TabLine

register = template.Library()


@register.inclusion_tag("registers/tabs.html")
def risk_tabs(current: str, person: Person) -> dict[str, TabLine]:
    """Show the pages `person` has use for; `current` is the name of the address one is at."""
    more = []
    tabs = [
        Tab("risks", _("Overview of risks")),
        Tab("risk_list", _("Risks")),
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
