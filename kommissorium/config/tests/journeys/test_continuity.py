"""A service gets its plans, a test misses its time, and its lessons come into the next plans.

The program runs in this process on a database of its own, so that months can pass.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta
from zipfile import ZipFile

from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page
from pypdf import PdfReader

from kommissorium.compliance.history_queries import history_of
from kommissorium.config.tests.journeys.test_risks import Walk
from kommissorium.config.tests.registers.cycle_cases import later_meeting, through_a_meeting
from kommissorium.conftest import Cast, plan, time_is
from kommissorium.continuity.models import ContinuityPlan, ContinuityTest, Service
from kommissorium.continuity.tests.cases import RESTORE, approved, named, system
from kommissorium.measures.answer import find
from kommissorium.measures.codes import Measure
from kommissorium.measures.findings import State

APPROVED = dict.fromkeys(
    ("continuity.continuityplan", "continuity.continuityevaluation"), "approved"
)
STEP = "Vagten; Gør som aftalt; Rådhuset"


def state_of(cast: Cast, measure: str) -> State:
    """Return today's answer of the mandate's check."""
    history, today = history_of(cast.committee), timezone.localdate()
    clause = next(one for one in history.clauses_on(today) if one.measure == measure)
    return find(clause, history, today).state


def fill(page: Page, **values: str) -> None:
    for name, value in values.items():
        page.fill(f"[name={name}]", value)


def add_service(walk: Walk, page: Page) -> Service:
    """Add a service, at first with an invalid phone number."""
    walk.open(page, reverse("continuity_service_new"))
    fill(page, title="Hjemmepleje", mtd="8", calls="Vagten; ring", systems="Omsorgssystemet")
    page.locator("[name=criticality]").select_option("society")
    page.locator("[name=responsible]").select_option(index=1)
    with page.expect_navigation():
        page.locator("main form[method=post] button.button-primary").first.click()
    assert page.locator("[name=title]").input_value() == "Hjemmepleje"
    assert page.locator("[name=calls][aria-invalid=true]").count()
    page.fill("[name=calls]", "Vagten; 12 34 56 78; døgnet rundt")
    walk.submit(page)
    return Service.objects.get()


def write_plans(walk: Walk, page: Page, service: Service, **more: str) -> ContinuityPlan:
    """Draft the next version, write it, and put it before the committee."""
    walk.open(page, service.get_absolute_url())
    walk.press(
        page, f"main form[action='{reverse('continuity_plan_new', args=[service.pk])}'] button"
    )
    fill(page, starts_when="Efter en time", contingency=STEP, emergency=STEP, recovery=STEP, **more)
    if "change_because" in more:
        page.locator("[name=improves]").select_option(index=1)
    walk.submit(page)
    walk.press(page, "main a[href^='/proposals/'].button-primary")
    walk.submit(page)
    return ContinuityPlan.objects.latest("pk")


def hold_and_evaluate(walk: Walk, page: Page, test: ContinuityTest) -> None:
    """Report that it took nine hours, and put the lessons before the committee."""
    walk.open(page, test.address("activity_hold"))
    held, is_day = page.locator("[name=held_on]"), timezone.localdate()
    is_date = held.get_attribute("type") == "date"
    held.fill(is_day.isoformat() if is_date else f"{is_day:%d.%m.%Y}")
    fill(page, actual_rto="9", actual_rpo="1", conclusion="Nøglen til kopien manglede.")
    page.locator("[name=outcome]").select_option("not_met")
    walk.submit(page)
    walk.open(page, test.get_absolute_url())
    new = reverse("continuity_evaluation_new", args=[test.pk])
    walk.press(page, f"main form[action='{new}'] button")
    walk.press(page, "main a[href$='/change/']")
    fill(page, learning="Det er nøglen, der tager tid.", changes="To kan hente nøglen.")
    walk.submit(page)
    walk.press(page, "main a[href^='/proposals/'].button-primary")
    walk.submit(page)


def read_offline(walk: Walk, page: Page) -> str:
    """Return the text of the package, without the program."""
    answer = page.request.get(walk.site + reverse("continuity_package"))
    assert answer.ok
    with ZipFile(io.BytesIO(answer.body())) as found:
        pages = [
            one.extract_text()
            for name in found.namelist()
            for one in PdfReader(io.BytesIO(found.read(name))).pages
        ]
    return "".join(pages)


def test_a_missed_time_leads_to_better_plans_and_the_clauses_turn(
    committing: Cast, live_server, new_page: Callable[..., Page]
) -> None:
    cast, walk = committing, Walk(live_server.url, new_page)
    first, second, third = plan(cast), later_meeting(cast), later_meeting(cast, 240)
    system(cast, rto=4)
    assert state_of(cast, Measure.CONTINUITY_PLANS) != State.FULFILLED
    page = walk.as_("coordinator")
    service = add_service(walk, page)
    write_plans(walk, page, service)
    through_a_meeting(cast, first, APPROVED)
    page.close()
    with time_is(first.starts_at + timedelta(days=2)):
        assert state_of(cast, Measure.CONTINUITY_PLANS) == State.FULFILLED
        assert state_of(cast, Measure.CONTINUITY_TEST) != State.FULFILLED
        test = named(approved(cast, {**RESTORE, "service": service}), "Genskab")
        page = walk.as_("coordinator")
        hold_and_evaluate(walk, page, test)
        assert state_of(cast, Measure.CONTINUITY_TEST) == State.FULFILLED
        page.close()
    through_a_meeting(cast, second, APPROVED)
    with time_is(second.starts_at + timedelta(days=65)):
        assert state_of(cast, Measure.CONTINUITY_TEST) == State.DUE_SOON
        page = walk.as_("coordinator")
        better = write_plans(walk, page, service, change_because="To kan hente nøglen.")
        page.close()
    through_a_meeting(cast, third, APPROVED)
    with time_is(third.starts_at + timedelta(days=2)):
        better.refresh_from_db()
        assert better.is_approved and better.improves == test
        assert state_of(cast, Measure.CONTINUITY_TEST) == State.FULFILLED
        assert state_of(cast, Measure.CONTINUITY_PLANS) == State.FULFILLED
        page = walk.as_("member")
        assert "12 34 56 78" in read_offline(walk, page)
        walk.open(page, reverse("continuity"))
        page.close()
    assert walk.faults == []
