"""The risks as they stood on a past day: what the chain holds, and no more."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from kommissorium.conftest import Cast, time_is
from kommissorium.registers.actions.kept import keep_figures
from kommissorium.registers.tests.check_cases import found
from kommissorium.risks.register import REGISTER
from kommissorium.risks.tests.standing_cases import accept_until, assess, level, today

Browser = Callable[[str], Client]
DAY = timedelta(days=1)


def at(hour: int, days: int = 0) -> datetime:
    return timezone.make_aware(datetime.combine(today() + days * DAY, time(hour)))


def kept(cast: Cast) -> str:
    """Keep an evening with two risks above the level, one of them accepted; return its day."""
    rows = assess(cast, [("cyber", 4, 4), ("people", 4, 4)], since=0)
    level(cast, 3, since=0)
    with time_is(at(21)):
        accept_until(cast, rows[:1], 60, 250_000)
    with time_is(at(22)):
        keep_figures("risks", today())
    return today().isoformat()


def test_a_day_gone_by_shows_what_was_kept_and_agrees_with_the_answer_on_it(
    cast: Cast, client_of: Browser
) -> None:
    day = kept(cast)
    with time_is(at(12, days=90)):  # the acceptance has expired long ago
        browser = client_of("auditor")
        browser.get(reverse("risks"))
        with CaptureQueriesContext(connection) as asked:
            answer = browser.get(reverse("risks"), {"on": day})
        assert len(asked) <= 12
        past, page = answer.context["past"], answer.content.decode()
        assert (past.counts.above, past.counts.accepted, past.counts.open) == (2, 1, 1)
        assert past.is_told
        assert sum(cell.count or 0 for row in past.before.rows for cell in row.cells) == 2
        assert "Som det var den" in page
        finding = found(REGISTER, "risk_level", timezone.localdate() - 90 * DAY)
        for sentence in past.sentences()[:2]:
            assert sentence in finding.sentence
            assert sentence in page
        assert f"{reverse('risks')}?on={day}" in {one.link for one in finding.evidence}
        now = found(REGISTER, "risk_level")
        assert past.sentences()[0] not in now.sentence


def test_matrices_that_no_longer_count_the_same_are_not_shown(
    cast: Cast, client_of: Browser
) -> None:
    day = kept(cast)
    with time_is(at(12, days=3)):
        assess(cast, [("cyber", 4, 4)], since=4)  # known only now, and in force since then
        answer = client_of("coordinator").get(reverse("risks"), {"on": day})
        assert answer.context["past"].counts.risks == 2
        assert not answer.context["past"].is_told
        page = answer.content.decode()
        assert "Tallene står ved magt" in page
        assert "risk-matrix-frame" not in page


def test_owners_see_the_day_of_what_is_theirs_without_the_figures_of_all(
    cast: Cast, client_of: Browser
) -> None:
    day = kept(cast)
    with time_is(at(12, days=3)):
        answer = client_of("system_owner").get(reverse("risks"), {"on": day})
        assert answer.status_code == 200
        assert answer.context["past"].counts is None
        page = answer.content.decode()
        assert "Som det var den" in page
        assert "risk-answer" not in page


@pytest.mark.parametrize("wish", ["i går", "9999-12-31"])
def test_what_is_no_day_gone_by_is_refused_with_a_sentence(
    cast: Cast, client_of: Browser, wish: str
) -> None:
    assert client_of("coordinator").get(reverse("risks"), {"on": wish}).status_code == 400


def test_a_day_without_figures_says_so(cast: Cast, client_of: Browser) -> None:
    day = (today() - 9 * DAY).isoformat()
    page = client_of("coordinator").get(reverse("risks"), {"on": day}).content.decode()
    assert "Der er ingen tal fra den dag" in page
