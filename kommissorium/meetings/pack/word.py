"""The pack as a Word document."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from kommissorium.core import documents
from kommissorium.core.richtext import to_blocks
from kommissorium.meetings.pack.content import pack_data
from kommissorium.meetings.pack.model import Pack, PackItem


def pack_docx(pack: Pack) -> bytes:
    """Return the pack as .docx. Attachments are listed with their hashes, not inside."""
    with override(pack.language):
        data = pack_data(pack)
        word = documents.WordDocument(_frame(pack, data["sheet"], data["draft"]))
        _cover(word, data)
        for item, row in zip(pack.items, data["items"], strict=True):
            _item(word, item, row, data["words"])
        return word.to_bytes()


def _frame(pack: Pack, sheet: dict[str, str], draft: str) -> documents.WordFrame:
    return documents.WordFrame(
        title=sheet["title"],
        author=sheet["author"],
        language=pack.language,
        made_at=pack.made_at,
        footer=" · ".join(filter(None, (draft, sheet["footer"]))),
        page_pattern=sheet["page_pattern"],
    )


def _cover(word: documents.WordDocument, data: dict[str, Any]) -> None:
    words = data["words"]
    word.paragraph(data["municipality"], strong=True)
    word.title(data["sheet"]["title"], data["committee"])
    for fact in data["facts"]:
        word.fact(fact["label"], fact["text"], fact["href"])
    for note in filter(None, (data["draft"], *data["notes"])):
        word.paragraph(note, strong=True)
    word.heading(words["items"])
    for row in data["items"]:
        closed = f" ({words['closed'].lower()})" if row["closed"] else ""
        word.link_line(f"{row['number']}. {row['title']}{closed}", _bookmark(row))
    if not data["items"]:
        word.paragraph(words["no_items"])
    if data["seats"]:
        word.heading(words["members"])
        head = [words[name] for name in ("role", "function", "name", "deputy")]
        word.table(head, data["seats"], widths=(28, 56, 38, 38), description=words["members"])
    if data["items"]:
        word.page_break()


def _item(
    word: documents.WordDocument, item: PackItem, row: dict[str, Any], words: dict[str, str]
) -> None:
    word.heading(f"{row['number']}. {row['title']}", bookmark=_bookmark(row))
    marks = [words["closed"]] if row["closed"] else []
    marks += [row["type"]] if row["type"] else []
    if marks:
        word.paragraph(" · ".join(marks), strong=True)
    if row["ground"]:
        word.paragraph(row["ground"])
    for remark in row["remarks"]:
        word.paragraph(remark, strong=True)
    texts = (
        (item.recommendation_html, "recommendation"),
        (item.presentation_html, "presentation"),
        (item.facts_html, "registers"),
    )
    for html, name in texts:
        if row[name]:
            word.heading(words[name], level=2)
            word.blocks(to_blocks(html))
    if row["annexes"]:
        _annexes(word, row, words)


def _annexes(word: documents.WordDocument, row: dict[str, Any], words: dict[str, str]) -> None:
    word.heading(words["annexes"], level=2)
    head = [words[name] for name in ("number", "file", "kind", "size")]
    rows = [
        (
            annex["number"],
            f"{annex['name']}\nSHA-256 {annex['sha256']}",
            annex["kind"],
            annex["size"],
        )
        for annex in row["annexes"]
    ]
    description = _("Annexes to item %(number)s") % {"number": row["number"]}
    word.table(head, rows, widths=(14, 104, 18, 24), description=description)


def _bookmark(row: dict[str, Any]) -> str:
    return f"item_{row['number']}"
