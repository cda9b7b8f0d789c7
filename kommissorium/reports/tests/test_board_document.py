"""The report to the executive board on paper: two pages, true numbers, nothing of what is closed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from io import BytesIO

import pytest
from django.utils import timezone
from django.utils.translation import override
from pypdf import PdfReader

from kommissorium.conftest import Cast
from kommissorium.measures.periods import Quarter
from kommissorium.registers.status import StatusFigure, StatusPart
from kommissorium.reports.models import BoardReport, BoardReportPart
from kommissorium.reports.periodic_proposal import open_content
from kommissorium.reports.proposals import BOARD, MOST_TEXT
from kommissorium.reports.tests.cases import (
    board_approved,
    board_drafted,
    board_received,
    board_write,
    close,
)
from kommissorium.reports.tiles import MOST, Tile, tiles_of

QUARTER = Quarter(2026, 3)


def part(code: str, *figures: tuple[str, int | None, int | None]) -> StatusPart:
    told = [StatusFigure(name, name, value, before) for name, value, before in figures]
    return StatusPart(code, code, told)


def tile(told: Sequence[StatusPart]) -> Tile:
    (found,) = tiles_of([{one.code: one} for one in told], QUARTER)
    return Tile(**found)


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


def test_a_tile_has_the_numbers_of_four_quarters_as_each_was_told() -> None:
    told = [part("risks", ("above", 17, 16)), part("risks", ("above", 99, 19))]
    found = tile([*told, part("risks", ("above", 19, 11))])
    assert found.values == [11, 19, 16, 17]
    assert found.quarters[0] == Quarter(2025, 4).label
    assert (found.shown, found.step) == ("17", f"↑ 1 since {QUARTER.before.label}")
    assert "11" in found.line.title


def test_a_line_begins_anew_where_a_quarter_cannot_be_compared() -> None:
    told = [part("risks", ("above", 5, 4)), part("risks", ("above", 4, None))]
    found = tile([*told, part("risks", ("above", 9, 8))])
    assert found.values == [None, None, 4, 5]
    assert found.said[0] == "–"


def test_a_tile_says_of_how_many_and_that_nothing_changed() -> None:
    told = [part("contingency", ("covered", 4, 4), ("critical", 5, 5))] * 3
    found = tile(told)
    assert (found.shown, found.goal) == ("4 of 5", 5)
    assert found.step == f"as in {QUARTER.before.label}"
    share = tile([part("owners", ("assets", 8, None), ("without_owner", 2, None))] * 3)
    assert (share.shown, share.goal) == ("75\N{NO-BREAK SPACE}%", 100)
    assert "not known" in share.step


def test_there_are_five_tiles_at_most_and_none_of_what_nothing_tells() -> None:
    every = {
        one.code: one
        for one in (
            part("risks", ("above", None, None)),
            part("accepted", ("kroner", 100, 0)),
            part("compliance", ("fulfilled", 3, 3), ("clauses", 9, 9)),
            part("plans", ("plans_slipped", 0, 0)),
            part("duties", ("duties_overdue", 1, 2)),
            part("incidents", ("incidents", 0, 0)),
            part("decisions", ("tasks_open", 0, 0)),
        )
    }
    found = tiles_of([every] * 3, QUARTER)
    assert [one["of"] for one in found] == [
        "accepted",
        "compliance",
        "plans",
        "duties",
        "incidents",
    ]
    assert len(found) == MOST


def pages_of(report: BoardReport) -> list[str]:
    data = BOARD.pdf(BOARD.content(report), made_at=timezone.localtime())
    return [page.extract_text() for page in PdfReader(BytesIO(data)).pages]


@pytest.mark.parametrize("length", [10, MOST_TEXT])
def test_it_has_two_pages_however_much_is_written(cast: Cast, length: int) -> None:
    report = board_drafted(cast)
    room = length - sum(len(one.text) for one in report.parts.all())
    words = "Der er meget at fortælle om det. " * (max(room, 40) // 33)
    board_write(cast, report, incidents=words)
    report = BoardReport.objects.get(pk=report.pk)
    assert BOARD.lacks(report) == []
    pages = pages_of(report)
    assert len(pages) == 2
    tiles = report.parts.get(code="conclusion").tiles
    assert tiles
    assert all(one.shown in pages[0] for one in tiles)
    assert "Der er meget" in pages[1]


def test_one_composed_before_it_had_pictures_is_shown_as_it_was(cast: Cast, client_of) -> None:
    report = board_drafted(cast)
    for one in report.parts.all():
        content = {name: value for name, value in one.content.items() if name != "pictures"}
        BoardReportPart.objects.filter(pk=one.pk).update(content=content)
    report = BoardReport.objects.get(pk=report.pk)
    assert "pictures" not in json.dumps(BOARD.content(report))
    assert len(pages_of(report)) >= 1
    shown = client_of("coordinator").get(report.get_absolute_url()).content.decode()
    assert "<svg" in shown
    assert 'class="tiles"' not in shown


def test_the_page_and_word_show_what_the_tiles_say(cast: Cast, client_of) -> None:
    report = board_received(cast)
    tiles = report.parts.get(code="conclusion").tiles
    for who in ("coordinator", "executive"):
        address = f"/reports/executive/{report.pk}/" if who == "executive" else report
        path = address if isinstance(address, str) else address.get_absolute_url()
        shown = client_of(who).get(path).content.decode()
        assert all(one.label in shown and one.shown in shown for one in tiles)
    assert BOARD.write(report, "docx")[:2] == b"PK"


def test_the_open_edition_has_no_tile_of_a_part_that_is_closed(cast: Cast) -> None:
    report = board_drafted(cast)
    close(cast, BOARD, report, conclusion="", incidents="Nogen kom ind.")
    content = BOARD.content(BoardReport.objects.get(pk=report.pk))
    opened = json.dumps(open_content(content))
    assert "tiles" not in opened, "the conclusion itself is closed"
    tiles = [{**one, "of": "incidents"} for one in _tiles(content)]
    content["parts"][0] = content["parts"][0] | {"closes": "", "pictures": {"tiles": tiles}}
    assert "tiles" not in json.dumps(open_content(content))


def test_what_was_approved_keeps_its_numbers(cast: Cast) -> None:
    report = board_approved(cast)
    kept = BOARD.kept_content(report)
    assert _tiles(kept) == report.parts.get(code="conclusion").pictures["tiles"]


def _tiles(content: dict) -> list[dict]:  # type: ignore[type-arg]
    found: list[dict] = content["parts"][0]["pictures"]["tiles"]  # type: ignore[type-arg]
    return found
