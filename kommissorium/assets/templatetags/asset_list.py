"""Controls of the list of assets, drawn quickly: they offer dozens of choices on every page."""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.forms.boundfield import BoundField
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
CHOSEN = {True: mark_safe(" selected"), False: ""}
TICKED = {True: mark_safe(" checked"), False: ""}


@register.simple_tag
def select(bound: BoundField) -> SafeString:
    """Draw a field as a list of choices, the one in the address chosen."""
    value = bound.value() or ""
    options = format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((key, CHOSEN[key == value], word) for key, word in bound.field.choices),  # type: ignore[attr-defined]
    )
    start = '<select class="form-select" name="{}" id="{}">{}</select>'
    return format_html(start, bound.html_name, bound.id_for_label, options)


@register.simple_tag
def ticks(name: str, choices: Iterable[tuple[str, str, bool]]) -> SafeString:
    """Draw boxes to tick: the code, the word and whether it is ticked, all of one name."""
    return format_html_join(
        "",
        '<div class="form-group-checkbox"><input class="form-checkbox" type="checkbox"'
        ' name="{}" value="{}" id="{}-{}"{}><label for="{}-{}">{}</label></div>',
        (
            (name, code, name, code, TICKED[ticked], name, code, word)
            for code, word, ticked in choices
        ),
    )
