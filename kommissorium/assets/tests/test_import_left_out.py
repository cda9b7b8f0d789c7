"""Sums are no rows; each row of a file is taken in, left out with a reason, or refused with one."""

from __future__ import annotations

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from kommissorium.assets.importing.sheet import AssetSheet
from kommissorium.assets.importing.targets import targets_of
from kommissorium.assets.models import Asset, Kind
from kommissorium.assets.tests.import_cases import choose, hand_in, sheet, states
from kommissorium.conftest import Cast
from kommissorium.registers.actions.imports import take_in
from kommissorium.registers.importing.kinds import plan_of
from kommissorium.registers.importing.plan import State
from kommissorium.registers.importing.sources import Source, SourceRow
from kommissorium.registers.importing.sums import sum_in
from kommissorium.registers.importing.targets import guess
from kommissorium.registers.models import ImportRun

pytestmark = pytest.mark.django_db
HEADINGS = ("Navn", "Fagområde", "Kontrakt udløb", "RTO", "Pris")


@pytest.mark.parametrize(
    "cells",
    [
        ["I alt", "", 45],
        ["", "Total", "1.250.000 kr."],
        ["Sum i alt", 3, "12 %"],
        ["I ALT:", "-", "–"],
        ["I alt", "I alt", 12],  # a merged cell is filled in
        [12, "Total", 4.5],
        ["Sum"],
        ["I alt: 12"],
        ["Hovedtotal", None, 1],
    ],
)
def test_a_sum_is_told_by_its_first_text_alone_with_figures(cells) -> None:
    assert sum_in(cells) == next(one for one in cells if isinstance(one, str) and one)


@pytest.mark.parametrize(
    "cells",
    [
        ["Total", "Økonomi", 12],
        ["Totalrådgivning", "", 12],
        ["I altanen", 1],
        ["Økonomi", "Total"],
        ["Total", "31-12-2027"],
        ["", 12, 45],
        [],
    ],
)
def test_a_row_that_says_anything_else_is_no_sum(cells) -> None:
    assert sum_in(cells) == ""


def test_sums_are_left_out_and_told_with_their_rows(cast: Cast, client_of) -> None:
    rows = ("Et;;30/6/27;8;100", "I alt;;;;100", "To;;;4;50", "Sum i alt;;;;150")
    data = sheet(*rows, headings=";".join(HEADINGS))
    run = hand_in(Kind.SYSTEM, data, "Pris.csv", by=cast.coordinator)
    assert states(plan_of(run)) == ["new", "left_out", "new", "left_out"]
    page = client_of("coordinator").get(run.get_absolute_url())
    [kind] = page.context["plan"].left_out_kinds
    assert [row.number for row, _note in kind.rows] == [3, 5]
    assert page.text.count("Rækken er en sum.") == 3  # once for both, and beside each row
    take_in(run, by=cast.coordinator, mark=plan_of(run).mark)
    assert sorted(Asset.objects.values_list("name", flat=True)) == ["Et", "To"]
    run.refresh_from_db()
    assert (run.added, run.left_out, run.row_count) == (2, 2, 4)
    assert "Udeladt af andre grunde" in client_of("coordinator").get(run.get_absolute_url()).text


def test_days_are_read_as_they_are_written_and_impossible_ones_told(cast: Cast) -> None:
    days = ("30/6/27", "30-6-2027", "30. juni 2027", "31/6/27")
    rows = [f"System {number};;{day};;" for number, day in enumerate(days)]
    data = sheet(*rows, headings=";".join(HEADINGS))
    run = hand_in(Kind.SYSTEM, data, "Dage.csv", by=cast.coordinator)
    with override("en"):
        plan = plan_of(run)
        told = [[fault.sentence for fault in row.faults] for row in plan.rows]
    assert told == [[], [], [], ["“31/6/27” is not a date. Write it as 25-11-2026."]]
    choose(run, cast.coordinator, {"word_contract_ends": {"31 6 27": ""}})
    take_in(run, by=cast.coordinator, mark=plan_of(run).mark)
    found = Asset.objects.order_by("name").values_list("contract_ends", flat=True)
    assert [day and day.isoformat() for day in found] == ["2027-06-30"] * 3 + [None]


@pytest.mark.parametrize(
    ("heading", "target"),
    [
        ("Fagområde", "area"),
        ("Fagområde:", "area"),
        ("Kritisk?", "criticality"),
        ("Er systemet kritisk?", "criticality"),
        ("Systemet kritisk?", "criticality"),
        ("Kontrakt udløb", "contract_ends"),
        ("Kontrakt, udløb", "contract_ends"),
        ("Udløb af kontrakt", "contract_ends"),
        ("Kontraktudløb", "contract_ends"),
        ("Systemets navn", None),
        ("?", None),
        ("af den", None),
    ],
)
def test_headings_are_known_with_marks_and_in_another_order(heading, target) -> None:
    assert guess(targets_of(Kind.SYSTEM), [heading]).get("0") == target


def test_a_heading_as_it_is_known_goes_before_one_in_another_order() -> None:
    found = guess(targets_of(Kind.SYSTEM), ["Udløb af kontrakt", "Kontrakt udløber", "Kontrakt"])
    assert found == {"1": "contract_ends", "2": "contract"}


class SheetOf(AssetSheet):
    """An import of rows that no file holds."""

    def __init__(self, run: ImportRun, rows: list[SourceRow]) -> None:
        super().__init__(run)
        self.rows = rows

    def source(self) -> Source:
        return Source(HEADINGS, self.rows)


CELLS = st.tuples(
    st.sampled_from(["", "Et", "To", "et", "I alt", "Total", "Totalsystem", "7"]),
    st.sampled_from(["", "Social og Sundhed", "Social & sundhed", "I alt"]),
    st.sampled_from(["", "30/6/27", "31/6/27", "snart"]),
    st.sampled_from(["", 4, 8.5, "2 døgn", "ca. 24"]),
    st.sampled_from(["", 100, "1.250 kr.", "se bilag"]),
)


@given(
    st.lists(CELLS.filter(any), max_size=8),
    st.sampled_from([{}, {"area": {"social og sundhed": "new"}}, {"word_twice": {"et": "first"}}]),
)
def test_no_row_is_lost(rows, choices) -> None:
    """Each is new, left out with a reason, or wrong with one; sums are left out, nothing else is."""
    given_rows = [SourceRow(number, cells) for number, cells in enumerate(rows, start=5)]
    mapping = {"0": "name", "1": "area", "2": "contract_ends", "3": "rto"}
    run = ImportRun(
        kind="assets", options={"kind": "system"}, mapping=mapping, key="name", choices=choices
    )
    plan = SheetOf(run, given_rows).plan()
    assert [row.number for row in plan.rows] == [row.number for row in given_rows]
    for row in plan.rows:
        assert row.state in {State.NEW, State.WRONG, State.LEFT_OUT}
        assert bool(row.notes) == (row.state == State.LEFT_OUT)
        assert bool(row.faults) or row.state != State.WRONG
    sums = [row.number for row in given_rows if sum_in(row.cells)]
    left_out = [row.number for row in plan.rows if row.state == State.LEFT_OUT]
    told = [row.number for kind in plan.left_out_kinds for row, _note in kind.rows]
    assert sorted(told) == left_out
    assert set(sums) <= set(left_out)
    if "word_twice" not in choices:
        assert sums == left_out
    assert sum(plan.counts.values()) == len(rows)
