"""The pages of the register of risks, as tabs above each of them."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.assets.models import reads_whole_register

register = template.Library()


@register.inclusion_tag("risks/tabs.html")
def risk_tabs(current: str, person: Person) -> dict[str, Any]:
    """Show the pages `person` has use for; `current` is the name of the address one is at."""
    tabs = [
        ("risks", _("Overview of risks")),
        ("risk_list", _("Risks")),
        ("assessments", _("Risk assessments")),
        ("plan", _("Treatment plan")),
        ("acceptances", _("Accepted risks")),
    ]
    if reads_whole_register(person):
        tabs += [
            ("risk_levels", _("Risk level")),
            ("scales", _("Scales")),
            ("threats", _("Threat catalogue")),
        ]
    if person.is_coordinator:
        tabs += [
            ("authority_limits", _("Limits of acceptance")),
            ("imports", _("Import")),
        ]
    return {"tabs": [(label, url, name == current) for name, label in tabs if (url := _url(name))]}


def _url(name: str) -> str:
    try:
        return reverse(name, args=["risks"] if name == "imports" else [])
    except NoReverseMatch:
        return ""
