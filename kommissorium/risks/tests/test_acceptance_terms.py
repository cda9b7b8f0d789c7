"""Until when an acceptance holds, what it can cost, and the one total of what is in force."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from kommissorium.conftest import time_is
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.localised import day, kroner
from kommissorium.registers.agenda import AgendaContext
from kommissorium.risks.agenda.news import news_table
from kommissorium.risks.agenda.returning import ExpiringAcceptances
from kommissorium.risks.authority import used_of
from kommissorium.risks.current_counts import count_risks
from kommissorium.risks.levels import term_end
from kommissorium.risks.overview import overview_of
from kommissorium.risks.tests.acceptance_cases import accept, limit, make_risk, make_risks, propose
from kommissorium.risks.tests.standing_cases import accept_until, level, plan_for, today
from kommissorium.tasks.actions import finish_task

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _in_english():
    with override("en"):
        yield


def test_it_ends_with_the_year_of_the_risk_level_unless_there_is_a_reason(cast, client_of):
    level(cast, 4, year=today().year + 1)
    risk = make_risk(cast)
    last = date(today().year + 1, 12, 31)
    assert term_end([risk]) == last
    page = client_of("coordinator").get(f"{reverse('acceptance_new')}?risk={risk.pk}")
    assert page.context["form"].initial["expires_on"] == last
    with pytest.raises(Refused, match="the year of the risk level") as caught:
        propose(cast, [risk], expires_on=last + DAY, longer_because=" ")
    assert set(caught.value.errors) == {"longer_because"}
    assert propose(cast, [risk], expires_on=last, longer_because="").longer_because == ""


def test_of_a_level_of_a_year_gone_by_it_ends_with_this_year(cast):
    level(cast, 4, year=today().year - 1)
    assert term_end([make_risk(cast)]) == date(today().year, 12, 31)


def test_a_loss_of_every_year_uses_the_limit_of_each_year_it_holds_in(cast):
    limit("chair", per_year=300_000)
    first, second = make_risks(cast, [(2, 2), (2, 3)])
    year = today().year
    made = propose(cast, [first], loss="yearly", expires_on=date(year + 1, 6, 30))
    accept(made, by=cast.chair)
    assert [used_of(one).get("chair", 0) for one in (year, year + 1, year + 2)] == [
        *(250_000, 250_000, 0)
    ]
    with pytest.raises(Refused, match=rf"budget year {year + 1} and has used 250,000"):
        propose(cast, [second], budget_year=year + 1)
    assert made.loss_in_words == "250,000 kr. every year"


def test_the_total_is_what_is_in_force_on_the_day_and_the_same_on_every_page(
    cast, meeting, client_of
):
    level(cast, 4)
    high, low, old = make_risks(cast, [(4, 3), (1, 1), (3, 3)])
    accept_until(cast, [high], 20, 100_000)
    accept_until(cast, [low], 40, 30_000)
    accept_until(cast, [old], 2, 9_000)
    for after, total in ((0, 139_000), (3, 130_000), (21, 30_000)):
        with time_is(timezone.now() + after * DAY):
            words, on = kroner(total), day(today())
            assert count_risks(today()).kroner == total
            said = str(overview_of(cast.executive).standing)
            assert f"On {on} " in said and f"for {words}" in said
            browser = client_of("executive")
            page = browser.get(reverse("acceptances"))
            assert page.context["standing"].amount == total
            in_force = [one.in_force for one in page.context["accounts"]]
            assert sum(in_force) == total
            rows = {row.key: row.cells for row in news_table(AgendaContext(meeting)).rows}
            assert rows["risks.standing:kroner"] == (f"Accepted in all, in force on {on}", words)
            [table] = ExpiringAcceptances().facts(["x"], AgendaContext(meeting))["x"]
            assert table.lead == f"Of these {words} is in force on {on}."
    assert used_of(today().year)["chair"] == 139_000, "what has expired has still used its year"


def test_the_next_agenda_tells_what_was_accepted_who_for_how_much_and_until_when(cast, meeting):
    first, second = make_risks(cast, [(2, 2), (2, 3)])
    alone = propose(cast, [first], capacity="executive", amount=900_000)
    accept(alone, by=cast.executive)
    made = propose(cast, [second])
    accept(made, by=cast.chair)
    cells = [
        row.cells
        for row in news_table(AgendaContext(meeting)).rows
        if row.key.startswith("risks.accepted_since:")
    ]
    until = day(made.expires_on)
    who = f"{cast.chair.name}, Chair of the committee, decision {made.decision.number}"
    assert cells == [
        (
            f"Accepted since the last meeting: {second.title}",
            f"250,000 kr. until {until}. {who}",
        ),
        (
            f"Accepted since the last meeting: {first.title}",
            f"900,000 kr. until {until}. {cast.executive.name}, Executive board",
        ),
    ]
    assert meeting.items.filter(subject_kind="meetings.decision").exists()


def test_what_is_finished_and_still_above_the_level_is_told_as_that(cast, client_of, meeting):
    level(cast, 4)
    [risk] = make_risks(cast, [(4, 3)])
    action = plan_for(cast, risk)
    finish_task(action.task, by=cast.system_owner, word="Gjort")
    told = [one.text for one in overview_of(cast.executive).answer()]
    assert any("what was planned is finished, and it still lies above it" in one for one in told)
    assert not any("none will lie above" in one for one in told)
    [line] = client_of("auditor").get(reverse("plan"), {"show": "all"}).context["lines"]
    with override("da"):
        assert line.state == "Udført, men risikoen er stadig over niveauet"
    rows = {row.key: row.cells[1] for row in news_table(AgendaContext(meeting)).rows}
    assert rows["risks.standing:finished"] == "1"
    plan_for(cast, risk)
    told = [one.text for one in overview_of(cast.executive).answer()]
    assert not any("is finished" in one for one in told), "another action is under way"
