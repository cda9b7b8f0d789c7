"""The chair's decisions between meetings: who takes them, what they must say, where they go."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from kommissorium.committees.actions.seats import add_seat, take_seat
from kommissorium.conftest import LATE, PASSWORD, Cast
from kommissorium.core.evidence.chain_check import check_database
from kommissorium.core.refusals import Refused
from kommissorium.meetings.actions.decisions import decide_as_chair
from kommissorium.meetings.models import Decision, Meeting
from kommissorium.secretariat.actions.cycle import decide
from kommissorium.tasks.models import Task

pytestmark = pytest.mark.both("two who decide at once")

type Browser = Callable[[str], Client]

WEIGHING = {
    "security": "stronger",
    "security_text": "Adgangen lukkes for fremmede.",
    "usability": "harder",
    "economy": "costs",
    "economy_text": "12.000 kr. om året",
    "proportion": "fitting",
}
SAID = {
    "title": "Leverandørens fjernadgang lukkes",
    "text": "<p>Fjernadgangen til <strong>omsorgssystemet</strong> lukkes i dag.</p>",
    "outcome": "approved",
    "why_now": "Leverandøren er ramt af et angreb.",
    "is_impartial": "on",
    **WEIGHING,
}


@pytest.fixture
def proven(client_of: Browser) -> Browser:
    """Return a browser whose person has just typed the password once more."""

    def browser(who: str) -> Client:
        client = client_of(who)
        client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
        return client

    return browser


def address(cast: Cast) -> str:
    return reverse("chair_decision_add", args=[cast.committee.pk])


def said(title: str = "Ny procedure", **changes: Any) -> dict[str, Any]:
    """Return what decide_as_chair takes."""
    given = {"title": title, "text": f"<p>{title} gælder.</p>", "why_now": "Et udbud venter."}
    return {**given, "weighing": WEIGHING, "is_impartial": True, **changes}


WHO_MAY = [
    ("chair", 200, 302),
    ("deputy", 200, 302),
    ("coordinator", 403, 403),
    ("member", 403, 403),
    ("dpo", 403, 403),
    ("executive", 403, 403),
    ("auditor", 403, 403),
    ("employee", 404, 404),
    ("administrator", 404, 404),
]


@pytest.mark.parametrize(("who", "seen", "sent"), WHO_MAY)
def test_only_those_who_lead_the_committee_decide(cast, proven, who, seen, sent):
    browser = proven(who)
    values = {**SAID, "chair_absent_because": "Ferie til uge 42."}
    assert browser.get(address(cast)).status_code == seen
    assert browser.post(address(cast), values).status_code == sent
    assert Decision.objects.count() == (sent == 302)


def test_the_chair_decides_and_reads_the_number_and_the_agenda(cast, meeting, proven):
    browser = proven("chair")
    answer = browser.post(address(cast), SAID, follow=True)
    decision = Decision.objects.get()
    assert decision.number == f"{timezone.localdate().year}/F1"
    assert decision.capacity == Decision.Capacity.CHAIR and decision.by == cast.chair
    text = answer.content.decode()
    assert answer.request["PATH_INFO"] == decision.get_absolute_url()
    told = decision.told_at().get()
    assert told.meeting == meeting and told.type == "information"
    assert decision.number in text and told.get_absolute_url() in text
    assert "Adgangen lukkes for fremmede." in text and "Leverandøren er ramt" in text


def test_without_a_planned_meeting_it_comes_on_the_next_agenda(cast, proven):
    answer = proven("chair").post(address(cast), SAID, follow=True)
    assert answer.status_code == 200 and not Decision.objects.get().told_at().exists()
    (line,) = answer.context["effects"]
    assert line.text and not line.link


def test_the_deputy_says_why_the_chair_cannot(cast, proven):
    browser = proven("deputy")
    refused = browser.post(address(cast), SAID)
    assert refused.status_code == 400
    assert "chair_absent_because" in refused.context["form"].errors
    assert not Decision.objects.exists()
    reason = "Formanden er på barsel til uge 42."
    assert browser.post(address(cast), {**SAID, "chair_absent_because": reason}).status_code == 302
    decision = Decision.objects.get()
    assert decision.capacity == Decision.Capacity.DEPUTY_CHAIR
    assert decision.chair_absent_because == reason
    assert reason in browser.get(decision.get_absolute_url()).content.decode()


def test_the_deputy_of_the_chairs_own_seat_decides_as_deputy(cast, proven):
    seat = cast.committee.seats.get(role="chair")
    since = cast.since + timedelta(days=1)
    take_seat(
        seat,
        by=None,
        person=cast.member,
        from_date=since,
        capacity="deputy",
        because=LATE,
    )
    values = {**SAID, "chair_absent_because": "Syg"}
    assert proven("member").post(address(cast), values).status_code == 302
    assert Decision.objects.get().capacity == Decision.Capacity.DEPUTY_CHAIR


def test_everything_that_is_missing_is_asked_for_and_nothing_typed_is_lost(cast, proven):
    values = {"title": "Beholdes", "security_text": "Også dette", "is_closed": "on"}
    answer = proven("chair").post(address(cast), values)
    form = answer.context["form"]
    assert answer.status_code == 400
    assert set(form.errors) == {
        "text",
        "outcome",
        "why_now",
        "security",
        "usability",
        "economy",
        "proportion",
        "is_impartial",
        "closed_ground",
    }
    text = answer.content.decode()
    assert 'value="Beholdes"' in text and 'value="Også dette"' in text


def test_nobody_decides_alone_without_declaring_to_be_impartial(cast, proven):
    undeclared = {name: value for name, value in SAID.items() if name != "is_impartial"}
    answer = proven("chair").post(address(cast), undeclared)
    assert answer.status_code == 400
    assert set(answer.context["form"].errors) == {"is_impartial"}
    with pytest.raises(Refused):
        decide_as_chair(cast.committee, by=cast.chair, **said(is_impartial=False))
    assert not Decision.objects.exists()
    assert proven("chair").post(address(cast), SAID).status_code == 302
    decision = Decision.objects.get()
    assert json.loads(decision.record.content)["is_impartial"] is True
    page = proven("member").get(decision.get_absolute_url()).content.decode()
    assert "inhabil" in page


def test_a_task_that_follows_is_given_with_the_decision(cast, proven):
    due = timezone.localdate() + timedelta(days=7)
    browser = proven("chair")
    half = {**SAID, "task_title": "Luk for adgangen"}
    refused = browser.post(address(cast), half)
    assert set(refused.context["form"].errors) == {"task_owner", "task_due"}
    whole = {**half, "task_owner": cast.head_of_it.pk, "task_due": due.isoformat()}
    assert browser.post(address(cast), whole).status_code == 302
    decision, task = Decision.objects.get(), Task.objects.get()
    assert task.owner == cast.head_of_it and task.born_link == decision.get_absolute_url()
    page = browser.get(decision.get_absolute_url())
    assert page.context["tasks"] == [task]


def test_a_task_that_is_refused_leaves_no_decision_and_no_gap(cast, proven):
    past = timezone.localdate() - timedelta(days=1)
    task = {"task_title": "For sent", "task_owner": cast.chair.pk, "task_due": past.isoformat()}
    browser = proven("chair")
    refused = browser.post(address(cast), {**SAID, **task})
    assert refused.status_code == 400 and list(refused.context["form"].errors) == ["task_due"]
    assert not Decision.objects.exists() and not Task.objects.exists()
    browser.post(address(cast), SAID)
    assert Decision.objects.get().number.endswith("/F1")


def test_a_closed_decision_and_its_task_are_for_those_the_committee_names(
    cast, meeting, proven, client_of
):
    due = timezone.localdate() + timedelta(days=7)
    closed = {"is_closed": "on", "closed_ground": "Offentlighedsloven § 31"}
    task = {"task_title": "Lukket opgave", "task_owner": cast.member.pk, "task_due": due}
    proven("chair").post(address(cast), {**SAID, **closed, **task})
    decision = Decision.objects.get()
    assert decision.told_at().get().is_closed and Task.objects.get().is_closed
    for who, status in (("member", 200), ("dpo", 200), ("executive", 404), ("auditor", 404)):
        assert client_of(who).get(decision.get_absolute_url()).status_code == status, who


def test_a_decision_sent_twice_is_taken_once(cast, proven):
    browser = proven("chair")
    assert browser.post(address(cast), SAID).status_code == 302
    again = browser.post(address(cast), SAID)
    assert again.status_code == 400
    assert Decision.objects.get().number in again.content.decode()
    assert browser.post(address(cast), {**SAID, "title": "En anden"}).status_code == 302


def test_who_signed_in_long_ago_proves_it_first_and_what_was_typed_is_kept(cast, client_of):
    browser = client_of("chair")
    asked = browser.post(address(cast), SAID)
    assert asked.status_code == 302 and reverse("account_reauthenticate") in asked.url
    assert not Decision.objects.exists()
    browser.post(asked.url, {"password": PASSWORD})
    assert Decision.objects.get().title == SAID["title"]


def test_the_record_holds_all_of_it_and_a_pdf(cast):
    decision = decide_as_chair(
        cast.committee, by=cast.chair, **said("Kanariefuglen", closed_ground="ikke lukket")
    )
    content = json.loads(decision.record.content)
    assert content["number"] == decision.number and content["economy_text"] == "12.000 kr. om året"
    assert content["by"] == cast.chair.name and content["closed_ground"] == ""
    pdf = PdfReader(io.BytesIO(bytes(decision.record.pdf)))
    text = " ".join(page.extract_text() for page in pdf.pages)
    for words in (decision.number, "Kanariefuglen gælder.", "Et udbud venter.", cast.chair.name):
        assert words in text, words
    assert len(pdf.pages) == 1


def test_a_decision_never_changes(cast):
    decision = decide_as_chair(cast.committee, by=cast.chair, **said())
    row = Decision.objects.filter(pk=decision.pk)
    for change in (lambda: row.update(title="Andet"), row.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert row.get().title == "Ny procedure"
    assert not check_database().faults


def test_numbers_run_by_committee_and_year(cast):
    first, second = (
        decide_as_chair(cast.committee, by=cast.chair, **said(title)) for title in ("En", "To")
    )
    assert [first.number[-3:], second.number[-3:]] == ["/F1", "/F2"]


def test_a_weighing_of_three_is_no_weighing(cast):
    three = {**WEIGHING, "proportion": ""}
    with pytest.raises(Refused) as refused:
        decide_as_chair(cast.committee, by=cast.chair, **said(weighing=three))
    assert list(refused.value.errors) == ["proportion"]


def test_of_many_who_decide_at_once_each_gets_a_number_and_none_is_left_out(committing: Cast):
    def take(place: int) -> str:
        try:
            by = committing.chair if place % 2 else committing.deputy
            why = said(f"Beslutning {place}", chair_absent_because="Ferie")
            return decide(committing.committee, by=by, **why).number
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        numbers = list(threads.map(take, range(6)))
    year = timezone.localdate().year
    assert sorted(numbers) == [f"{year}/F{serial}" for serial in range(1, 7)]


@pytest.mark.parametrize(
    ("who", "leads"), [("chair", True), ("deputy", True), ("coordinator", False), ("dpo", False)]
)
def test_the_pages_lead_there_who_leads_the_committee_and_nobody_else(cast, client_of, who, leads):
    browser = client_of(who)
    for page in (cast.committee.get_absolute_url(), reverse("overview"), reverse("decisions")):
        assert (address(cast) in browser.get(page).content.decode()) is leads, page


def test_a_second_committee_counts_for_itself(cast, proven):
    other = type(cast.committee).objects.create(name="Beredskabsudvalget")
    seat = add_seat(other, by=cast.coordinator, role="chair", function="", from_date=cast.since)
    take_seat(seat, by=None, person=cast.chair, from_date=cast.since, because=LATE)
    for committee in (cast.committee, other):
        decide_as_chair(committee, by=cast.chair, **said())
    assert {one.number[-3:] for one in Decision.objects.all()} == {"/F1"}
    assert not Meeting.objects.exists()
