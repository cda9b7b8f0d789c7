"""Template filters of the reports' pages."""

from __future__ import annotations

from django import template

from kommissorium.reports.documents import Table, picture_tables
from kommissorium.reports.models.written_parts import WrittenPart

register = template.Library()


@register.filter
def numbers_drawn(part: WrittenPart) -> list[Table]:
    """Return the numbers of a part's pictures, a table each: its name, columns and rows."""
    return list(picture_tables(part.pictures))
