"""The Danish texts of the story: files beside this one, with places for dates and figures."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Template

from django.utils.html import escape

FOLDER = Path(__file__).with_name("texts")
PARTED = "---\n"


@dataclass(frozen=True)
class Sheet:
    """A text under a few headed lines, as "Titel: Referat"."""

    head: Mapping[str, str]
    body: str

    @property
    def title(self) -> str:
        return self.head["Titel"]

    def parts(self) -> tuple[str, str]:
        """Return the recommendation and the case presentation of an agenda item."""
        recommendation, _line, presentation = self.body.partition(PARTED)
        return recommendation.strip(), presentation


def sheet(name: str, words: Mapping[str, str]) -> Sheet:
    """Return a text of the folder with its places filled. Raises KeyError for a missing word."""
    head, _line, body = Template(text(name)).substitute(words).partition("\n\n")
    lines = (line.partition(":") for line in head.splitlines())
    return Sheet({key.strip(): value.strip() for key, _colon, value in lines}, body.strip())


@cache
def text(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


@cache
def rows(name: str) -> Sequence[Mapping[str, str]]:
    """Return the rows of a table of the folder by its headings."""
    return tuple(csv.DictReader(text(name).splitlines(), delimiter=";"))


def rows_of(name: str, ago: int) -> list[Mapping[str, str]]:
    """Return the rows that belong to the meeting `ago` meetings ago."""
    return [row for row in rows(name) if int(row["møde"]) == ago]


def table(head: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    """Return a table of plain texts as rich text."""
    top = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in head)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in line) + "</tr>" for line in lines
    )
    return f"<table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"


def sheet_of_cells(head: Sequence[str], lines: Iterable[Sequence[str]]) -> bytes:
    """Return a table as a file that Danish spreadsheets open by themselves."""
    written = "\r\n".join(";".join(line) for line in (head, *lines))
    return f"\ufeff{written}\r\n".encode()
