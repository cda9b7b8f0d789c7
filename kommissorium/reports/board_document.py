"""The report to the executive board on two pages: the answer and its pictures, then the details."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext as _

from kommissorium.core.charts.fields import SmallMatrix
from kommissorium.core.charts.svg import svg_of
from kommissorium.core.documents import render_pdf
from kommissorium.core.documents.about import about_document
from kommissorium.core.ui.localised import day, kroner
from kommissorium.registers.status import CONCLUSION
from kommissorium.reports.documents import closed_note, figure_table
from kommissorium.reports.models.board_reports import ASKS
from kommissorium.reports.tiles import Tile

TEMPLATE: Final = Path(__file__).with_name("board_report.typ")
NAMED: Final = 3  # of the greatest risks are named on the first page
OWN: Final = (CONCLUSION, "risks", ASKS)  # the parts that have a place of their own

type Content = Mapping[str, Any]
type Part = Mapping[str, Any]


def has_front(content: Content) -> bool:
    """Return whether it was composed with the pictures of the first page."""
    return any(part.get("pictures") for part in content["parts"])


def board_pdf(content: Content, description: str, *, made_at: datetime) -> bytes:
    """Return it as an accessible PDF of two pages; one that is not approved is marked as a draft."""
    footer = f"{content['municipality']}, {content['title']}"
    author = content["municipality"]
    parts = {part["code"]: part for part in content["parts"]}
    nothing = {"text": "", "figures": [], "columns": [], "rows": [], "heading": ""}
    conclusion, risks, asks = (parts.get(code, nothing) for code in OWN)
    headline = next((text for _code, text in conclusion.get("sentences", ())), "")
    data = {
        "sheet": about_document(content["title"], description, author=author, footer=footer),
        "draft": "" if content["decision"] else _("DRAFT"),
        "about": " · ".join(_about(content)),
        "headline": headline,
        "conclusion": conclusion["text"].removeprefix(headline).strip(),
        "box": {
            "heading": asks["heading"],
            "requests": [_request(one) for one in content.get("requests", ())],
            "text": asks["text"] or (nothing_asked() if asks.get("is_empty") else ""),
            "notes": _notes(asks),
        },
        "tiles": [_tile(one) for one in _tiles(conclusion)],
        "matrices": [_matrix(one) for one in _matrices(risks)],
        "risks": {
            "heading": risks["heading"],
            "text": risks["text"],
            "notes": _notes(risks),
            "first": [row[0] for row in risks["rows"][:NAMED]],
            "columns": risks["columns"],
            "rows": risks["rows"],
        },
        "figures": figure_table(content, conclusion),
        "parts": [
            {"heading": one["heading"], "text": one["text"], "notes": _notes(one)}
            for one in content["parts"]
            if one["code"] not in OWN and (one["text"] or one.get("closes"))
        ],
        "notes": _notes(conclusion),
        "words": {
            "first": _("The greatest"),
            "figures": _("Key figures"),
            "level": _("The thick line is the risk level."),
            "more": _("Page 2 says what is done, by whom, when and for how much."),
        },
    }
    return render_pdf(TEMPLATE, data, made_at=made_at)


def _about(content: Content) -> Iterator[str]:
    """Yield what the report is of, and who approved it."""
    last = day(date.fromisoformat(content["last"]))
    yield content["committee"]
    if content.get("edition") == "open":
        yield _("Edition without what is closed, for access to documents")
    if content["decision"]:
        yield _("approved by decision %(number)s") % {"number": content["decision"]}
    else:
        yield _("not approved yet")
    if changes := content.get("decided_changes"):
        yield _("approved with changes: %(changes)s") % {"changes": changes}
    yield _("figures as they were known on %(day)s") % {"day": last}


def _tiles(part: Part) -> list[Tile]:
    return [Tile(**one) for one in part.get("pictures", {}).get("tiles", ())]


def _matrices(part: Part) -> list[SmallMatrix]:
    return [SmallMatrix.of(one) for one in part.get("pictures", {}).get("matrices", ())]


def nothing_asked() -> str:
    return _("The committee asks for nothing this time.")


def _request(one: Mapping[str, Any]) -> dict[str, str]:
    cost = "" if one["kroner"] is None else kroner(one["kroner"])
    return {"text": one["text"], "kroner": cost, "otherwise": one["otherwise"]}


def _tile(one: Tile) -> dict[str, str]:
    told = {"label": one.label, "shown": one.shown, "step": one.step}
    return {**told, "svg": svg_of(one.line), "alt": one.line.title}


def _matrix(one: SmallMatrix) -> dict[str, str]:
    return {"name": one.name, "svg": svg_of(one), "alt": one.title}


def _notes(part: Part) -> Sequence[str]:
    return [*filter(None, [closed_note(part)])]
