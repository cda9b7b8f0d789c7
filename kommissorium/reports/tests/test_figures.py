"""The figures of a quarter are those known when it ended; what was corrected later is said."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.utils import timezone
from django.utils.translation import ngettext_lazy, override

from kommissorium.assets.actions.assets import add_asset
from kommissorium.conftest import Cast, time_is
from kommissorium.measures.periods import Quarter
from kommissorium.objectives.tests.cases import approved as approved_objectives
from kommissorium.objectives.tests.cases import measure
from kommissorium.registers.actions.kept import keep_figures
from kommissorium.registers.installed import register_of
from kommissorium.registers.periods import ended_quarters, last_moment
from kommissorium.registers.status import StatusFigure, compared, noughts_told, told
from kommissorium.reports.composing import own_parts
from kommissorium.reports.documents import figure_table
from kommissorium.reports.tests.cases import decision_on, ended, proposed
from kommissorium.yearwheel.models import Occurrence


def noon(day: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))


def figures(parts: Any) -> dict[str, StatusFigure]:
    return {one.code: one for part in parts for one in part.figures}


def test_assets_are_those_of_the_evening_on_which_the_quarter_ended(cast: Cast) -> None:
    quarter = ended()
    for day, names in ((quarter.before.last, ("Løn",)), (quarter.last, ("Post", "Sager"))):
        with time_is(noon(day)):
            for name in names:
                add_asset(by=cast.coordinator, kind="system", values={"name": name})
            keep_figures("assets", day)
    add_asset(by=cast.coordinator, kind="system", values={"name": "Kom efter kvartalet"})
    found = figures(register_of("assets").status_on(quarter))["without_owner"]
    assert (found.value, found.before, found.course) == (3, 1, "worse")
    assert found.correction == ""


def test_a_quarter_of_which_nothing_was_kept_has_no_part(cast: Cast) -> None:
    add_asset(by=cast.coordinator, kind="system", values={"name": "Løn"})
    assert list(register_of("assets").status_on(ended())) == []
    assert list(register_of("risks").status_on(ended())) == []
    assert list(register_of("objectives").status_on(ended())) == []


def test_what_was_measured_later_of_a_day_in_the_quarter_is_a_correction(cast: Cast) -> None:
    quarter = ended()
    with time_is(noon(quarter.first + timedelta(days=5))):
        one = approved_objectives(cast).objectives.select_related("set", "owner").get()
    with time_is(noon(quarter.last)):
        keep_figures("objectives", quarter.last)
    ago = (timezone.localdate() - quarter.last).days
    measure(cast, one, 9, ago=ago)
    found = figures(register_of("objectives").status_on(quarter))
    assert (found["late"].value, found["late"].corrected) == (1, 0)
    assert (found["reached"].value, found["reached"].corrected) == (0, 1)
    with override("da"):
        assert found["reached"].correction == (
            "Ved kvartalets slutning kendt som 0, nu 1 efter rettelser."
        )


def test_decisions_and_duties_are_counted_as_written_when_the_quarter_ended(cast: Cast) -> None:
    quarter = ended()
    with time_is(noon(quarter.first + timedelta(days=40))):
        decision_on(cast, proposed(cast))
    found = figures(own_parts(cast.committee, quarter))
    assert (found["decided"].value, found["decided"].before, found["decided"].corrected) == (
        1,
        0,
        1,
    )
    assert found["duties_done"].value == Occurrence.objects.exclude(state="open").count() == 0
    states = ("fulfilled", "due_soon", "not_fulfilled", "unmeasured")
    assert sum(found[state].value or 0 for state in states) <= cast.mandate.clauses.count()


def test_a_sentence_says_none_one_and_several() -> None:
    some = ngettext_lazy("Én.", "%(number)s.", "value")
    assert [told("Ingen.", some, value) for value in (0, 1, 1200)] == ["Ingen.", "Én.", "1.200."]


@pytest.mark.parametrize(
    ("now", "before", "wanted", "unit", "text"),
    [
        (3, 3, "less", "", "Det er uændret siden kvartalet før."),
        (2, 3, "less", "", "Det er 1 færre end i kvartalet før."),
        (5, 3, "less", "", "Det er en stigning på 2 siden kvartalet før."),
        (1000, 400, "more", "kr", "Det er en stigning på 600 kr. siden kvartalet før."),
        (400, 1000, "", "kr", "Det er 600 kr. mindre end i kvartalet før."),
        (None, 3, "less", "", ""),
        (3, None, "less", "", ""),
    ],
)
def test_the_change_is_a_sentence(now, before, wanted, unit, text) -> None:
    with override("da"):
        assert compared(StatusFigure("x", "X", now, before, wanted=wanted, unit=unit)) == text


def test_quarters_follow_each_other() -> None:
    last = Quarter(2025, 4)
    assert (last.first, last.last, last.due) == (
        *(date(2025, 10, 1), date(2025, 12, 31)),
        date(2026, 3, 31),
    )
    assert (last.before, last.after) == (Quarter(2025, 3), Quarter(2026, 1))
    assert Quarter.parse(" 2025-4 ") == last and str(last) == "2025-4"
    assert timezone.localdate(last_moment(last)) == last.last
    with override("da"):
        assert last.label == "4. kvartal 2025"
    days = list(ended_quarters(last.first, Quarter(2026, 2).first))
    assert days == [Quarter(2026, 1), last]


@pytest.mark.parametrize(
    ("rows", "is_told"),
    [
        ([(0, 0, None), (0, None, 0)], True),
        ([(0, 1, None)], False),
        ([(0, 0, 2), (0, 0, None)], False),
        ([(None, None, None)], False),
        ([], False),
    ],
)
def test_a_table_of_noughts_is_one_sentence(
    rows: list[tuple[int | None, int | None, int | None]], is_told: bool
) -> None:
    figures = [
        StatusFigure(f"f{place}", f"Tal {place}", value, before, corrected=now)
        for place, (value, before, now) in enumerate(rows)
    ]
    said = noughts_told(figures)
    assert bool(said) == is_told
    assert all(one.label in said for one in figures if is_told)
    part = {"heading": "x", "figures": [asdict(one) for one in figures]}
    table = figure_table({"label": "2027", "before": "2026"}, part)
    assert table["rows"] == [] or not is_told
    is_compared = not is_told and any(before is not None for _value, before, _now in rows)
    assert len(table["columns"]) == (4 if is_compared else 2)
    assert all(len(row) == len(table["columns"]) for row in table["rows"])
