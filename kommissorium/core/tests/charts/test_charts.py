"""Pictures of numbers: true to them, told apart without colour, and alike on page and paper."""

from __future__ import annotations

import itertools
import json
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from django.template import Context, Template
from django.utils import timezone, translation

from kommissorium.core.charts.fields import Bar, SmallMatrix, Square, Strip
from kommissorium.core.charts.lines import (
    BOTTOM,
    LOWEST,
    NEAREST,
    STEPS,
    TOP,
    Line,
    Lines,
    SmallLine,
    evenly,
    round_step,
    spread,
)
from kommissorium.core.charts.strokes import FILLS, STROKES
from kommissorium.core.charts.svg import Picture, svg_of
from kommissorium.core.documents import typeset

NAMES = ("Alle risici", "Over niveauet", "Accepteret", "Uden ejer")


def lines(*values: list[int | None], most: int | None = None) -> Lines:
    told = [Line(name, one, str(one[-1])) for name, one in zip(NAMES, values, strict=False)]
    places = evenly(len(values[0]))
    marks = [(place, f"{number}. kvt.") for number, place in enumerate(places, start=1)]
    return Lines("Udvikling <i år>", told, places, marks, most=most)


def matrix() -> SmallMatrix:
    cells = [
        [Square("yellow", 0), Square("red", 3)],
        [Square("green", 12, ("right", "top")), Square("", 1, ("left", "bottom"))],
    ]
    return SmallMatrix("I dag", cells, ["Stor", "Lille"], ["Sjælden", "Ofte"], "x", "y")


PICTURES: list[Picture] = [
    lines([1, 2, 1700], [0, None, 3]),
    SmallLine([4, None, 2, 3], "4, –, 2, 3", goal=5),
    Bar([12.5, 50.0, 37.5], "Tre dele"),
    matrix(),
    Strip(list(FILLS), "Fem felter"),
]


@pytest.mark.parametrize("picture", PICTURES, ids=lambda one: type(one).__name__)
@pytest.mark.parametrize("language", ["da", "en"])
def test_a_picture_is_svg_without_style_and_script(picture: Picture, language: str) -> None:
    with translation.override(language):
        drawn = svg_of(picture)
    root = ET.fromstring(drawn)
    assert root.attrib["aria-label"] == picture.title
    assert root.attrib["role"] == "img"
    assert not re.search(r"<style|<script|\sstyle=|\son\w+=|\sid=", drawn)
    points = " ".join(re.findall(r'\b(?:d|x|y|width)="([^"]*)"', drawn))
    assert "," not in points, "numbers are drawn as they are, in every language"


@pytest.mark.parametrize("picture", PICTURES, ids=lambda one: type(one).__name__)
def test_a_document_shows_the_same_picture(picture: Picture, tmp_path: Path) -> None:
    template = tmp_path / "picture.typ"
    template.write_text(
        '#let data = json("data.json")\n'
        '#set document(title: "x")\n#set text(lang: "da")\n'
        '#image(bytes(data.svg), format: "svg", alt: data.alt)\n'
    )
    data = {"svg": svg_of(picture), "alt": picture.title}
    found = typeset(template, data, timezone.now(), standards=["a-2a", "ua-1"])
    assert found.pdf.startswith(b"%PDF")


def test_lines_are_true_to_their_numbers_and_break_where_nothing_is_known() -> None:
    picture = lines([0, 50, 100, 100], [100, None, 0, 50], most=100)
    whole, broken = picture.drawn
    assert (whole.stretches, len(broken.stretches)) == (
        ["M66.0 210.0L210.7 112.0L355.3 14.0L500.0 14.0"],
        2,
    )
    assert (whole.y, broken.y) == (TOP, (TOP + BOTTOM) / 2)
    assert [word for word, _y in picture.grid] == ["0", "25", "50", "75", "100"]
    assert lines([3]).is_drawn is False
    assert lines([None, None]).drawn == []


def test_lines_are_told_apart_without_colour_and_named_at_their_ends() -> None:
    picture = lines([1, 2], [2, 2], [3, 3], [4, 2])
    drawn = svg_of(picture)
    assert len({(one.stroke.dashes, one.stroke.mark) for one in picture.drawn}) == len(STROKES)
    assert all(f">{name}</text>" in drawn for name in NAMES)


@pytest.mark.parametrize(
    "heights", [[14.0], [14.0, 14.0], [210.0, 205.0, 200.0], [14.0, 100.0, 101.0, 210.0]]
)
def test_words_at_the_ends_never_stand_upon_each_other(heights: list[float]) -> None:
    found = sorted(spread(heights))
    assert all(other - one >= NEAREST for one, other in itertools.pairwise(found))
    assert found[-1] <= LOWEST


@pytest.mark.parametrize("most", [0, 1, 4, 5, 41, 135, 1_000_000])
def test_the_scale_is_round_and_reaches_the_highest(most: int) -> None:
    step = round_step(most)
    assert step * STEPS >= most
    assert str(step).rstrip("0") in {"1", "2", "5"}


def test_the_small_line_shows_its_goal_and_no_end_that_is_not_known() -> None:
    assert SmallLine([1, 2], "", goal=2).goal_y == SmallLine([1, 2], "").points[0][1][1]
    assert SmallLine([1, None], "").end is None
    assert SmallLine([], "").points == []
    assert SmallLine([0, 0], "").end is not None


def test_a_bar_never_leaves_its_room() -> None:
    assert [width for _x, width, _fill in Bar([80, 50, -3]).drawn] == [80, 20, 0]


def test_states_of_a_strip_are_told_apart_in_grey() -> None:
    assert len({one.hatch for one in FILLS.values()}) == len(FILLS)


def test_the_numbers_stand_one_press_away_and_a_share_says_its_number() -> None:
    page = Template(
        "{% load charts %}{% chart_numbers 'Fire kvartaler' head rows %}{% share 30 %}{% share None %}"
    ).render(Context({"head": ["", "1. kvt."], "rows": [["Risici", "17"]]}))
    assert "<details" in page
    assert 'data-label="1. kvt.">17</td>' in page
    assert "30" in page
    assert "–" in page


def test_a_matrix_is_made_again_from_what_was_kept_of_it() -> None:
    kept = json.loads(json.dumps(matrix().data))
    assert svg_of(SmallMatrix.of(kept)) == svg_of(matrix())


def test_a_matrix_tells_its_numbers_to_whoever_does_not_see_it() -> None:
    picture = matrix()
    assert picture.title == "I dag. y Stor, x Ofte: 3; y Lille, x Sjælden: 12; y Lille, x Ofte: 1"
    assert picture.table == (
        ["y / x", "Sjælden", "Ofte"],
        [["Stor", "0", "3"], ["Lille", "12", "1"]],
    )
