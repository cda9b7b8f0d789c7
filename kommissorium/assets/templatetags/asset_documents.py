"""Names and states of documents, in the words of the page."""

from __future__ import annotations

from typing import Final

from django import template
from django.utils.translation import gettext_lazy as _

from kommissorium.assets.models.kinds import BUILT_IN

register = template.Library()

STATES: Final = {
    "current": (_("Current"), "success"),
    "soon": (_("Expires soon"), "warning"),
    "expired": (_("Expired"), "error"),
    "missing": (_("Missing"), "error"),
    "waived": (_("Not needed"), "neutral"),
}


@register.simple_tag
def document_name(code: str, name: str) -> str:
    """Return the name of a kind of document, from the chain's facts about it."""
    return name or (str(BUILT_IN[code].name) if code in BUILT_IN else code)


@register.filter
def state_label(state: str) -> str:
    """Return a state of Required.state_on() in words."""
    return str(STATES[state][0])


@register.filter
def state_tone(state: str) -> str:
    return STATES[state][1]
