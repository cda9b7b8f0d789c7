"""Template tags of the registers: their tabs, and words of documents, fields, relations and roles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.accounts.models import Person
from kommissorium.assets.facts import label_of
from kommissorium.assets.map import BACKWARDS
from kommissorium.assets.models import Relation, Role, reads_whole_register
from kommissorium.assets.models.kinds import BUILT_IN
from kommissorium.registers.menu import Tab, TabLine

register = template.Library()

STATES: Final = {
    "current": (gettext_lazy("Current"), "success"),
    "soon": (gettext_lazy("Expires soon"), "warning"),
    "expired": (gettext_lazy("Expired"), "error"),
    "missing": (gettext_lazy("Missing"), "error"),
    "waived": (gettext_lazy("Not needed"), "neutral"),
}


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


@register.filter
def field_words(names: Sequence[str]) -> str:
    """Return the labels of the fields of these names, between commas."""
    labels = (label_of(name) for name in names)
    return ", ".join(label[:1].lower() + label[1:] for label in labels)


@register.filter
def relation_words(kind: str, backwards: bool) -> str:
    """Return a relation as it is read from its first asset, or backwards from its second."""
    return str(BACKWARDS[kind] if backwards else Relation.Kind(kind).label)


@register.filter
def unit(value: float, shift: float = 0) -> str:
    """Return a length of the picture, moved by `shift`, in digits no language changes."""
    return f"{value + float(shift):g}"


@register.simple_tag
def role_name(code: str) -> str:
    """Return the name of a role."""
    return str(Role(code).label)


@register.filter
def count_of(row: object, role: str) -> int:
    """Return the number of assets a person of the list of owners has in the role."""
    return int(getattr(row, f"{role}_count"))
