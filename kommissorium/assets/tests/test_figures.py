"""The figures of a day: counted in few queries, kept once, and never changed."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kommissorium.accounts.actions import close_login
from kommissorium.assets.current_counts import asset_counts, trend_until
from kommissorium.assets.figures import COMPLETENESS, figures_on
from kommissorium.assets.models import (
    Area,
    Asset,
    Completeness,
    DocumentType,
    Kind,
)
from kommissorium.assets.tests.figure_cases import (
    counted,
    days_ago,
    give_papers,
    key_of,
    moment,
    own,
    put,
)
from kommissorium.conftest import Cast, time_is
from kommissorium.core.evidence.models import Event
from kommissorium.registers.actions.kept import keep_due_figures, keep_figures
from kommissorium.tasks.tests.conftest import together

MOST_QUERIES = 9


@pytest.fixture
def register(cast: Cast) -> dict[str, Asset]:
    """Three areas' worth of assets, some owned, some with a document."""
    area = Area.objects.create(name="Borgerservice")
    assets = {
        "owned": put("Sagssystemet", area=area),
        "left": put("Arkivprogrammet", area=area),
        "bare": put("Kælderen", Kind.ARCHIVE),
        "data": put("Borgerdata", Kind.DATA_SET),
    }
    own(assets["owned"], cast, "member")
    own(assets["left"], cast, "deputy")
    own(assets["data"], cast, "member", since=10)
    close_login(cast.deputy, by=cast.administrator)
    paper = DocumentType.objects.create(name="Prøvedokument")
    give_papers(assets["owned"], paper, {"papers": [(9, None)], "waived": None})
    give_papers(assets["left"], paper, {"papers": [(9, 2)], "waived": None})
    give_papers(assets["data"], paper, {"papers": [], "waived": None})
    return assets


def test_today_is_counted_alike_here_and_for_the_mandate(
    cast: Cast, register: dict[str, Asset]
) -> None:
    whole = figures_on(timezone.localdate())[0]
    standing = asset_counts()
    assert counted(whole) == {name: getattr(standing, name) for name in COMPLETENESS}
    assert (whole.systems, whole.systems_owned, whole.without_owner) == (2, 1, 2)
    assert (whole.required, whole.current, whole.expired) == (3, 1, 1)
    assert (whole.owners, whole.owners_read) == (1, 0)


def test_areas_and_what_has_none_add_up_to_the_whole(
    cast: Cast, register: dict[str, Asset]
) -> None:
    Area.objects.create(name="Tom afdeling")
    Area.objects.create(name="Lukket", closed_on=days_ago(5))
    whole, *parts = figures_on(timezone.localdate())
    assert [key_of(row) for row in parts] == ["Borgerservice", "Tom afdeling", ""]
    for name in COMPLETENESS:
        if name not in {"owners", "owners_read", "alike"}:  # of the whole
            assert getattr(whole, name) == sum(getattr(row, name) for row in parts)


def test_counting_takes_the_same_few_questions_however_much_there_is(
    cast: Cast, register: dict[str, Asset]
) -> None:
    for number in range(30):
        put(f"Nr. {number}", area=Area.objects.create(name=f"Afdeling {number}"))
    with CaptureQueriesContext(connection) as asked:
        figures_on(timezone.localdate())
    assert len(asked) <= MOST_QUERIES


def test_the_figures_of_a_day_are_kept_once_and_sealed(
    cast: Cast, register: dict[str, Asset]
) -> None:
    today = timezone.localdate()
    assert (keep_figures("assets", today), keep_figures("assets", today)) == (1, 0)
    whole = Completeness.newest(today)
    assert whole is not None
    assert whole.event is not None
    facts = json.loads(whole.event.facts)
    assert facts.pop("oversight_overdue") == 0
    assert facts == {"day": today.isoformat(), **counted(whole)}
    assert Completeness.objects.count() == 3
    assert Event.objects.filter(act="assets.figures_kept").count() == 1
    with pytest.raises(DatabaseError), transaction.atomic():
        Completeness.objects.filter(pk=whole.pk).update(systems=99)


def test_it_waits_for_the_evening_and_makes_up_for_the_evening_before(
    cast: Cast, register: dict[str, Asset]
) -> None:
    noon, evening = moment(0), moment(0) + timedelta(hours=10, minutes=5)
    with time_is(noon):
        assert keep_due_figures("assets") == 1
    assert set(Completeness.objects.values_list("day", flat=True)) == {days_ago(1)}
    with time_is(evening):
        assert (keep_due_figures("assets"), keep_due_figures("assets")) == (1, 0)
    assert set(Completeness.objects.values_list("day", flat=True)) == {days_ago(1), days_ago(0)}


def test_an_empty_register_has_no_figures(cast: Cast) -> None:
    assert keep_figures("assets", timezone.localdate()) == 0
    assert keep_figures("assets", days_ago(1)) == 0
    assert not Event.objects.filter(act="assets.figures_kept").exists()


def test_no_figures_are_kept_of_days_that_are_not_over(cast: Cast) -> None:
    with pytest.raises(ValueError, match="not come"):
        keep_figures("assets", days_ago(-1))


def test_days_gone_by_are_made_from_the_dates_and_those_there_stay(
    cast: Cast, register: dict[str, Asset]
) -> None:
    days = [days_ago(number) for number in range(1, 31)]
    assert sum(keep_figures("assets", day) for day in days[:5]) == 5
    before = list(Completeness.objects.filter(is_whole=True).values_list("pk", flat=True))
    assert sum(keep_figures("assets", day) for day in days) == 25
    assert Completeness.objects.filter(pk__in=before).count() == 5
    before_data, after_data = Completeness.newest(days_ago(11)), Completeness.newest(days_ago(10))
    assert before_data is not None
    assert after_data is not None
    assert (before_data.data_sets_owned, after_data.data_sets_owned) == (0, 1)
    assert (before_data.current, after_data.current) == (0, 0)
    newest = Completeness.newest(days_ago(5))
    assert newest is not None
    assert newest.current == 2


def test_two_who_keep_a_day_at_once_keep_it_once(committing: Cast) -> None:
    own(put("Sagssystemet"), committing, "member")
    today = timezone.localdate()
    results = together(lambda: keep_figures("assets", today), lambda: keep_figures("assets", today))
    assert sorted(map(str, results)) == ["0", "1"]
    assert Completeness.objects.filter(is_whole=True).count() == 1


def test_the_line_shows_the_year_and_the_table_its_months(
    cast: Cast, register: dict[str, Asset]
) -> None:
    assert not trend_until(days_ago(0)).picture.is_drawn
    for number in range(1, 40):
        keep_figures("assets", days_ago(number))
    trend = trend_until(days_ago(1))
    assert trend.picture.is_drawn
    owned, current = trend.picture.lines
    assert len(owned.values) == 39
    assert owned.values[-1] == 75
    assert current.said
    assert [row.day for row in trend.rows] == sorted((row.day for row in trend.rows), reverse=True)
    assert len({(row.day.year, row.day.month) for row in trend.rows}) == len(trend.rows)
