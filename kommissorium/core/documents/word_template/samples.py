"""A Word template to begin from, and a sample document to try one with."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.core import documents
from kommissorium.core.documents.about import about_document
from kommissorium.core.documents.word_template import CONTENT, MARKS, braced, fill
from kommissorium.core.richtext import to_blocks

if TYPE_CHECKING:
    from kommissorium.core.documents.word import WordDocument

# What a sample shows of texts.
TEXTS: Final = gettext_lazy(
    "<p>A paragraph of text with <strong>strong</strong> words.</p><ul><li>A point</li>"
    "<li>Another point</li></ul><ol><li>First</li><li>Second</li></ol>"
    "<blockquote><p>What somebody said</p></blockquote>"
)
NO_MOMENT: Final = datetime(2026, 1, 1, tzinfo=UTC)  # the same template is the same bytes


def starter() -> bytes:
    """Return our own layout as a template with all marks, in the active language."""
    sheet = about_document(_("Template"), "", author="", footer="")
    word = _empty(sheet)
    mark = {name: braced(words[sheet["language"] != "da"]) for name, words in MARKS.items()}
    word.paragraph(mark["municipality"], strong=True)
    word.title(mark["title"], mark["committee"])
    word.paragraph(f"{mark['date']} {mark['state']}")
    word.paragraph(mark[CONTENT])
    return word.to_bytes()


def sample(template: bytes, values: Mapping[str, str]) -> bytes:
    """Return a page of everything a document can hold, in the template. Raises TemplateRefused."""
    word = _empty(about_document(values["title"], "", author=values["municipality"], footer=""))
    word.title(values["title"], values["committee"])
    word.heading(_("A heading"))
    word.fact(_("A fact"), values["date"])
    word.heading(_("A smaller heading"), level=2)
    word.blocks(to_blocks(str(TEXTS)))
    head, row = (_("Column"), _("Another column")), (_("A cell"), _("Another cell"))
    word.table(head, [row, row], widths=(80, 80), description=_("A table"))
    return fill(template, word.to_bytes(), values)


def _empty(sheet: Mapping[str, str]) -> WordDocument:
    frame = documents.WordFrame(
        title=sheet["title"],
        author=sheet["author"],
        language=sheet["language"],
        made_at=NO_MOMENT,
        footer=sheet["footer"],
        page_pattern=sheet["page_pattern"],
    )
    return documents.WordDocument(frame)
