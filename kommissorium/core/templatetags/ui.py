"""Template tags for the parts of pages; the look of each is in templates/ui/."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from django import template
from django.core.paginator import Page
from django.db.models import Model
from django.forms import BaseForm
from django.forms.boundfield import BoundField
from django.http import HttpRequest
from django.template import Context
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from kommissorium.core.richtext import sanitise
from kommissorium.core.ui import localised
from kommissorium.core.ui.fields import FieldLayout, Width, has_options, laid_out, target_of
from kommissorium.core.ui.forms import FEW, FilterForm

register = template.Library()

register.filter("clock", localised.clock)
register.filter("day", localised.day)
register.filter("moment", localised.moment)
register.filter("kroner", localised.kroner)
register.filter("number", localised.number)

NOTICE_ICONS = {"info": "info", "success": "success", "warning": "warning", "error": "error"}
BADGE_ICONS = {"success": "check", "warning": "warning", "error": "error"}
PAGES_EITHER_SIDE = 2


@register.filter
def plain(value: object) -> str:
    """Return a number as its digits: a year, a key or an id never wants thousands separators."""
    return str(value)


@register.filter
def rich(html: str | None) -> SafeString:
    """Return formatted text, ready to show; nothing for empty text."""
    if not html:
        return SafeString()
    # data-scroll: a wide table in the text scrolls inside itself, by keyboard too.
    shown = '<div class="rich" data-scroll="{}">{}</div>'
    return format_html(shown, _("Text"), mark_safe(sanitise(html)))


@register.simple_block_tag(end_name="endcapture")
def capture(content: str) -> str:
    """Keep the content for later: {% capture as name %}…{% endcapture %}."""
    return content


# Forms


@register.inclusion_tag("ui/field.html")
def field(bound: BoundField, width: Width = "") -> dict[str, object]:
    """Show one field. `width` is short, medium or full; without it the kind of field decides."""
    layout: FieldLayout = laid_out(bound, width)
    return {"layout": layout, "field": bound, "has_options": has_options(bound)}


@register.inclusion_tag("ui/form_errors.html")
def form_errors(form: BaseForm) -> dict[str, object]:
    """Sum up the faults, with a link to each field; nothing where all is well."""
    rows = [
        (target_of(form[name]), form[name].label, error)
        for name in form.fields
        if form.is_bound and not form[name].is_hidden
        for error in form[name].errors
    ]
    hidden = [error for bound in form.hidden_fields() for error in bound.errors]
    general = [*form.non_field_errors(), *hidden] if form.is_bound else []
    return {"rows": rows, "general": general}


@register.inclusion_tag("ui/form_body.html")
def form_body(form: BaseForm) -> dict[str, object]:
    """Show a whole form except its <form> and its buttons."""
    return {"form": form}


# Small things


@register.simple_tag
@cache
def icon(name: str, css_class: str = "") -> SafeString:
    """Draw an icon of the design system. It says nothing to a screen reader: words go beside."""
    return format_html(
        '<svg class="icon-svg{}" focusable="false" aria-hidden="true"><use href="{}#{}"/></svg>',
        f" {css_class}" if css_class else "",
        static("vendor/icons.svg"),
        name,
    )


@register.inclusion_tag("ui/badge.html")
def badge(label: str, tone: str = "neutral") -> dict[str, object]:
    """Show a state in words; the tone adds a colour and a mark to them."""
    return {"label": label, "tone": tone, "icon": BADGE_ICONS.get(tone, "")}


@register.simple_block_tag(end_name="endnotice")
def notice(content: str, tone: str = "info", title: str = "", level: int = 2) -> str:
    """Show a message box. `level` is the heading's, where the page needs another than h2."""
    context = {"content": content, "tone": tone, "title": title, "heading": f"h{level}"}
    return render_to_string("ui/notice.html", {**context, "icon": NOTICE_ICONS[tone]})


@register.simple_block_tag(end_name="endcard")
def card(content: str, title: str = "", level: int = 2, tone: str = "") -> str:
    """Show content in a frame of its own, under a heading."""
    context = {"content": content, "title": title, "heading": f"h{level}", "tone": tone}
    return render_to_string("ui/card.html", context)


@register.simple_block_tag(end_name="endfold")
def fold(content: str, title: str, told: str = "", is_open: object = False, level: int = 2) -> str:
    """Show a heading with a word on what is inside; the rest when it is opened."""
    context = {"content": content, "title": title, "told": told, "is_open": is_open}
    return render_to_string("ui/fold.html", {**context, "heading": f"h{level}"})


@register.simple_block_tag(end_name="endfilters", takes_context=True)
def filters(
    context: Context,
    content: str,
    form: FilterForm,
    number: int,
    *,
    all_url: str = "?",
    all_label: str = "",
    also: object = False,
) -> str:
    """Show what narrows a list of that many rows; folded where few rows are found without it.

    Inside stand the form's hidden fields. `also` says that the list is narrowed by one of them.
    """
    narrows = bool(also) or form.narrows
    told = {
        "content": content,
        "form": form,
        "narrows": narrows,
        "is_folded": 0 < number <= FEW and not narrows,
        "all_url": all_url,
        "all_label": all_label,
        "sort": context["request"].GET.get("sort"),
    }
    return render_to_string("ui/filters.html", told)


@register.inclusion_tag("ui/date_block.html")
def date_block(value: date) -> dict[str, object]:
    """Show a day as a leaf of a calendar."""
    return {"value": value}


@register.inclusion_tag("ui/move_buttons.html", takes_context=True)
def move_buttons(context: Context, up_url: str, down_url: str, title: str) -> dict[str, object]:
    """Show Up and Down for one item in an order; an empty url is the end of the line."""
    return {
        "up_url": up_url,
        "down_url": down_url,
        "title": title,
        "csrf_token": context.get("csrf_token"),
    }


# Tables and lists


@register.simple_block_tag(end_name="endsortable")
def sortable(content: str, url: str) -> str:
    """Show a list whose order can be dragged; the new order is posted to `url` as order=id&….

    Inside stand `<li data-id="…" data-title="…">`, each with `{% move_buttons %}`: the way
    without a mouse. Both urls are given for every line; the ends hide theirs.
    """
    return render_to_string("ui/sortable.html", {"content": content, "url": url})


@register.simple_block_tag(end_name="endtable")
def table(content: str, caption: str, hide_caption: bool = False, css_class: str = "") -> str:
    """Show a table. On a phone its rows become cards; each td names its column in data-label."""
    context = {"content": content, "caption": caption, "hide_caption": hide_caption}
    return render_to_string("ui/table.html", {**context, "css_class": css_class})


@register.inclusion_tag("ui/sort_header.html", takes_context=True)
def sort_header(context: Context, column: str, label: str, default: str = "") -> dict[str, object]:
    """Show a column's heading as a link that sorts by it. Belongs inside a th.

    `default` is how the list is sorted where the address does not say, as given to sorted_by.
    """
    request: HttpRequest = context["request"]
    sort = request.GET.get("sort") or default
    state = {column: "ascending", f"-{column}": "descending"}.get(sort, "")
    wish = f"-{column}" if state == "ascending" else column
    url = with_query(request, sort=wish, page=None)
    marks = {"ascending": "sort-table-ascending", "descending": "sort-table-descending"}
    return {"label": label, "url": url, "state": state, "icon": marks.get(state, "sort-table-none")}


@register.inclusion_tag("ui/pagination.html", takes_context=True)
def pagination(context: Context, page: Page[Model]) -> dict[str, object]:
    """Show the links to the other pages of a list; nothing where there is only one."""
    request: HttpRequest = context["request"]
    pages = page.paginator.get_elided_page_range(
        page.number, on_each_side=PAGES_EITHER_SIDE, on_ends=1
    )
    links = [
        (number, with_query(request, page=number)) if isinstance(number, int) else (number, "")
        for number in pages
    ]
    return {
        "page": page,
        "links": links,
        "previous": _neighbour(request, page, -1),
        "next": _neighbour(request, page, 1),
    }


def _neighbour(request: HttpRequest, page: Page[Model], step: int) -> str:
    there = page.has_previous() if step < 0 else page.has_next()
    return with_query(request, page=page.number + step) if there else ""


def with_query(request: HttpRequest, **changes: Any) -> str:
    """Return the query string with some of its values changed, or taken out by None."""
    query = request.GET.copy()
    for key, value in changes.items():
        query.pop(key, None)
        if value is not None:
            query[key] = str(value)
    return f"?{query.urlencode()}"
