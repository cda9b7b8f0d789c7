"""A quarter as six people, until the executive board's answer is on the next agenda.

What somebody has typed once stands wherever it is wanted afterwards. The program runs in this
process on a database of its own, as in test_quarter.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page

from kommissorium.config.tests.journeys.test_quarter import (
    Walk,
    be_there,
    choose,
    clock,  # noqa: F401 a fixture
    plan,
)
from kommissorium.conftest import PASSWORD, Cast, in_days
from kommissorium.core.evidence.chain_check import check_database
from kommissorium.core.mail.models import OutboxMail
from kommissorium.meetings.models import Meeting
from kommissorium.reports.models import BoardReport, QuarterlyStatus
from kommissorium.tasks.models import Task

PROJECTS = "Alle projekter følger planen."
ASKS = "Der ønskes 200.000 kr. til en ny firewall."
OWN = "Jeg gennemgår opgaverne mundtligt."
ANSWER = "Direktionen vil have en pris fra to leverandører."
WISH = "Indhent en pris fra to leverandører"
COMMENT = "Klar og kort."


@pytest.mark.journey
def test_a_quarter_until_the_boards_answer_is_on_the_next_agenda(
    committing: Cast,
    clock: Callable[..., None],  # noqa: F811
    live_server,
    new_page,
):
    cast, walk = committing, Walk(live_server.url, new_page)
    secretary = walk.as_("coordinator")
    first = plan(walk, secretary, cast.committee.pk, 20)
    second = plan(walk, secretary, cast.committee.pk, 110)
    meeting, later = (Meeting.objects.get(pk=int(one.split("/")[2])) for one in (first, second))

    compose(walk, secretary, meeting)
    put_status(walk, secretary, meeting)
    put_report(walk, secretary, meeting)
    walk.open(secretary, f"{first}call/")
    walk.submit(secretary)
    look_through(walk, meeting)

    hold(walk, clock, meeting, cast)
    approve_minutes(walk, clock, meeting)
    assert QuarterlyStatus.objects.get().is_approved and BoardReport.objects.get().is_approved

    report = BoardReport.objects.get()
    send_and_receive(walk, report)
    clock(meeting.starts_at + timedelta(days=16))
    note_treatment(walk, report, cast)
    on_the_next_agenda(walk, later, cast)
    assert walk.faults == [], "\n".join(walk.faults)
    assert check_database().faults == []


def told_on(page: Page) -> str:
    """Return the text of a page, folded parts too."""
    return page.locator("main").text_content() or ""


def compose(walk: Walk, page: Page, meeting: Meeting) -> None:
    """The coordinator has the agenda drafted, and adds a sentence to one of its texts."""
    path = reverse("meeting_composing", args=[meeting.pk])
    walk.open(page, path)
    walk.press(page, f"form[action='{path}'] button")
    item = meeting.items.get(clause__measure="agenda_coming_tasks")
    walk.open(page, reverse("item_edit", args=[item.pk]))
    text = page.locator("[contenteditable=true]").first  # the case presentation
    text.click()
    page.keyboard.press("Control+End")
    page.keyboard.type(f" {OWN}")
    walk.submit(page)
    walk.open(page, reverse("meeting_preview", args=[meeting.pk]))
    assert OWN in told_on(page)


def put_status(walk: Walk, page: Page, meeting: Meeting) -> None:
    """She composes the quarter's status, writes what no register tells, and puts it forward."""
    walk.open(page, reverse("statuses"))
    walk.press(page, f"form[action='{reverse('status_new')}'] button.button-primary")
    status = QuarterlyStatus.objects.get()
    walk.open(page, reverse("told_edit", args=["status", status.pk]))
    page.fill("[name=text_projects]", PROJECTS)
    nothing = page.locator("input[type=checkbox][name^=empty_]:not([name=empty_projects])")
    for one in nothing.all():
        one.check()
    walk.submit(page)
    put_before(walk, page, status, meeting)


def put_report(walk: Walk, page: Page, meeting: Meeting) -> None:
    """The report is made from the status; only its requests are written in it by hand."""
    walk.open(page, reverse("board_reports"))
    walk.press(page, f"form[action='{reverse('board_report_new')}'] button")
    report = BoardReport.objects.get()
    walk.open(page, reverse("board_requests", args=[report.pk]))
    page.fill("[name=text_1]", ASKS)
    page.fill("[name=kroner_1]", "200.000")
    page.fill("[name=otherwise_1]", "Ellers står den gamle firewall et år til.")
    walk.submit(page)
    walk.open(page, reverse("told_edit", args=["board-report", report.pk]))
    if page.locator("[name=empty_incidents]").count():
        page.check("[name=empty_incidents]")
    walk.submit(page)
    put_before(walk, page, report, meeting)
    item = meeting.items.get(subject_kind="reports.boardreport")
    assert item.measure == "executive_reporting", "it stands under the mandate's own item"


def put_before(walk: Walk, page: Page, told: QuarterlyStatus | BoardReport, meeting: Meeting):
    slug = "status" if isinstance(told, QuarterlyStatus) else "board-report"
    walk.open(page, reverse("proposal", args=[slug, told.pk]))
    page.check(f"[name=meeting][value='{meeting.pk}']")
    walk.submit(page)


def look_through(walk: Walk, meeting: Meeting) -> None:
    """A member reads the agenda and the status before the meeting."""
    member = walk.as_("member")
    walk.open(member, meeting.get_absolute_url())
    assert "Rapport til direktionen" in told_on(member)
    walk.open(member, QuarterlyStatus.objects.get().get_absolute_url())
    assert PROJECTS in told_on(member)


def hold(walk: Walk, clock: Callable[..., None], meeting: Meeting, cast: Cast) -> None:  # noqa: F811
    """Status and report are approved; everything else is taken note of."""
    clock(meeting.starts_at + timedelta(minutes=10))
    page, path = walk.as_("coordinator"), meeting.get_absolute_url()
    be_there(walk, page, path, [cast.chair.name, cast.coordinator.name, cast.member.name])
    for item in meeting.items.filter(type="decision").order_by("number"):
        if item.number == 1:  # there are no minutes to confirm yet
            continue
        walk.open(page, f"{path}conduct/{item.number}/")
        choose(page, "outcome", "approved" if item.subject_kind else "noted")
        for aspect, choice in WEIGHED if item.subject_kind else ():
            choose(page, aspect, choice)
    walk.open(page, f"{path}end/")
    walk.submit(page)
    meeting.refresh_from_db()
    assert meeting.state == Meeting.State.HELD


WEIGHED = (
    ("security", "stronger"),
    ("usability", "unchanged"),
    ("economy", "costs"),
    ("proportion", "fitting"),
)


def approve_minutes(walk: Walk, clock: Callable[..., None], meeting: Meeting) -> None:  # noqa: F811
    clock(meeting.starts_at + timedelta(days=1))
    path = meeting.get_absolute_url()
    secretary = walk.as_("coordinator")
    walk.open(secretary, f"{path}minutes/review/")
    walk.submit(secretary)
    chair = walk.as_("chair")
    walk.open(chair, f"{path}minutes/approval/")
    if chair.locator("[name=password]").count():
        chair.fill("[name=password]", PASSWORD)
        walk.press(chair, "main form button.button-primary")
    walk.submit(chair)


def send_and_receive(walk: Walk, report: BoardReport) -> None:
    """The report is sent; an executive opens it by the mail, confirms and comments."""
    secretary = walk.as_("coordinator")
    walk.open(secretary, report.get_absolute_url())
    walk.press(secretary, f"form[action='{reverse('board_report_send', args=[report.pk])}'] button")
    own = reverse("report_to_executive", args=[report.pk])
    assert own in OutboxMail.objects.get(kind="board_report").body
    executive = walk.as_("executive")
    walk.open(executive, own)
    assert ASKS in told_on(executive), "typed by the coordinator, once"
    walk.press(executive, f"form[action='{reverse('executive_receipt', args=[report.pk])}'] button")
    box = f"form[action='{reverse('executive_answer', args=[report.pk, 1])}']"
    walk.press(executive, f"{box} button[value=approved]")
    assert "Godkendt" in told_on(executive)
    assert OutboxMail.objects.filter(kind="board_answer").exists(), "the committee is told"
    executive.fill("#comment ~ form [name=text]", COMMENT)
    walk.press(executive, f"form[action='{reverse('executive_comment', args=[report.pk])}'] button")


def note_treatment(walk: Walk, report: BoardReport, cast: Cast) -> None:
    """The coordinator notes the board's decision and its requests."""
    page = walk.as_("coordinator")
    walk.open(page, report.get_absolute_url())
    assert COMMENT in told_on(page)
    walk.press(page, f"a[href='{reverse('board_note_new', args=[report.pk, 'treated'])}']")
    page.fill("[name=on]", f"{timezone.localdate():%Y-%m-%d}")
    page.fill("[name=case_number]", "2026-1417")
    page.check("[name=outcome][value=decided]")
    page.fill("[name=text]", ANSWER)
    page.fill("[name=wish_1]", WISH)
    page.select_option("[name=owner_1]", value=str(cast.head_of_it.pk))
    page.fill("[name=due_1]", f"{in_days(60, 12):%Y-%m-%d}")
    walk.submit(page)


def on_the_next_agenda(walk: Walk, later: Meeting, cast: Cast) -> None:
    """The answer is under the mandate's item by itself; whoever is to act has a task."""
    page, path = walk.as_("coordinator"), reverse("meeting_composing", args=[later.pk])
    walk.open(page, path)
    walk.press(page, f"form[action='{path}'] button")
    item = later.items.get(clause__measure="executive_reporting")
    for told in (ANSWER, WISH, "2026-1417"):
        assert told in item.presentation
    task = Task.objects.get(title=WISH)
    owner = walk.as_("head_of_it")
    walk.open(owner, reverse("task", args=[task.pk]))
    assert WISH in told_on(owner) and task.owner == cast.head_of_it
    auditor = walk.as_("auditor")
    walk.open(auditor, QuarterlyStatus.objects.get().get_absolute_url())
    assert PROJECTS in told_on(auditor), "frozen as it was approved"
