"""The minutes as a Word document."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import override

from kommissorium.core import documents
from kommissorium.core.richtext import Paragraph, Run, printable
from kommissorium.meetings.minutes.content import minutes_content
from kommissorium.meetings.minutes.layout import WIDTHS, Content, Item, Section, WordedLine
from kommissorium.meetings.minutes.model import Protocol


def minutes_docx(protocol: Protocol) -> bytes:
    """Return the minutes as .docx. Attachments are listed with their hashes, not inside."""
    with override(protocol.language):
        content = minutes_content(protocol)
        word = documents.WordDocument(_frame(protocol, content))
        _head(word, content)
        for place, item in enumerate(content.items, start=1):
            _item(word, item, place)
        for section in (*content.after, *content.annex):
            _section(word, section)
        return word.to_bytes()


def _frame(protocol: Protocol, content: Content) -> documents.WordFrame:
    sheet = content.sheet
    return documents.WordFrame(
        title=sheet["title"],
        author=sheet["author"],
        language=protocol.language,
        made_at=protocol.made_at,
        footer=" · ".join(filter(None, (content.draft, sheet["footer"]))),
        page_pattern=sheet["page_pattern"],
    )


def _head(word: documents.WordDocument, content: Content) -> None:
    word.paragraph(content.municipality, strong=True)
    word.title(content.sheet["title"], content.committee)
    for fact in content.facts:
        word.fact(fact.label, fact.text, fact.href)
    if content.draft:
        word.paragraph(f"{content.draft}. {content.warning}", strong=True)
    for section in (*content.before, *content.decided):
        _section(word, section)
    if content.people:
        word.heading(content.words["people"])
    for section in content.people:
        _section(word, section)
    if content.has_contents:
        _contents(word, content)


def _contents(word: documents.WordDocument, content: Content) -> None:
    word.heading(content.words["items"])
    for place, item in enumerate(content.items, start=1):
        closed = f" ({content.words['closed'].lower()})" if item.is_closed else ""
        word.link_line(f"{item.full_title}{closed}", _bookmark(place))
    if not content.items:
        word.paragraph(content.words["no_items"])


def _item(word: documents.WordDocument, item: Item, place: int) -> None:
    word.heading(item.full_title, bookmark=_bookmark(place))
    if item.marks:
        word.paragraph(" · ".join(item.marks), strong=True)
    for line in item.remarks:
        _line(word, line)
    for section in item.sections:
        _section(word, section)


def _section(word: documents.WordDocument, section: Section) -> None:
    word.heading(section.heading, level=section.level)
    if section.lead:
        word.paragraph(section.lead, strong=True)
    word.blocks(section.blocks)
    for line in section.lines:
        _line(word, line)
    if grid := section.grid:
        widths = WIDTHS[grid.kind]
        word.table(grid.head, grid.rows, widths=widths, description=section.heading)


def _line(word: documents.WordDocument, line: WordedLine) -> None:
    word.blocks([Paragraph(tuple(_runs(line)))])
    if line.code:
        word.paragraph(line.code, quiet=True)


def _runs(line: WordedLine) -> Iterator[Run]:
    if line.label:
        yield Run(printable(line.label), strong=True)
    yield Run(printable(line.text))
    for more in line.more:
        yield Run("\n")
        yield from _runs(more)


def _bookmark(place: int) -> str:
    return f"item_{place}"
