"""Controls of lists, drawn quickly: they offer dozens of choices on every page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from kommissorium.registers.lists.columns import Column
from kommissorium.registers.lists.filters import LONGEST, Wish

register = template.Library()
CHOSEN = {True: mark_safe(" selected"), False: ""}
TICKED = {True: mark_safe(" checked"), False: ""}


@register.simple_tag
def list_control(wish: Wish) -> SafeString:
    """Draw what a list can be narrowed by, with its label."""
    return CONTROLS[wish.filter.control](wish)


@register.simple_tag
def column_ticks(columns: Iterable[Column], shown: Iterable[Column]) -> SafeString:
    """Draw a box to tick for each column, those shown ticked."""
    codes = {one.code for one in shown}
    rows = ((one.code, one.label, TICKED[one.code in codes]) for one in columns)
    return format_html_join("", _tick("columns", "{0}", "columns-{0}"), rows)


def _tick(name: str, value: str, key: str) -> str:
    """Return how a box to tick is drawn, of a value, words and whether it is ticked."""
    return (
        f'<div class="form-group-checkbox"><input class="form-checkbox" type="checkbox"'
        f' name="{name}" value="{value}" id="{key}"{{2}}><label for="{key}">{{1}}</label></div>'
    )


def _flag(wish: Wish) -> SafeString:
    return format_html(_tick("{0}", "1", "id_{0}"), wish.code, wish.label, TICKED[bool(wish.value)])


def _select(wish: Wish) -> SafeString:
    options = format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((value, CHOSEN[value == wish.value], word) for value, word in wish.choices),
    )
    return format_html(
        '<div class="form-group"><label class="form-label" for="id_{0}">{1}</label>'
        '<select class="form-select" name="{0}" id="id_{0}">{2}</select></div>',
        wish.code,
        wish.label,
        options,
    )


def _text(wish: Wish, kind: str = "text", more: str = "") -> SafeString:
    return format_html(
        '<div class="form-group{5}"><label class="form-label" for="id_{0}">{1}</label>'
        '<input class="form-input" type="{4}" name="{0}" id="id_{0}" maxlength="{3}" value="{2}">'
        "</div>",
        wish.code,
        wish.label,
        wish.text,
        LONGEST,
        kind,
        more,
    )


def _search(wish: Wish) -> SafeString:
    return _text(wish, "search", " form-group-search")


CONTROLS: Final[Mapping[str, Callable[[Wish], SafeString]]] = {
    "search": _search,
    "select": _select,
    "text": _text,
    "tick": _flag,
}
