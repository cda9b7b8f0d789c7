"""The log of readings: what is noted, who sees it, and that it is forgotten."""

from __future__ import annotations

import errno
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kommissorium.accounts.actions import give_role
from kommissorium.accounts.actions.readings import forget_readings
from kommissorium.accounts.models import Reading
from kommissorium.audits.tests.cases import audited, find
from kommissorium.config.schedule import SCHEDULE
from kommissorium.config.tests.searching import holds
from kommissorium.config.tests.visiting import WHO, rows
from kommissorium.conftest import Cast, queries_of, time_is
from kommissorium.core.evidence.chain_check import check_database
from kommissorium.core.tests.samples import CANARY
from kommissorium.incidents.tests.cases import handled
from kommissorium.meetings.models import AgendaItem, Meeting
from kommissorium.meetings.tests.test_agenda import closed_item
from kommissorium.secretariat.tests.test_record_access import decide
from kommissorium.tasks.actions import give_task

Browser = Callable[[str], Client]
LOG = "/reading-log/"


@pytest.fixture
def item(meeting: Meeting, cast: Cast) -> AgendaItem:
    return closed_item(meeting, cast)


def noted() -> list[tuple[str, str, str]]:
    rows = Reading.objects.order_by("pk").select_related("person")
    return [(one.person.name.split()[0], one.what, one.object_kind or one.path) for one in rows]


def test_closed_items_are_noted_where_they_are_read(item, meeting, cast, client_of) -> None:
    browser = client_of("member")
    browser.get(reverse("agenda_item", args=[item.pk]))
    browser.get(meeting.get_absolute_url())
    decision = decide(cast, title="Lukket sag", is_closed=True)
    browser.get(decision.get_absolute_url())
    kinds = ("meetings.agendaitem", "meetings.meeting", "meetings.decision")
    assert noted() == [("Søren", "closed", kind) for kind in kinds]


@pytest.mark.parametrize(
    ("name", "args"), [("item_edit", []), ("thing_history", ["meetings.agendaitem"])]
)
def test_a_closed_item_is_noted_where_it_is_edited_and_its_history_read(
    name, args, item, client_of
) -> None:
    assert client_of("coordinator").get(reverse(name, args=[*args, item.pk])).status_code == 200
    assert {kind for _who, _what, kind in noted()} == {"meetings.agendaitem"}


def test_a_frozen_document_is_noted_as_its_file_is(cast, client_of) -> None:
    address = reverse("record", args=[cast.mandate.record_id])
    assert client_of("auditor").get(address).status_code == 200
    assert noted() == [("Palle", "export", address)]


# Pages that name closed items and cases in a line, or tasks, which are no part of the log.
LINES_ALONE = {
    *("attachment_removal", "conduct", "conduct_item", "decision_weighing", "decisions"),
    *("incidents", "item_withdrawal", "late_file_add", "meeting", "meeting_end"),
    *("meeting_history", "overview", "proposal_history", "quarter"),
    *("quarter_choice", "quarter_removal", "task", "task_completion", "task_delegation"),
    *("task_dropping", "task_edit", "task_reopening", "thing_history", "thing_past"),
}


@pytest.mark.once
@pytest.mark.django_db
@pytest.mark.parametrize("who", ["coordinator", "member"])
def test_every_page_that_shows_what_is_closed_is_noted(who, samples, visitors) -> None:
    client, place, unnoted, shown = Client(), WHO.index(who), set(), 0
    client.cookies[settings.SESSION_COOKIE_NAME] = visitors[who]
    for row in rows():
        if row.method == "GET" and row.expected[place] == "200":
            Reading.objects.all().delete()
            answer = client.get(reverse(row.url_name, kwargs=samples.arguments(row.name)))
            is_page = answer.headers["Content-Type"].startswith("text/html")
            if is_page and not answer.streaming and holds(answer.content, CANARY):
                shown += 1
                unnoted |= set() if Reading.objects.exists() else {row.url_name}
    assert " ".join(sorted(unnoted - LINES_ALONE)) == ""
    assert shown > len(unnoted)


def test_open_items_and_pages_that_are_refused_are_not_noted(item, meeting, client_of) -> None:
    opened = meeting.items.exclude(pk=item.pk).first()
    client_of("member").get(reverse("agenda_item", args=[opened.pk]))
    assert client_of("auditor").get(reverse("agenda_item", args=[item.pk])).status_code == 404
    client_of("auditor").get(meeting.get_absolute_url())
    assert noted() == []


@pytest.mark.usefixtures("words_kept")
def test_what_a_search_shows_of_few_is_noted_once_for_each_thing(cast, meeting, client_of) -> None:
    closed = closed_item(meeting, cast)
    audit = audited(cast)
    finding = find(cast, audit)
    decision = decide(cast, title="Lukket sag om adgange", is_closed=True)
    give_task(
        by=cast.coordinator, title="Gennemgå adgange", owner=cast.member, due=timezone.localdate()
    )
    browser = client_of("member")
    for _time in range(2):
        found = browser.get("/search/", {"q": "adgange"}).context["lines"]
        assert {one.url for one in found} >= {
            audit.get_absolute_url(),
            finding.get_absolute_url(),
            decision.get_absolute_url(),
        }
    kinds = ("audits.audit", "meetings.agendaitem", "meetings.decision")
    assert sorted(noted()) == [("Søren", "search", kind) for kind in kinds]
    browser.get("/search/", {"q": closed.title})
    assert noted()[3:] == [("Søren", "search", "meetings.agendaitem")]


@pytest.mark.usefixtures("words_kept")
def test_suggestions_are_noted_where_the_title_is_for_few(cast, meeting, client_of) -> None:
    item, audit = closed_item(meeting, cast), audited(cast)
    suggested = "/search/suggestions/"
    browser = client_of("member")
    assert audit.get_absolute_url() in browser.get(suggested, {"q": audit.title}).text
    assert noted() == []
    assert item.get_absolute_url() in browser.get(suggested, {"q": item.title}).text
    assert noted() == [("Søren", "search", "meetings.agendaitem")]


@pytest.mark.usefixtures("words_kept")
def test_a_search_that_shows_nothing_of_few_is_not_noted(meeting, cast, client_of) -> None:
    closed = closed_item(meeting, cast)
    case = handled(cast)
    assert client_of("auditor").get("/search/", {"q": closed.title}).status_code == 200
    found = client_of("coordinator").get("/search/", {"q": case.case_number}).context["lines"]
    assert case.get_absolute_url() in {one.url for one in found}
    assert "search" not in {what for _who, what, _kind in noted()}


@pytest.mark.usefixtures("words_kept")
def test_noting_asks_as_much_however_much_is_shown(cast, meeting, client_of) -> None:
    browser = client_of("member")

    def asked() -> int:
        Reading.objects.all().delete()
        return queries_of(lambda: browser.get("/search/", {"q": "lukket"}))

    decide(cast, title="Lukket sag 0", is_closed=True)
    asked()
    few = asked()
    for number in range(1, 6):
        decide(cast, title=f"Lukket sag {number}", is_closed=True)
    assert asked() <= few
    assert len(noted()) == 12, "six items and their decisions"


def test_each_file_that_is_taken_out_is_noted_once(cast, client_of) -> None:
    browser = client_of("coordinator")
    path = reverse("tasks_export")
    for _time in range(2):
        assert browser.get(path).status_code == 200
    assert client_of("employee").get(reverse("people_export")).status_code == 404
    assert noted() == [("Karen", "export", path)]
    with time_is(timezone.localtime() + timedelta(minutes=6)):
        browser.get(path)
    assert len(noted()) == 2


def test_a_file_of_a_case_is_noted_with_its_case_alone(cast, client_of) -> None:
    found = handled(cast)
    client_of("coordinator").get(reverse("incident_breaches"))
    assert {what for _who, what, _kind in noted()} <= {"export"}
    client_of("coordinator").get(found.get_absolute_url())
    assert noted()[-1] == ("Karen", "page", "incidents.incident")


def test_auditor_and_officer_see_all_others_their_own(item, client_of) -> None:
    address = reverse("agenda_item", args=[item.pk])
    for who in ("member", "chair"):
        client_of(who).get(address)
    for who in ("auditor", "dpo"):
        page = client_of(who).get(LOG).content.decode()
        assert "Søren Ødum" in page and "Morten Aagaard Lund" in page, who
    for who, other in (("member", "chair"), ("coordinator", "member"), ("administrator", "chair")):
        answer = client_of(who).get(LOG)
        assert {one.person_id for one in answer.context["readings"]} <= {
            answer.wsgi_request.user.pk
        }
        assert other not in answer.content.decode()


def test_who_may_not_read_the_item_gets_no_link_and_no_title(item, client_of) -> None:
    address = reverse("agenda_item", args=[item.pk])
    client_of("member").get(address)
    of_auditor = client_of("auditor").get(LOG).content.decode()
    assert address not in of_auditor and item.title not in of_auditor
    assert f'href="{address}"' in client_of("member").get(LOG).content.decode()


def test_it_is_narrowed_and_a_day_that_is_none_is_said(item, cast, client_of) -> None:
    client_of("member").get(reverse("agenda_item", args=[item.pk]))
    browser = client_of("auditor")
    found = lambda query: len(browser.get(f"{LOG}?{query}").context["readings"])  # noqa: E731
    assert found("") == 1
    assert found(f"who={cast.member.pk}") == 1
    assert found(f"who={cast.chair.pk}") == 0
    assert found("what=export") == 0
    assert found("until=2020-01-01") == 0
    answer = browser.get(f"{LOG}?since=i+går")
    assert answer.context["form"].errors["since"]


def test_it_is_handed_out_as_a_workbook(item, client_of) -> None:
    client_of("member").get(reverse("agenda_item", args=[item.pk]))
    answer = client_of("auditor").get(f"{LOG}export/")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert noted()[-1] == ("Palle", "export", f"{LOG}export/")


def test_it_is_forgotten_by_rule_and_the_chain_holds(item, client_of) -> None:
    client_of("member").get(reverse("agenda_item", args=[item.pk]))
    job = next(one for one in SCHEDULE if one.name == "readings")
    assert job.run == forget_readings
    with time_is(timezone.localtime() + timedelta(days=364)):
        forget_readings()
    assert len(noted()) == 1
    with time_is(timezone.localtime() + timedelta(days=366)):
        forget_readings()
    assert noted() == []
    assert check_database().faults == []


def test_it_asks_as_much_however_long_it_is(item, meeting, cast, client_of) -> None:
    browser = client_of("auditor")
    client_of("member").get(reverse("agenda_item", args=[item.pk]))
    few = queries_of(lambda: browser.get(LOG))
    now = timezone.now()
    rows = [Reading(person=cast.chair, at=now, what="file", path="/assets/") for _row in range(40)]
    Reading.objects.bulk_create(rows)
    assert queries_of(lambda: browser.get(LOG)) <= few <= 12


def test_who_can_write_nothing_reads_on(item, client_of, monkeypatch) -> None:
    def full(_rows: object) -> None:
        raise OSError(errno.ENOSPC, "no space left")

    monkeypatch.setattr(Reading.objects, "bulk_create", full)
    assert client_of("member").get(reverse("agenda_item", args=[item.pk])).status_code == 200
    assert noted() == []


def test_the_role_of_the_officer_without_a_seat_opens_nothing(item, cast, client_of) -> None:
    client_of("member").get(reverse("agenda_item", args=[item.pk]))
    give_role(cast.employee, "dpo", by=None, from_date=timezone.localdate())
    answer = client_of("employee").get(LOG)
    assert not answer.context["reads_all"]
    assert list(answer.context["readings"]) == []
