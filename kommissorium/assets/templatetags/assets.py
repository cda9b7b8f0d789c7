"""The lists of the registers, as tabs above each of them."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.assets.models import reads_whole_register

register = template.Library()


@register.inclusion_tag("assets/tabs.html")
def register_tabs(current: str, person: Person) -> dict[str, Any]:
    """Show the lists `person` has use for; `current` is the name of the address one is at."""
    tabs = [("assets", _("Systems, data and archives"))]
    if reads_whole_register(person):
        tabs += [
            ("owners", _("Owners")),
            ("completeness", _("Completeness")),
            ("demands", _("Documents demanded")),
            ("suppliers", _("Suppliers")),
            ("attestation_rounds", _("Owners' statements")),
        ]
    tabs += [("guidelines", _("Guidelines for owners"))]
    if person.is_coordinator:
        tabs += [
            ("imports", _("Import")),
            ("areas", _("Areas")),
            ("register_settings", _("Settings of the registers")),
        ]
    return {"tabs": [(label, _url(name), name == current) for name, label in tabs]}


def _url(name: str) -> str:
    try:
        return reverse(name, args=["assets"] if name == "imports" else [])
    except NoReverseMatch:
        return ""
