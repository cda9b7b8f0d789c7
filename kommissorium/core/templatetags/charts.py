"""Template tag for pictures of numbers: the drawing, and its numbers one press away."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString, mark_safe

from kommissorium.core.charts.fields import Bar
from kommissorium.core.charts.svg import Picture, svg_of

register = template.Library()


@register.simple_tag
def chart(picture: Picture) -> SafeString:
    """Draw a picture. Its numbers stand beside it: in words, or in a table (chart_numbers)."""
    return mark_safe(svg_of(picture))


@register.inclusion_tag("charts/numbers.html")
def chart_numbers(caption: str, head: list[str], rows: list[list[str]]) -> dict[str, object]:
    """Show the numbers of pictures as a table that is folded; the first cell of a row names it."""
    labelled = [(row[0], list(zip(head[1:], row[1:], strict=True))) for row in rows]
    return {"caption": caption, "head": head, "rows": labelled}


@register.inclusion_tag("charts/share.html")
def share(percent: int | None, said: str = "") -> dict[str, object]:
    """Show a percentage as a bar with its number, or what is `said` instead; a dash for None."""
    return {"percent": percent, "said": said, "bar": Bar([percent or 0])}
