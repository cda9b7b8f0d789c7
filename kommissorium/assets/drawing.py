"""The cells of the list of assets, drawn quickly: a page of it has hundreds of them."""

from __future__ import annotations

from django.template.loader import render_to_string
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from kommissorium.assets.columns import Cell, Layout
from kommissorium.assets.rows import Row
from kommissorium.core.templatetags.ui import badge

EMPTY = SafeString("–")
OPENING = '<td data-label="{}"><div>'
WORDY = '<td data-label="{}" class="asset-words"><div>'


class Cells:
    """Draws the cells of rows; a state that comes again is not drawn anew."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._openings = {
            code: format_html(WORDY if code == "purpose" else OPENING, heading)
            for code, heading in layout.labels.items()
        }
        self._badges: dict[tuple[str, str], SafeString] = {}

    def drawn(self, row: Row) -> SafeString:
        """Return the cells of a row, each with the heading that a narrow screen shows beside it."""
        cells = (
            f"{opening}{self._inside(self._layout.cell(row, code))}</div></td>"
            for code, opening in self._openings.items()
        )
        return mark_safe("".join(cells))

    def _inside(self, cell: Cell) -> SafeString:
        text = self._badge(cell.text, cell.tone) if cell.tone else escape(cell.text)
        if not cell.mark:
            return text or EMPTY
        mark = self._badge(cell.mark, "warning")
        return format_html("{} {}", text, mark) if text else mark

    def _badge(self, text: str, tone: str) -> SafeString:
        if (text, tone) not in self._badges:
            self._badges[text, tone] = SafeString(
                render_to_string("ui/badge.html", badge(text, tone))
            )
        return self._badges[text, tone]
