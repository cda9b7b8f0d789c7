"""The chain as those who check it see it."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kommissorium.accounts.actions.invitations import invite
from kommissorium.accounts.actions.people import add_person
from kommissorium.conftest import Cast
from kommissorium.core.evidence import verifier
from kommissorium.core.evidence.chain_check import head
from kommissorium.core.evidence.daily_anchor import anchor_today
from kommissorium.core.evidence.models import Anchor, Event, Record, Stamp
from kommissorium.core.schedule.models import Job
from kommissorium.core.ui.navigation import PER_PAGE
from kommissorium.meetings.actions.agenda import add_item, attach
from kommissorium.meetings.actions.calendar_programs import open_feed
from kommissorium.meetings.models import AgendaItem, Meeting

Browser = Callable[[str], Client]


def test_the_chain_is_shown_newest_first_and_by_subject(
    meeting: Meeting, client_of: Browser
) -> None:
    url = reverse("evidence")
    shown = client_of("auditor").get(url)
    assert [entry.seq for entry in shown.context["entries"]] == list(
        Event.objects.values_list("seq", flat=True)[:PER_PAGE]
    )
    assert head()[1] in shown.content.decode()
    about = client_of("auditor").get(url, {"room": "meetings"}).context["entries"]
    assert {entry.act for entry in about} == {"meetings.meeting_planned"}


def test_the_chain_is_narrowed_to_a_person_and_to_a_thing_and_leads_there(
    meeting: Meeting, cast: Cast, client_of: Browser
) -> None:
    browser, url = client_of("auditor"), reverse("evidence")
    shown = browser.get(url, {"who": cast.coordinator.pk})
    # What the person did, and what happened to them.
    who = {entry.who for entry in shown.context["entries"]}
    assert cast.coordinator.name in who
    assert cast.chair.name not in who
    about = browser.get(url, {"thing": f"meetings.meeting:{meeting.pk}"})
    assert [entry.act for entry in about.context["entries"]] == ["meetings.meeting_planned"]
    assert f'<a href="{meeting.get_absolute_url()}">' in about.text
    for thing in ("x", ":", "meetings.meeting:", "nothing.such:1", "x" * 102):
        assert browser.get(url, {"thing": thing}).status_code == 200
    assert browser.get(url, {"who": "999999"}).status_code == 200


def test_documents_are_named_by_what_they_are(cast: Cast, client_of: Browser) -> None:
    record = Record.objects.get()
    name = f"{cast.mandate.title}, version {cast.mandate.version}"
    for url in (reverse("evidence"), reverse("record", args=[record.pk])):
        assert name in client_of("auditor").get(url).text


def test_a_date_that_is_none_is_told_and_shows_everything(
    meeting: Meeting, client_of: Browser
) -> None:
    shown = client_of("auditor").get(reverse("evidence"), {"since": "i går"})
    assert shown.status_code == 200
    assert shown.context["form"].errors["since"]
    nothing = client_of("auditor").get(reverse("evidence"), {"since": "2099-01-01"})
    assert nothing.context["entries"] == []


def test_a_check_says_how_much_was_checked(meeting: Meeting, client_of: Browser) -> None:
    report = client_of("auditor").post(reverse("evidence_check")).context["report"]
    assert report.holds
    assert report.events == Event.objects.count()
    assert report.records == 1


def test_the_export_checks_out_with_its_own_verifier(
    meeting: Meeting, client_of: Browser, tmp_path: Path
) -> None:
    response = client_of("auditor").post(reverse("evidence_export"))
    file = tmp_path / "export.zip"
    file.write_bytes(b"".join(response.streaming_content))  # type: ignore[attr-defined]
    report = verifier.check_export(str(file), [head()])
    assert report.holds, report.faults
    with zipfile.ZipFile(file) as export:
        assert b"def check_export" in export.read("verify.py")


def add_closed(meeting: Meeting, cast: Cast, *, is_closed: bool) -> AgendaItem:
    ground = "Sikkerhed" if is_closed else ""
    return add_item(
        meeting,
        by=cast.chair,
        title="Et punkt",
        type="information",
        is_closed=is_closed,
        closed_ground=ground,
    )


SIGN_IN = ("accounts_invitation", "accounts_emailchange", "meetings_calendarfeed")


def test_the_export_shows_nothing_of_sign_in(cast: Cast, client_of: Browser) -> None:
    person = add_person(by=cast.administrator, name="Ny Nielsen", email="ny@example.dk")
    invite(person, by=cast.administrator)
    open_feed(cast.member, None, by=cast.member)
    for who in ("auditor", "coordinator"):
        export = opened(client_of(who))
        rows = [json.loads(line) for line in export.read("rows.jsonl").splitlines()]
        told = {row["table"] for row in rows}
        assert {"accounts_invitation", "meetings_calendarfeed"} <= told
        assert not any("text" in row for row in rows if row["table"] in SIGN_IN)
        assert not any('"password"' in row.get("text", "") for row in rows)


def test_the_export_says_what_it_withholds_and_why(
    meeting: Meeting, cast: Cast, client_of: Browser
) -> None:
    add_closed(meeting, cast, is_closed=True)
    export = opened(client_of("auditor"))
    told = json.loads(export.read("withheld.json"))["rows"]["meetings_agendaitem"]
    assert (told["withheld"], told["of"]) == (1, AgendaItem.objects.count())
    assert "udvalget" in told["ground"]["da"]
    assert "committee" in told["ground"]["en"]
    rows = [json.loads(line) for line in export.read("rows.jsonl").splitlines()]
    withheld = json.loads(export.read("withheld.json"))["rows"]
    assert sum("withheld" in row for row in rows) == sum(
        line["withheld"] for line in withheld.values()
    )


@pytest.mark.parametrize("is_closed", [False, True])
def test_the_export_carries_the_files_that_its_reader_may_fetch(
    meeting: Meeting, cast: Cast, client_of: Browser, is_closed: bool
) -> None:
    item = add_closed(meeting, cast, is_closed=is_closed)
    attach(item, by=cast.chair, name="bilag.txt", data=b"Et bilag")
    name = f"files/{verifier.sha256('Et bilag')}"
    assert opened(client_of("coordinator")).read(name) == b"Et bilag"
    assert (name in opened(client_of("auditor")).namelist()) is not is_closed


def opened(browser: Client) -> zipfile.ZipFile:
    """Return the export that a person's button hands out, which holds."""
    response = browser.post(reverse("evidence_export"))
    data = io.BytesIO(b"".join(response.streaming_content))  # type: ignore[attr-defined]
    assert verifier.check_export(data, [head()]).faults == []
    return zipfile.ZipFile(data)


def test_the_chain_holds_no_name(meeting: Meeting, cast: Cast) -> None:
    everything = "".join(Event.objects.values_list("facts", flat=True))
    for person in (cast.chair, cast.coordinator, cast.dpo, cast.member, cast.administrator):
        assert person.name not in everything
        assert (person.email or "@") not in everything


def test_the_frozen_mandate_can_be_fetched_byte_for_byte(cast: Cast, client_of: Browser) -> None:
    record = Record.objects.get()
    browser = client_of("auditor")
    assert record.content_hash in browser.get(reverse("record", args=[record.pk])).content.decode()
    data = browser.get(reverse("record_file", args=[record.pk, "json"])).content
    assert verifier.sha256(data) == record.content_hash
    assert len(json.loads(data)["clauses"]) == cast.mandate.clauses.count()
    assert browser.get(reverse("record_file", args=[record.pk, "pdf"])).status_code == 404
    assert browser.get(reverse("record_file", args=[record.pk, "exe"])).status_code == 404


def test_a_long_chain_asks_no_more_questions(
    meeting: Meeting, cast: Cast, client_of: Browser, django_assert_max_num_queries: Any
) -> None:
    for number in range(60):
        add_item(meeting, by=cast.chair, title=f"Punkt {number}", type="information")
    browser = client_of("auditor")
    browser.get(reverse("evidence"))
    with django_assert_max_num_queries(12):
        browser.get(reverse("evidence"))


@pytest.mark.parametrize("who", ["chair", "dpo", "member", "executive", "employee"])
def test_others_do_not_know_of_it(cast: Cast, client_of: Browser, who: str) -> None:
    for name in ("evidence_check", "evidence_export"):
        assert client_of(who).post(reverse(name)).status_code == 404
    assert client_of(who).get(reverse("evidence")).status_code == 404


def test_the_zip_is_no_bigger_than_its_parts(meeting: Meeting, client_of: Browser) -> None:
    response = client_of("coordinator").post(reverse("evidence_export"))
    data = b"".join(response.streaming_content)  # type: ignore[attr-defined]
    with zipfile.ZipFile(io.BytesIO(data)) as export:
        assert export.testzip() is None
        lines = export.read("events.jsonl").splitlines()
    assert len(lines) == Event.objects.count()


def test_the_page_says_who_stamped_which_head_and_why_todays_has_none(
    cast: Cast, client_of: Browser, settings: Any, tmp_path: Path
) -> None:
    url = reverse("evidence")
    assert "tidsstempel" not in client_of("auditor").get(url).text
    settings.TIMESTAMP_URL = "https://tid.example/tsr"
    settings.ANCHOR_FILE = tmp_path / "anchors.txt"
    anchor_today(settings.ANCHOR_FILE, on=timezone.localdate() - timedelta(days=1))
    Stamp.objects.create(anchor=Anchor.objects.get(), answer=b"en dag gammelt")
    Job.objects.create(
        name="time_stamp", next_at=timezone.now(), last_error="NotStamped: timed out"
    )
    shown = client_of("auditor").get(url).text
    assert "fik et tidsstempel fra tid.example" in shown
    assert "endnu ikke fået et tidsstempel fra tid.example" in shown
    assert "timed out" in shown
    anchor_today(settings.ANCHOR_FILE)
    Stamp.objects.create(anchor=Anchor.objects.latest("on"), answer=b"fra i dag")
    assert "endnu ikke" not in client_of("auditor").get(url).text


def test_the_check_says_how_many_time_stamps_there_are_and_what_lacks(
    cast: Cast, client_of: Browser, settings: Any, tmp_path: Path
) -> None:
    settings.ANCHOR_FILE = tmp_path / "anchors.txt"
    anchor_today(settings.ANCHOR_FILE)
    Stamp.objects.create(anchor=Anchor.objects.get(), answer=b"noget andet")
    shown = client_of("auditor").post(reverse("evidence_check")).text
    assert "1 tidsstempel" in shown
    assert "no time stamp of this head" in shown
    assert "KOMMISSORIUM_TIMESTAMP_CERTIFICATES" in shown
