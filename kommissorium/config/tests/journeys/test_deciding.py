"""Decisions that decide: the chair's on the phone from a mail, her deputy's, and row by row in a meeting.

The program runs in this process on a database of its own, as in test_quarter.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from kommissorium.config.tests.journeys.conftest import NARROW
from kommissorium.config.tests.journeys.inspecting import assert_good
from kommissorium.config.tests.journeys.test_quarter import (
    Walk,
    be_there,
    clock,  # noqa: F401 a fixture
    plan,
    saved,
)
from kommissorium.config.tests.registers.cycle_cases import approve_minutes_of, fresh
from kommissorium.conftest import PASSWORD, Cast, address
from kommissorium.core.evidence.chain_check import check_database
from kommissorium.core.mail.models import OutboxMail
from kommissorium.core.ui.localised import day
from kommissorium.meetings.models import Decision, Meeting
from kommissorium.risks.models import Acceptance
from kommissorium.risks.tests.acceptance_cases import limit, make_risks, propose
from kommissorium.risks.tests.standing_cases import accept_until, level, today
from kommissorium.secretariat.actions.agendas import bring_back
from kommissorium.secretariat.actions.cycle import call

WHY_NOW = "Aftalen udløber inden mødet."
PRESSES = 2  # the declaration and the button


def proposed(cast: Cast, owner: str = "member") -> Acceptance:
    limit("chair", per_risk=400_000, per_year=900_000)
    level(cast, 4)
    return propose(cast, make_risks(cast, [(4, 3)], owner=owner), why_now=WHY_NOW)


def opened_from_mail(page: Page, site: str, who: str) -> None:
    """Open the matter by the link of the mail that asks, and sign in on the way."""
    mail = OutboxMail.objects.get(kind="registers.decision_asked", recipient=address(who))
    found = re.search(r"https?://\S+", mail.body)
    assert found
    page.goto(site + urlsplit(found[0]).path)
    page.fill("[name=login]", address(who))
    page.fill("[name=password]", PASSWORD)
    page.click("main form button.button-primary")
    expect(page.get_by_role("button", name="Godkend", exact=True)).to_be_visible()


@pytest.mark.parametrize(("owner", "who"), [("member", "chair"), ("chair", "deputy")])
def test_whoever_is_asked_decides_from_the_mail_on_the_phone(
    committing: Cast, live_server, new_page: Callable[..., Page], owner: str, who: str
) -> None:
    """The chair; her deputy where the matter is her own, and she is shown no button."""
    acceptance = proposed(committing, owner)
    page = new_page(NARROW)
    opened_from_mail(page, live_server.url, who)
    assert_good(page)
    presses = [page.locator("[name=is_impartial]")]
    presses += [page.get_by_role("button", name="Godkend", exact=True)]
    if who == "deputy":
        page.fill("[name=chair_absent_because]", "Det er formandens egen sag.")
    for one in presses:
        one.click()
    page.wait_for_url(re.compile(r"/decisions/\d"))
    assert len(presses) == PRESSES
    decision = Decision.objects.get()
    assert decision.by == getattr(committing, who) and decision.is_weighed
    assert fresh(acceptance).is_standing and fresh(acceptance).decision == decision
    assert_good(page)
    if who == "deputy":
        chair = Walk(live_server.url, new_page).as_("chair")
        chair.goto(live_server.url + reverse("proposal", args=["acceptance", acceptance.pk]))
        assert chair.get_by_role("button", name="Godkend", exact=True).count() == 0


def test_an_expiring_acceptance_is_extended_by_a_choice_in_the_meeting(
    committing: Cast,
    clock: Callable[..., None],  # noqa: F811
    live_server,
    new_page: Callable[..., Page],
) -> None:
    cast, walk = committing, Walk(live_server.url, new_page)
    limit("committee", per_risk=500_000, per_year=900_000)
    level(cast, 4, year=today().year + 1)
    first, second = make_risks(cast, [(2, 2), (2, 3)])
    kept, ended = accept_until(cast, [first], 50, 70_000), accept_until(cast, [second], 51)
    path = plan(walk, walk.as_("coordinator"), cast.committee.pk, 20)
    meeting = Meeting.objects.get(pk=int(path.split("/")[2]))
    bring_back(meeting, by=cast.coordinator)
    call(meeting, by=cast.coordinator)
    clock(meeting.starts_at + timedelta(minutes=10))
    page = walk.as_("coordinator")
    be_there(walk, page, path, [cast.chair.name, cast.coordinator.name, cast.member.name])
    item = meeting.items.get(subject_kind="risks.expiring")
    walk.open(page, reverse("conduct_item", args=[meeting.pk, item.number]))
    until = kept.expires_on + timedelta(days=200)
    page.select_option(f"[name='risks.acceptance:{kept.pk}']", "extend")
    page.fill(f"[name='risks.acceptance:{kept.pk}-day']", f"{until:%Y-%m-%d}")
    page.select_option(f"[name='risks.acceptance:{ended.pk}']", "end")
    page.click(f"form[action='{reverse('row_choices', args=[item.pk])}'] button[type=submit]")
    page.get_by_text("Valgene er gemt").first.wait_for()
    page.click(f"form[action='{reverse('recommendation_use', args=[item.pk])}'] button")
    decision = page.locator("form[action$='/fields/decision/'] [contenteditable=true]")
    decision.get_by_text("forlængede risikoaccepten").first.wait_for()
    for one in meeting.items.filter(type="decision").exclude(pk=item.pk):
        walk.open(page, reverse("conduct_item", args=[meeting.pk, one.number]))
        page.locator("form[action$='/fields/not_discussed/'] input[type=checkbox]").check()
        saved(page, "not_discussed")
    walk.open(page, f"{path}end/")
    walk.submit(page)
    approve_minutes_of(cast, fresh(meeting))
    new = kept.replaced_by.get()
    assert new.is_standing and new.expires_on == until
    assert not fresh(ended).is_standing
    member = walk.as_("member")
    walk.open(member, meeting.decisions.get(item=item).get_absolute_url())
    told = member.locator("main").inner_text()
    assert "Trådt i kraft" in told and day(until) in told
    assert walk.faults == [], "\n".join(walk.faults)
    assert check_database().faults == []
