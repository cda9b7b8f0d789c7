"""Tags and filters of an asset's page, besides those of all pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.template import Context
from django.utils.safestring import SafeString

from kommissorium.assets.facts import label_of
from kommissorium.assets.map import BACKWARDS
from kommissorium.assets.models import Relation

register = template.Library()


@register.simple_tag(takes_context=True)
def part(context: Context, name: str, values: Mapping[str, Any]) -> SafeString:
    """Show a part of the page: the template of that name with values nobody else sees."""
    engine = context.template.engine  # type: ignore[union-attr]
    with context.push(**values):
        shown: SafeString = engine.get_template(name).render(context)
    return shown


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
