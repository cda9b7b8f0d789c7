"""Reports on a quarter or a year as PDF, as Word and as plain data, in both editions."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kommissorium.accounts.models import WordTemplate
from kommissorium.accounts.word_templates import in_own_template
from kommissorium.core import documents
from kommissorium.core.charts.fields import SmallMatrix
from kommissorium.core.documents import render_pdf
from kommissorium.core.documents.about import about_document
from kommissorium.core.json_schemas import with_schema
from kommissorium.core.ui.localised import day
from kommissorium.registers.documents.record import Fact, new_word
from kommissorium.registers.status import StatusFigure, figures_of, is_compared, noughts_told
from kommissorium.reports.models.written_parts import Closes
from kommissorium.reports.tiles import Tile

TEMPLATE: Final = Path(__file__).with_name("periodic_report.typ")
MOST_MARK: Final = 40  # letters that Word keeps of a bookmark's name
WIDTHS: Final = (82, 26, 26, 26)  # of a table of figures, in millimetres

type Content = Mapping[str, Any]
type Table = tuple[str, Sequence[str], Sequence[Sequence[str]]]


def report_pdf(content: Content, description: str, *, made_at: datetime) -> bytes:
    """Return it as an accessible PDF; one that is not approved is marked as a draft."""
    footer = f"{content['municipality']}, {content['title']}"
    sheet = about_document(
        content["title"], description, author=content["municipality"], footer=footer
    )
    data = {
        "sheet": sheet,
        "facts": [{"label": label, "text": text, "href": ""} for label, text in _facts(content)],
        "draft": "" if content["decision"] else _("DRAFT"),
        "parts": [
            {
                "heading": part["heading"],
                "text": _text(part),
                "figures": figure_table(content, part),
                "notes": [*_notes(part), *filter(None, [noughts_told(figures_of(part))])],
                "columns": part["columns"],
                "rows": part["rows"],
            }
            for part in content["parts"]
        ],
    }
    return render_pdf(TEMPLATE, data, made_at=made_at)


def word_mark(content: Content, kind: str, code: str = "") -> str:
    """Return the name of the bookmark of a part's text, or of its figures, in Word.

    It says of which one it is and in which language. What is not taken back has none.
    """
    key, of = content.get("key"), content.get("of", "s")[0]
    return f"{kind}_{get_language() or 'da'}_{of}{key}_{code}"[:MOST_MARK] if key else ""


def report_word(content: Content, kind: str = WordTemplate.Kind.STATUS) -> bytes:
    """Return it as Word in the municipality's template; one not approved says so.

    Figures stand under a heading of their own: they are never read back as text.
    """
    state = "" if content["decision"] else _("DRAFT")
    document = new_word(content["title"], content["municipality"], state)
    for label, text in _facts(content):
        document.fact(label, text)
    for part in content["parts"]:
        document.heading(part["heading"], bookmark=word_mark(content, "part", part["code"]))
        for line in filter(None, _text(part).splitlines()):
            document.paragraph(line)
        _word_tables(document, content, part)
    if end := word_mark(content, "end"):
        document.end_mark(end)
    closed = [(part["heading"], note) for part in content["parts"] if (note := closed_note(part))]
    for heading, note in closed if end else ():
        document.fact(heading, note)
    values = {
        "title": content["title"],
        "committee": content["committee"],
        "date": content["label"],
        "municipality": content["municipality"],
        "state": "" if content["decision"] else _("DRAFT"),
    }
    return in_own_template(kind, document.to_bytes(), values)


def report_json(content: Content, schema: str) -> bytes:
    """Return it as plain data, as its record keeps it."""
    data = with_schema(schema, {**content, "is_draft": not content["decision"]})
    return json.dumps(data, ensure_ascii=False, indent=2).encode()


def _word_tables(
    document: documents.WordDocument, content: Content, part: Mapping[str, Any]
) -> None:
    figures = figure_table(content, part)
    notes = _notes(part)
    mark = word_mark(content, "figures", part["code"])
    pictures = list(picture_tables(part.get("pictures", {})))
    if mark and (part["figures"] or part["rows"] or pictures):
        heading = _("Figures: %(part)s") % {"part": part["heading"]}
        document.heading(heading, level=3, bookmark=mark)
    if figures["rows"]:
        columns, lines = figures["columns"], figures["rows"]
        wide = WIDTHS[: len(columns)]
        document.table(columns, lines, widths=wide, description=part["heading"])
    if said := noughts_told(figures_of(part)):  # a table of one cell is never read back as text
        document.table([_("Figures")], [[said]], widths=(160,), description=part["heading"])
    for note in notes[bool(mark and closed_note(part)) :]:  # a closing is never read as text
        document.paragraph(note, quiet=True)
    tables = [
        *pictures,
        *([(part["heading"], part["columns"], part["rows"])] if part["rows"] else []),
    ]
    for name, columns, lines in tables:
        widths = [160 // len(columns)] * len(columns)
        widths[0] += 160 - sum(widths)
        document.table(columns, lines, widths=widths, description=name)


def picture_tables(pictures: Mapping[str, Any]) -> Iterator[Table]:
    """Yield the numbers of the pictures of a part as tables: a name, columns, and rows."""
    if tiles := [Tile(**one) for one in pictures.get("tiles", ())]:
        columns = [_("What"), *tiles[0].quarters, _("Change since")]
        yield _("Four quarters"), columns, [[one.label, *one.said, one.step] for one in tiles]
    for matrix in map(SmallMatrix.of, pictures.get("matrices", ())):
        columns, rows = matrix.table
        yield matrix.name, [f"{matrix.name}: {columns[0]}", *columns[1:]], rows


def _facts(content: Content) -> Iterator[Fact]:
    first, last = (day(date.fromisoformat(content[name])) for name in ("first", "last"))
    yield _("Committee"), content["committee"]
    if content.get("edition") == "open":
        yield _("Edition"), _("Without what is closed, for access to documents")
    if top := content.get("top_management"):
        yield _("Top management"), top
    yield _("Time"), _("%(first)s to %(last)s") % {"first": first, "last": last}
    if content["decision"]:
        yield _("Approved by decision"), content["decision"]
        if changes := content.get("decided_changes"):
            yield _("Approved with changes"), changes
    else:
        yield _("State"), _("Not approved yet")
    yield _("Figures"), _("As they were known on %(day)s") % {"day": last}


def figure_table(content: Content, part: Mapping[str, Any]) -> dict[str, Any]:
    """Return the `columns` and `rows` of its figures.

    No rows where all are 0, which is a sentence, and no columns of the time before where nothing
    is known of it.
    """
    figures = figures_of(part)
    return table_of([] if noughts_told(figures) else figures, content)


def table_of(figures: Sequence[StatusFigure], content: Content) -> dict[str, Any]:
    """Return figures as `columns` and `rows`."""
    wide = 4 if is_compared(figures) else 2
    columns = [_("What"), content["label"], content["before"], _("Change since")]
    rows = [[one.label, one.shown, one.shown_before, one.change_in_words] for one in figures]
    return {"columns": columns[:wide], "rows": [row[:wide] for row in rows]}


def _notes(part: Mapping[str, Any]) -> list[str]:
    """Return that it is closed, and what was corrected later, a sentence each."""
    corrected = [f"{one.label}: {one.correction}" for one in figures_of(part) if one.correction]
    return [*filter(None, [closed_note(part)]), *corrected]


def closed_note(part: Mapping[str, Any]) -> str:
    """Return what of a part is closed and on which ground, in both editions; "" for nothing."""
    if not part.get("closes"):
        return ""
    text = _("The whole part is closed: %(ground)s")
    if part["closes"] == Closes.TABLE:
        text = _("Its table is closed: %(ground)s")
    return text % {"ground": part["closed_ground"]}


def _text(part: Mapping[str, Any]) -> str:
    if part["text"]:
        return str(part["text"])
    return _("There is nothing to tell.") if part["is_empty"] else ""
