"""An owner assesses a system, the committee accepts a risk in it for a while, and the while ends.

The program runs in this process on a database of its own, so that months can pass.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page
from pypdf import PdfReader

from kommissorium.assets.actions.assets import add_asset
from kommissorium.assets.actions.owners import appoint
from kommissorium.assets.models import Asset
from kommissorium.compliance.history_queries import history_of
from kommissorium.config.tests.journeys.inspecting import faults
from kommissorium.config.tests.registers.cycle_cases import later_meeting, through_a_meeting
from kommissorium.conftest import PASSWORD, Cast, address, plan, time_is
from kommissorium.measures.answer import find
from kommissorium.measures.codes import Measure
from kommissorium.measures.findings import State
from kommissorium.meetings.models import Meeting
from kommissorium.risks.models import Acceptance, Assessment, Threat
from kommissorium.risks.tests.proposal_samples import drafted_level

NAME = "Omsorgsjournalen"
HOLDS = 140  # days
APPROVED = dict.fromkeys(("risks.assessment", "risks.acceptance", "risks.risklevel"), "approved")


@pytest.fixture
def system(committing: Cast) -> Asset:
    """A critical system that a member of the committee owns."""
    cast = committing
    values = {"name": NAME, "criticality": "society"}
    asset = add_asset(by=cast.coordinator, kind="system", values=values)
    appoint(asset, "system_owner", cast.member, by=cast.coordinator)
    return asset


class Walk:
    """The people's steps in the browser, each page looked at on the way."""

    def __init__(self, site: str, new_page: Callable[..., Page]) -> None:
        self.site, self.new_page = site, new_page
        self.faults: list[str] = []

    def as_(self, who: str) -> Page:
        page = self.new_page()
        page.goto(f"{self.site}/account/login/")
        page.fill("[name=login]", address(who))
        page.fill("[name=password]", PASSWORD)
        page.click("main form button.button-primary")
        page.wait_for_url(f"{self.site}/")
        return page

    def open(self, page: Page, path: str) -> None:
        page.goto(self.site + path)
        self.faults += faults(page, always=False)

    def press(self, page: Page, selector: str) -> None:
        """Press the element, look at the page it leads to, and expect no refusal there."""
        with page.expect_navigation():
            page.locator(selector).first.click()
        refused = page.locator(".alert-error, .form-error-message").all_inner_texts()
        assert not any(refused), f"{page.url}: {refused}"
        self.faults += faults(page, always=False)

    def submit(self, page: Page) -> None:
        self.press(page, "main form[method=post] button.button-primary")


def assess_as_owner(walk: Walk, system: Asset) -> Assessment:
    """The owner begins, ticks two threats, and rates the likelihood and impact of each."""
    page = walk.as_("member")
    walk.open(page, f"{reverse('assessment_new')}?scope=asset")
    walk.press(page, f"main a[href*='asset={system.pk}']")
    walk.submit(page)
    for threat in Threat.objects.order_by("pk")[:2]:
        page.locator(f"#threat-{threat.pk}").check()
    walk.submit(page)
    draft = Assessment.objects.get()
    worst, mild = draft.scenarios.all()
    for risk, step, treatment in ((worst, "4", "accept"), (mild, "1", "accept")):
        card = page.locator(f"#risk-{risk.pk}")
        card.locator(f"[name=likelihood][value='{step}']").check()
        card.locator(f"[name=availability_organisation][value='{step}']").check()
        card.locator(f"[name=treatment][value={treatment}]").check()
        with page.expect_navigation():
            card.locator("button[name=onward]").click()
    walk.faults += faults(page)
    walk.open(page, draft.get_absolute_url())
    page.close()
    return draft


def put_before_the_committee(cast: Cast, walk: Walk, draft: Assessment) -> Acceptance:
    """The coordinator puts it on the agenda, proposes to accept the worst, and puts that too."""
    page = walk.as_("coordinator")
    walk.open(page, draft.get_absolute_url())
    walk.press(page, "main a[href^='/proposals/']")
    walk.submit(page)
    worst = draft.scenarios.first()
    assert worst
    walk.open(page, f"{reverse('acceptance_new')}?risk={worst.pk}")
    page.fill("[name=reason]", "En udskiftning koster mere end skaden.")
    page.fill("[name=amount]", "250.000")
    page.fill("[name=measure_cost]", "900.000")
    until = timezone.localdate() + timedelta(days=HOLDS)
    page.fill("[name=expires_on]", f"{until:%d.%m.%Y}" if _is_text(page) else until.isoformat())
    page.fill("[name=longer_because]", "Udskiftningen er aftalt til foråret.")
    page.locator("[name=capacity][value=committee]").check()
    walk.submit(page)
    acceptance = Acceptance.objects.get()
    walk.open(page, acceptance.get_absolute_url())
    walk.press(page, "main a[href^='/proposals/']")
    walk.submit(page)
    level = drafted_level(cast)
    walk.open(page, reverse("proposal", args=["level", level.pk]))
    walk.submit(page)
    page.close()
    return acceptance


def _is_text(page: Page) -> bool:
    return page.locator("[name=expires_on]").get_attribute("type") != "date"


def t2(cast: Cast) -> State:
    """Return today's answer of the mandate's check about the risk level."""
    history, today = history_of(cast.committee), timezone.localdate()
    clauses = history.clauses_on(today)
    clause = next(one for one in clauses if one.measure == Measure.RISK_LEVEL)
    return find(clause, history, today).state


def words_of(page: Page, site: str, path: str) -> str:
    """Return the text of a document as one line."""
    answer = page.request.get(site + path)
    assert answer.ok, path
    text = "".join(one.extract_text() for one in PdfReader(io.BytesIO(answer.body())).pages)
    return re.sub(r"\s+", " ", text)


def read_afterwards(walk: Walk, meeting: Meeting, draft: Assessment, given: Acceptance) -> None:
    """A member reads the decision, the frozen picture and the terms."""
    page = walk.as_("member")
    walk.open(page, meeting.decisions.get(subject_kind="risks.assessment").get_absolute_url())
    assert page.locator(f"main a[href='{draft.get_absolute_url()}']").count()
    worst = draft.scenarios.first()
    assert worst
    picture = words_of(page, walk.site, reverse("assessment_document", args=[draft.pk]))
    assert NAME in picture and worst.title in picture
    terms = words_of(page, walk.site, reverse("acceptance_file", args=[given.pk]))
    assert "250.000" in terms and worst.title in terms
    page.close()


def test_a_risk_is_assessed_accepted_for_a_while_and_comes_back(
    committing: Cast, system: Asset, live_server, new_page: Callable[..., Page]
) -> None:
    cast, walk = committing, Walk(live_server.url, new_page)
    meeting, later = plan(cast), later_meeting(cast)
    assert t2(cast) == State.NOT_FULFILLED
    draft = assess_as_owner(walk, system)
    acceptance = put_before_the_committee(cast, walk, draft)
    kinds = meeting.items.exclude(subject_kind="").values_list("subject_kind", flat=True)
    assert set(kinds) == set(APPROVED)

    through_a_meeting(cast, meeting, APPROVED)
    for row in (draft, acceptance):
        row.refresh_from_db()
        assert row.record and row.record.pdf
    assert acceptance.is_standing and draft.is_approved
    with time_is(meeting.starts_at + timedelta(days=2)):
        assert t2(cast) == State.FULFILLED
        read_afterwards(walk, meeting, draft, acceptance)

    item = later.items.get(subject_kind="risks.expiring")
    with time_is(later.starts_at):
        assert t2(cast) == State.DUE_SOON
    with time_is(timezone.localtime() + timedelta(days=HOLDS + 1)):
        assert t2(cast) == State.NOT_FULFILLED
        page = walk.as_("member")
        walk.open(page, item.get_absolute_url())
        walk.open(page, reverse("risks"))
        page.close()
    assert walk.faults == []
