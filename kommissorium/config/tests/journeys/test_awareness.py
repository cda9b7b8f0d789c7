"""A year's information and teaching, from the plan to a half-year that the committee has evaluated.

The program runs in this process on a database of its own, so that months can pass.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page

from kommissorium.assets.actions.areas import add_area
from kommissorium.awareness.evaluation import EVALUATION
from kommissorium.awareness.kind import KIND, PLAN
from kommissorium.awareness.models import (
    AwarenessActivity,
    AwarenessEvaluation,
    AwarenessPlan,
    Completion,
)
from kommissorium.config.tests.journeys.test_audits import put_day
from kommissorium.config.tests.journeys.test_risks import Walk
from kommissorium.config.tests.registers.cycle_cases import later_meeting, through_a_meeting
from kommissorium.conftest import Cast, plan, time_is
from kommissorium.measures.codes import Measure
from kommissorium.measures.findings import Question, State
from kommissorium.measures.periods import Half
from kommissorium.registers.actions.activities import remove_activity
from kommissorium.registers.installed import register_of
from kommissorium.registers.models import ImportRun
from kommissorium.registers.tests.check_cases import past_of, rules_of, taken_up

LEADERS = {"Skoler": 12, "Ældre": 3, "Teknik": 7}  # of each area, who take the course
PLANNED = (
    ("Kampagne om falske mails", "campaign", "employees"),
    ("Kursus for ledere", "course", "leaders"),
    ("Kursus for direktionen", "course", "executive"),
    ("Falsk mail til alle", "phishing", "employees"),
)


@pytest.fixture
def town(committing: Cast) -> Cast:
    """A municipality with areas of few and of many leaders."""
    for name in LEADERS:
        add_area(by=committing.coordinator, name=name)
    return committing


def noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))


def plan_year(cast: Cast, walk: Walk) -> None:
    """The coordinator drafts the plan of the year with all its activities, and puts it forward."""
    page = walk.as_("coordinator")
    walk.open(page, reverse("awareness"))
    walk.press(page, "main a[href*='/years/new/']")
    page.check(f"[name=year][value='{timezone.localdate().year}']")
    walk.submit(page)
    found = AwarenessPlan.objects.get()
    for one in found.activities.select_related("plan"):  # what is proposed is not wanted here
        remove_activity(KIND, one, by=cast.coordinator)
    for title, sort, audience in PLANNED:
        walk.open(page, reverse("activity_new", args=["awareness", found.pk]))
        page.fill("[name=title]", title)
        page.select_option("[name=sort]", sort)
        page.select_option("[name=audience]", audience)
        page.select_option("[name=responsible]", str(cast.coordinator.pk))
        page.fill("[name=criterion]", "Fire af fem ved, hvad de skal gøre.")
        put_day(page, "planned_for", date(found.year, 12, 20))
        walk.submit(page)
    walk.open(page, reverse("proposal_change", args=["awareness-plan", found.pk]))
    page.fill("[name=statement]", "Alle skal kende en falsk mail.")
    walk.submit(page)
    walk.open(page, reverse("proposal", args=["awareness-plan", found.pk]))
    walk.submit(page)
    page.close()


def named(title: str) -> AwarenessActivity:
    return AwarenessActivity.objects.select_related("plan").get(title=title)


def write(walk: Walk, page: Page, title: str, **numbers: int) -> None:
    """Write the figures of a group by hand."""
    walk.open(page, reverse("awareness_figures", args=[named(title).pk]))
    for name, number in numbers.items():
        page.fill(f"[name={name}]", str(number))
    walk.submit(page)


def take_list_in(walk: Walk, page: Page, folder: Path) -> None:
    """Import the completions of the leaders' course; one row is wrong, explained, and left out."""
    course, day = named("Kursus for ledere"), timezone.localdate()
    rows = ["E-mail;Område;Rolle;Gennemført;Fremdrift"]
    for area, many in LEADERS.items():
        rows += [f"{area}{n}@example.dk;{area};Leder;{day:%d.%m.%Y};" for n in range(many)]
    rows.append("for.meget@example.dk;Skoler;Leder;;140")
    file = folder / "Kursus.csv"
    file.write_text("\n".join(rows), encoding="utf-8")
    walk.open(page, course.get_absolute_url())
    walk.press(page, "main a[href*='/imports/']")
    page.set_input_files("[name=file]", str(file))
    page.select_option("[name=activity]", str(course.pk))
    walk.submit(page)
    walk.submit(page)
    walk.press(page, f"main a[href='{ImportRun.objects.get().get_absolute_url()}']")  # later
    assert "140" in page.inner_text("main")
    page.check("[name=without_wrong]")
    walk.submit(page)
    assert Completion.objects.filter(activity=course).count() == sum(LEADERS.values())


def hold_all(walk: Walk, folder: Path) -> None:
    """The coordinator imports the list, writes the other figures, and concludes each."""
    page = walk.as_("coordinator")
    take_list_in(walk, page, folder)
    write(walk, page, "Kursus for direktionen", people=5, done=5)
    write(walk, page, "Falsk mail til alle", people=200, clicked=20, gave_data=2, reported=60)
    for title, _sort, _audience in PLANNED:
        walk.open(page, named(title).address("activity_hold"))
        put_day(page, "held_on", timezone.localdate())
        page.select_option("[name=outcome]", "met")
        page.fill("[name=conclusion]", "Flere melder det, de ser.")
        walk.submit(page)
    page.close()


def small_areas_stay_hidden(walk: Walk) -> None:
    """A member reads about areas with many leaders, and about none with few."""
    page = walk.as_("member")
    walk.open(page, named("Kursus for ledere").get_absolute_url())
    told = page.inner_text("main")
    assert "Skoler" in told and "Ældre" not in told and "Teknik" not in told
    assert "0@example.dk" not in told
    page.close()


def bring_evaluation(walk: Walk) -> AwarenessEvaluation:
    """The coordinator writes the committee's conclusion, and puts it on the agenda."""
    page = walk.as_("coordinator")
    walk.open(page, reverse("awareness"))
    walk.press(page, f"form[action='{reverse('awareness_evaluation_new')}'] button")
    page.click("main details summary")  # what was held is folded
    assert "Falsk mail til alle" in page.inner_text("main")
    found = AwarenessEvaluation.objects.get()
    walk.open(page, reverse("proposal_change", args=["awareness-evaluation", found.pk]))
    page.fill("[name=effect]", "Hver tiende klikkede.")
    page.fill("[name=learning]", "Korte kurser virker bedst.")
    page.fill("[name=effort]", "Skolerne er de næste.")
    walk.submit(page)
    walk.open(page, reverse("proposal", args=["awareness-evaluation", found.pk]))
    walk.submit(page)
    page.close()
    return found


def state_of(cast: Cast, measure: str, half: Half) -> State:
    """Return today's state of a measure's check, where measuring began with the half-year."""
    register, today = register_of("awareness"), timezone.localdate()
    asked = Question(today, today, half.first, cast.committee.pk, taken_up(), chair_may=True)
    check: Any = rules_of(register).checks[measure]
    found: State = check(None, past_of(register), asked).state
    return found


def test_a_year_of_awareness_goes_from_the_plan_to_an_evaluated_half_year(
    town: Cast, live_server, new_page: Callable[..., Page], tmp_path: Path
) -> None:
    cast, walk = town, Walk(live_server.url, new_page)
    half = Half.of(timezone.localdate()).after  # the first one that is measured from its first day
    with time_is(noon(half.first + timedelta(days=10))):
        meeting = plan(cast)
        plan_year(cast, walk)
        through_a_meeting(cast, meeting, {PLAN.kind: "approved"})
    with time_is(noon(timezone.localdate(meeting.starts_at) + timedelta(days=3))):
        assert state_of(cast, Measure.AWARENESS_TRAINING, half) != State.FULFILLED
        hold_all(walk, tmp_path)
        small_areas_stay_hidden(walk)
        assert state_of(cast, Measure.AWARENESS_TRAINING, half) == State.FULFILLED
    with time_is(noon(half.last + timedelta(days=10))):
        assert state_of(cast, Measure.AWARENESS_EVALUATION, half) != State.FULFILLED
        later = later_meeting(cast, 30)
        evaluation = bring_evaluation(walk)
        through_a_meeting(cast, later, {EVALUATION.kind: "approved"})
    evaluation.refresh_from_db()
    assert evaluation.record and evaluation.record.pdf
    with time_is(later.starts_at + timedelta(days=2)):
        assert state_of(cast, Measure.AWARENESS_EVALUATION, half) == State.FULFILLED
        page = walk.as_("member")
        walk.open(page, evaluation.get_absolute_url())
        walk.open(page, reverse("awareness"))
        page.close()
    assert walk.faults == []
