"""The lists of the registers, as tabs above each of them."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.assets.models import reads_whole_register
from kommissorium.registers.menu import Tab, TabLine

register = template.Library()


@register.inclusion_tag("registers/tabs.html")
def register_tabs(current: str, person: Person) -> dict[str, TabLine]:
    """Show the lists `person` has a use for; `current` is the name of the present address."""
    tabs, more = [Tab("assets", _("Systems, data and archives"))], []
    if reads_whole_register(person):
        tabs += [
            Tab("owners", _("Owners")),
            Tab("completeness", _("Completeness")),
            Tab("suppliers", _("Suppliers")),
            Tab("attestation_rounds", _("Owners' statements")),
        ]
        more += [Tab("demands", _("Documents demanded"))]
    if person.is_coordinator:
        more += [
            Tab("imports", _("Import"), ("assets",)),
            Tab("areas", _("Areas")),
            Tab("register_settings", _("Settings of the registers")),
        ]
    return {"line": TabLine(_("Registers"), current, tabs, more)}
