"""The papers attached to agenda items, typeset as PDF from texts of the folder."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.utils import timezone

from kommissorium.core.documents import render_pdf
from kommissorium.core.richtext import blocks_as_json, plain_text, to_blocks
from kommissorium.demo.people import MUNICIPALITY
from kommissorium.demo.texts import Sheet

TEMPLATE = Path(__file__).with_name("paper.typ")
PAGE_EACH = "Side pr. afsnit"
HEADING = re.compile(r"<h3>(.*?)</h3>", re.DOTALL)


def paper(sheet: Sheet) -> bytes:
    """Return the text as an accessible PDF, made at the present moment of the story.

    Its headings part it into sections; with the head line "Side pr. afsnit" each has a page.
    """
    facts = [(label, value) for label, value in sheet.head.items() if label != "Titel"]
    data = {
        "sheet": _frame(sheet.title),
        "facts": [{"label": label, "text": text} for label, text in facts if label != PAGE_EACH],
        "page_each": PAGE_EACH in sheet.head,
        "sections": _sections(sheet.body),
    }
    return render_pdf(TEMPLATE, data, made_at=timezone.now())


def _frame(title: str) -> Mapping[str, str]:
    return {
        "title": title,
        "author": MUNICIPALITY,
        "description": title,
        "language": "da",
        "footer": title,
        "page_pattern": "Side {page} af {pages}",
    }


def _sections(html: str) -> list[dict[str, Any]]:
    _before, *parts = HEADING.split(html)
    return [
        {"title": plain_text(title), "blocks": blocks_as_json(to_blocks(text))}
        for title, text in zip(parts[::2], parts[1::2], strict=True)
    ]
