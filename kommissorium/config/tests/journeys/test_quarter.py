"""A whole quarter as four people: from the plan of a meeting to the minutes confirmed by the next.

The program runs in this process on a database of its own, so that months can pass.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from kommissorium.committees.actions.seats import take_seat
from kommissorium.config.tests.journeys.inspecting import faults
from kommissorium.conftest import LATE, PASSWORD, Cast, address, in_days, time_is
from kommissorium.core.evidence.chain_check import check_database
from kommissorium.core.mail.models import OutboxMail
from kommissorium.meetings.models import Decision, Meeting

DECLINER, DEPUTY = "member", "employee"


@pytest.fixture
def town(committing: Cast) -> Cast:
    """The cast, with a deputy for the member's seat."""
    seat = committing.member.holdings.get().seat
    take_seat(
        seat,
        by=None,
        person=committing.employee,
        from_date=committing.since,
        because=LATE,
        capacity="deputy",
    )
    return committing


@pytest.fixture
def clock() -> Iterator[Callable[[datetime], None]]:
    """Set the time to another moment from now on."""
    with ExitStack() as stack:
        yield lambda moment: stack.enter_context(time_is(moment))


class Walk:
    """The people's steps, each page looked at on the way."""

    def __init__(self, site: str, new_page: Callable[..., Page]) -> None:
        self.site, self.new_page = site, new_page
        self.faults: list[str] = []

    def as_(self, who: str) -> Page:
        """Sign somebody in, with the password, on a page of their own."""
        page = self.new_page()
        page.goto(f"{self.site}/account/login/")
        page.fill("[name=login]", address(who))
        page.fill("[name=password]", PASSWORD)
        page.click("main form button.button-primary")
        page.wait_for_url(f"{self.site}/")
        return page

    def open(self, page: Page, path: str) -> Page:
        page.goto(self.site + path)
        self.faults += faults(page, always=False)
        return page

    def press(self, page: Page, selector: str) -> None:
        """Press the element and look at the page it leads to."""
        with page.expect_navigation():
            page.locator(selector).first.click()
        refused = page.locator(".alert-error, .form-error-message").all_inner_texts()
        assert not any(refused), f"{page.url}: {refused}"
        self.faults += faults(page, always=False)

    def submit(self, page: Page) -> None:
        self.press(page, "main form[method=post] button.button-primary")


def write_rich(page: Page, name: str, text: str) -> None:
    """Write into a rich text editor, as a person would."""
    form = page.locator(f"form[action$='/fields/{name}/']")
    form.locator("[contenteditable=true]").click()
    page.keyboard.press("Control+A")
    page.keyboard.type(text)
    saved(page, name)


def choose(page: Page, name: str, value: str) -> None:
    """Press a chip; it is saved at once."""
    form = page.locator(f"form[action$='/fields/{name}/']")
    form.locator(f"input[value='{value}']").check()
    saved(page, name)


def saved(page: Page, name: str) -> None:
    """Wait until the field says that it is saved."""
    state = page.locator(f"form[action$='/fields/{name}/'] .save-state")
    state.get_by_text(re.compile("Gemt")).wait_for()


def plan(walk: Walk, page: Page, committee: int, days: int) -> str:
    """Plan a meeting this many days ahead; return its address."""
    walk.open(page, f"/committees/{committee}/meetings/add/")
    page.fill("[name=date]", f"{in_days(days, 13):%Y-%m-%d}")
    page.fill("[name=start]", "13:00")
    page.fill("[name=end]", "15:00")
    page.fill("[name=place]", "Rådhuset")
    walk.submit(page)
    return f"/meetings/{Meeting.objects.latest('pk').pk}/"


def add_closed_item(walk: Walk, page: Page, meeting: str) -> None:
    walk.open(page, f"{meeting}items/add/")
    page.fill("[name=title]", "Svag adgang til serverrummet")
    page.check("[name=type][value=decision]")
    page.check("[name=is_closed]")
    page.select_option("[name=closed_ground_law]", "ofl-33-5")
    page.fill("[name=closed_ground]", "Beskriver en svaghed")
    walk.submit(page)


def be_there(walk: Walk, page: Page, meeting: str, names: list[str]) -> None:
    """Note who came and open the meeting."""
    walk.open(page, f"{meeting}conduct/")
    for name in names:
        here = re.compile(rf"^Til stede\s*: {name}")
        page.get_by_role("button", name=here).click()
        page.get_by_role("button", name=here, pressed=True).wait_for()
    walk.submit(page)


def answer_link(who: str, answer: str) -> str:
    """Return the link of the mail that calls a person."""
    mail = OutboxMail.objects.filter(recipient=address(who), kind="meetings.invitation").latest(
        "pk"
    )
    found = re.search(rf"https?://\S+/answer/\S+{answer}\S*", mail.body)
    assert found, mail.body
    parts = urlsplit(found.group())
    return f"{parts.path}?{parts.query}"


def item_number(meeting: Meeting, **wanted: object) -> int:
    return meeting.items.get(**wanted).number or 0


@pytest.mark.journey
def test_a_quarter_from_plan_to_confirmation(town, clock, live_server, new_page):
    walk = Walk(live_server.url, new_page)
    committee = town.committee.pk

    # The coordinator plans two meetings, adds a closed item and calls the first.
    secretary = walk.as_("coordinator")
    first = plan(walk, secretary, committee, 20)
    second = plan(walk, secretary, committee, 110)
    add_closed_item(walk, secretary, first)
    walk.open(secretary, f"{first}call/")
    walk.submit(secretary)
    meeting = Meeting.objects.get(pk=int(first.split("/")[2]))
    assert meeting.state == Meeting.State.CALLED

    # The member declines by the link in the mail, without signing in, and names the deputy.
    member = walk.open(new_page(), answer_link(DECLINER, "declined"))
    walk.press(member, "button[value=declined]")
    member.check("[name=deputy]")
    walk.press(member, "main form:has([name=details]) button[type=submit]")
    assert meeting.attendances.get(person=town.employee).stands_in

    # The coordinator adds a late item with its reason.
    walk.open(secretary, f"{first}items/late/")
    secretary.fill("[name=title]", "Varsel fra leverandøren")
    secretary.check("[name=type][value=decision]")
    secretary.fill("[name=late_because]", "Varslet kom i går")
    walk.submit(secretary)

    hold_first_meeting(walk, clock, meeting, first, town)
    review_and_approve(walk, clock, meeting, first)
    confirm_at_second(walk, clock, meeting, second, town)
    assert walk.faults == [], "\n".join(walk.faults)
    assert check_database().faults == []


def hold_first_meeting(walk: Walk, clock, meeting: Meeting, address_: str, town: Cast) -> None:
    """Decide on everything: one item is deferred, one closed item approved with its weighing."""
    clock(meeting.starts_at + timedelta(minutes=10))
    page = walk.as_("coordinator")
    be_there(walk, page, address_, [town.chair.name, town.coordinator.name, town.employee.name])
    closed = item_number(meeting, is_closed=True)
    deferred = item_number(meeting, late_because="Varslet kom i går")
    # There are no minutes to confirm yet, so item 1 asks for nothing.
    deciding = meeting.items.filter(type="decision").exclude(number__in=[1, closed, deferred])
    for number in deciding.values_list("number", flat=True):
        walk.open(page, f"{address_}conduct/{number}/")
        choose(page, "outcome", "noted")
    walk.open(page, f"{address_}conduct/{deferred}/")
    choose(page, "outcome", "deferred")
    walk.open(page, f"{address_}conduct/{closed}/")
    write_rich(page, "discussion", "Udvalget så på billeder fra rummet.")
    choose(page, "outcome", "approved")
    write_rich(page, "decision", "Låsen skiftes i denne uge.")
    for aspect, choice in [
        ("security", "stronger"),
        ("usability", "unchanged"),
        ("economy", "costs"),
        ("proportion", "fitting"),
    ]:
        choose(page, aspect, choice)
    page.fill("#tasks [name=title]", "Skift låsen")
    page.select_option("#tasks [name=owner]", value=str(town.head_of_it.pk))
    page.fill("#tasks [name=due]", f"{timezone.localdate() + timedelta(days=5):%Y-%m-%d}")
    page.click("#tasks button[type=submit]")
    page.locator("#tasks .row-list-title", has_text="Skift låsen").wait_for()
    walk.open(page, f"{address_}end/")
    walk.submit(page)
    meeting.refresh_from_db()
    assert meeting.state == Meeting.State.HELD
    assert meeting.led_by == town.chair


def review_and_approve(walk: Walk, clock, meeting: Meeting, address_: str) -> None:
    """The deputy who was there comments, the secretary resolves it, the chair approves."""
    clock(meeting.starts_at + timedelta(days=1))
    secretary = walk.as_("coordinator")
    walk.open(secretary, f"{address_}minutes/review/")
    walk.submit(secretary)
    deputy = walk.as_(DEPUTY)
    walk.open(deputy, f"{address_}minutes/")
    deputy.locator(".comment-add summary").last.click()
    deputy.locator(".comment-add[open] textarea").fill("Jeg deltog fra kl. 13.15.")
    walk.press(deputy, ".comment-add[open] button")
    walk.open(secretary, f"{address_}minutes/")
    secretary.fill("[name=answer]", "Noteret i deltagerlisten.")
    walk.press(secretary, "form[action$='/settlement/'] button")
    chair = walk.as_("chair")
    clock(meeting.starts_at + timedelta(days=1, minutes=20))
    walk.open(chair, f"{address_}minutes/approval/")
    assert chair.locator("[name=password]").count() == 1, "an old sign-in is asked for again"
    chair.fill("[name=password]", PASSWORD)
    walk.press(chair, "main form button.button-primary")
    walk.submit(chair)
    meeting.refresh_from_db()
    assert meeting.state == Meeting.State.APPROVED
    assert Decision.objects.filter(meeting=meeting, outcome="approved").get().is_weighed


def confirm_at_second(walk: Walk, clock, meeting: Meeting, second: str, town: Cast) -> None:
    """The next meeting has the deferred item by itself and confirms the minutes with a change."""
    later = Meeting.objects.get(pk=int(second.split("/")[2]))
    assert later.items.filter(
        title="Varsel fra leverandøren", carried_from__meeting=meeting
    ).exists()
    clock(later.starts_at - timedelta(days=10))
    secretary = walk.as_("coordinator")
    walk.open(secretary, f"{second}call/")
    walk.submit(secretary)
    clock(later.starts_at + timedelta(minutes=5))
    secretary = walk.as_("coordinator")
    be_there(walk, secretary, second, [town.chair.name, town.coordinator.name])
    for item in later.items.filter(type="decision"):
        walk.open(secretary, f"{second}conduct/{item.number}/")
        if item.number == 1:
            write_rich(secretary, "decision", "Jens deltog ikke under punkt 3.")
            choose(secretary, "outcome", "with_changes")
        else:
            choose(secretary, "outcome", "noted")
    walk.open(secretary, f"{second}end/")
    walk.submit(secretary)
    meeting.refresh_from_db()
    assert meeting.state == Meeting.State.CONFIRMED
    member = walk.as_("head_of_it")
    walk.open(member, f"/meetings/{meeting.pk}/minutes/")
    assert "Jens deltog ikke under punkt 3." in member.locator("#addendum").inner_text()
