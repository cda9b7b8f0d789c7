"""The objectives as they stood on a past day: what the chain holds, and no more."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kommissorium.conftest import Cast, time_is
from kommissorium.core.evidence.models import Event
from kommissorium.measures.codes import Measure
from kommissorium.objectives.models import ObjectiveSet
from kommissorium.objectives.register import REGISTER
from kommissorium.objectives.tests.cases import approved, measure
from kommissorium.registers.actions.kept import keep_figures
from kommissorium.registers.tests.check_cases import found

Browser = Callable[[str], Client]
DAY = timedelta(days=1)


def kept(cast: Cast) -> None:
    """Approve objectives that nobody has measured, keep the day, and measure the day after."""
    made = approved(cast, {}, {"title": "Prøver af kopier"})
    with time_is(timezone.now() + 200 * DAY):
        keep_figures("objectives", timezone.localdate())
    with time_is(timezone.now() + 201 * DAY):
        for one in made.objectives.select_related("set", "owner"):
            measure(cast, one, 9)


def test_a_day_gone_by_shows_what_was_kept_and_which_objectives_these_were(
    cast: Cast, client_of: Browser
) -> None:
    kept(cast)
    now = timezone.now()
    day = timezone.localdate(now + 200 * DAY)
    address = reverse("objectives")
    with time_is(now + 202 * DAY):
        browser = client_of("auditor")
        answer = browser.get(address, {"on": day.isoformat()})
        numbers = {str(label): number for label, number in answer.context["past"].numbers}
        rows = answer.context["past"].rows
        assert [one.progress for one in rows] == ["late", "late"], "measured the day after"
        assert sorted(numbers.values(), reverse=True)[:2] == [2, 2]
        page = answer.content.decode()
        assert "Som det var den" in page
        assert f'href="{address}"' in page
        # The answer on that day says the same, and leads here.
        finding = found(REGISTER, Measure.OBJECTIVES, day)
        assert "Der gælder 2 mål." in finding.sentence
        assert "2 mål er ikke målt til tiden." in finding.sentence
        assert f"{address}?on={day.isoformat()}" in {one.link for one in finding.evidence}
        today = browser.get(address).context["page"]
        assert [row.status.progress for row in today] == ["reached", "reached"]


def test_numbers_stand_alone_where_it_is_no_longer_known_which_they_were(
    cast: Cast, client_of: Browser
) -> None:
    kept(cast)
    now = timezone.now()
    with time_is(now + 202 * DAY):
        ObjectiveSet.objects.update(in_force_to=timezone.localdate() - 100 * DAY)
        day = timezone.localdate() - 2 * DAY
        answer = client_of("coordinator").get(reverse("objectives"), {"on": day.isoformat()})
        assert answer.context["past"].rows is None
        assert "Tallene står ved magt" in answer.content.decode()


def test_a_day_without_figures_says_so_and_one_after_them_shows_the_newest_known(
    cast: Cast, client_of: Browser
) -> None:
    kept(cast)
    now = timezone.now()
    with time_is(now + 220 * DAY):
        browser = client_of("coordinator")
        early = browser.get(reverse("objectives"), {"on": timezone.localdate(now).isoformat()})
        assert early.status_code == 200
        assert early.context["past"] is None
        assert "Der er ingen tal fra den dag" in early.content.decode()
        later = timezone.localdate() - 3 * DAY
        answer = browser.get(reverse("objectives"), {"on": later.isoformat()})
        assert answer.context["kept_on"] == timezone.localdate(now + 200 * DAY)
        assert "Der blev ikke gemt tal den dag" in answer.content.decode()


@pytest.mark.parametrize(
    "wish", ["i går", "2026-02-30", "9999-12-31", "0026-01-01", "20260101", "\x00"]
)
def test_what_is_no_day_gone_by_is_refused_with_a_sentence(
    cast: Cast, client_of: Browser, wish: str
) -> None:
    answer = client_of("coordinator").get(reverse("objectives"), {"on": wish})
    if wish == "\x00":
        assert answer.status_code == 200, "nothing is asked"
        return
    assert answer.status_code == 400
    page = answer.content.decode()
    said = ("Skriv dagen som en dato", "Dagen er ikke kommet endnu", "med fire cifre")
    assert any(one in page for one in said)


def test_today_is_the_list_and_who_reads_only_their_own_has_no_figures(
    cast: Cast, client_of: Browser
) -> None:
    approved(cast)
    today = timezone.localdate()
    browser = client_of("coordinator")
    assert "page" in browser.get(reverse("objectives"), {"on": today.isoformat()}).context
    assert "page" in browser.get(reverse("objectives"), {"on": ""}).context
    past = {"on": (today - DAY).isoformat()}
    assert client_of("employee").get(reverse("objectives"), past).status_code == 404
    assert not Event.objects.filter(act="registers.figures_kept").exists()
