"""Minutes, extracts and the handover as files: what is in them, and for whom."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace

import pypdf
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from docx import Document

from kommissorium.conftest import Cast, in_days
from kommissorium.core.evidence import verifier
from kommissorium.core.evidence.chain_check import check_database
from kommissorium.core.evidence.models import Event
from kommissorium.meetings.actions.calendar import plan_meeting
from kommissorium.meetings.actions.minutes import approve_minutes
from kommissorium.meetings.minutes import minutes_from_json, minutes_json
from kommissorium.meetings.minutes.phrases import draft_label
from kommissorium.meetings.minutes_editions import EDITIONS
from kommissorium.meetings.models import Meeting, Minutes
from kommissorium.meetings.tests.minutes.samples import CONFIRMED, sample
from kommissorium.meetings.tests.minutes_cases import (
    CANARIES,
    OPEN_WORD,
    approved,
    called,
    confirmed,
    held,
    in_review,
    shows_canary,
)

Browser = Callable[[str], Client]


def text_of(data: bytes, form: str) -> str:
    """Return everything a reader of the file can find in it."""
    if form.startswith("json"):
        return data.decode()
    if form.startswith("pdf"):
        return " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)
    word = Document(io.BytesIO(data))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    footers = [p.text for section in word.sections for p in section.footer.paragraphs]
    return " ".join([*(p.text for p in word.paragraphs), *cells, *footers])


def draft_mark() -> str:
    """Return what stands on every page of a draft, in Danish."""
    with translation.override("da"):
        return draft_label(sample())


def fetch(client_of: Browser, who: str, meeting: Meeting, form: str) -> bytes:
    response = client_of(who).get(reverse("minutes_file", args=[meeting.pk, form]))
    assert response.status_code == 200, (who, form)
    return bytes(response.content)


@pytest.fixture
def later(cast: Cast, meeting: Meeting) -> Meeting:
    return plan_meeting(
        cast.committee,
        by=cast.coordinator,
        starts_at=in_days(120, 13),
        ends_at=in_days(120, 15),
        place="Rådhuset",
    )


@pytest.mark.parametrize("protocol", [sample(), sample(**CONFIRMED), sample(items=())])
def test_minutes_come_back_from_their_record_as_they_were(protocol):
    assert minutes_from_json(json.loads(json.dumps(minutes_json(protocol)))) == protocol


def test_minutes_of_an_empty_kind_come_back_too():
    bare = replace(sample(), opened_at=None, closed_at=None, people=(), items=())
    assert minutes_from_json(minutes_json(bare)) == bare


@pytest.mark.parametrize("form", EDITIONS)
def test_no_edition_shows_closed_items_to_others(cast, meeting, client_of, form):
    approved(cast, meeting)
    for who in ("executive", "auditor"):
        text = text_of(fetch(client_of, who, meeting, form), form)
        assert not shows_canary(text), (who, form)
        assert "Nødplanen" in text
    text = text_of(fetch(client_of, "member", meeting, form), form)
    assert shows_canary(text) == (not EDITIONS[form].is_open)


@pytest.mark.parametrize("form", EDITIONS)
def test_a_draft_is_marked_as_one_and_its_open_edition_is_open(cast, meeting, client_of, form):
    held(cast, meeting)
    response = client_of("chair").get(reverse("minutes_file", args=[meeting.pk, form]))
    text = text_of(response.content, form)
    assert "kladde" in response["Content-Disposition"]
    assert ('"status": "draft"' if form.startswith("json") else draft_mark()) in text
    assert shows_canary(text) == (not EDITIONS[form].is_open)


def test_approved_minutes_are_the_bytes_that_were_frozen(cast, meeting, client_of):
    approval = approved(cast, meeting)
    full, public = approval.record, approval.open_record
    assert fetch(client_of, "member", meeting, "pdf") == bytes(full.pdf)
    assert fetch(client_of, "member", meeting, "pdf-open") == bytes(public.pdf)
    assert fetch(client_of, "executive", meeting, "pdf") == bytes(public.pdf)
    assert verifier.sha256(fetch(client_of, "member", meeting, "json")) == full.content_hash
    assert verifier.sha256(fetch(client_of, "executive", meeting, "json")) == public.content_hash


def test_word_is_written_from_the_frozen_record(cast, meeting, client_of):
    approved(cast, meeting)
    cast.chair.name = "En Anden"
    cast.chair.save()
    text = text_of(fetch(client_of, "member", meeting, "docx"), "docx")
    assert "Morten Aagaard Lund" in text and "En Anden" not in text
    assert draft_mark() not in text


def test_minutes_as_files_are_for_those_who_may_read_the_page(cast, meeting, client_of):
    in_review(cast, meeting)
    url = reverse("minutes_file", args=[meeting.pk, "pdf"])
    who = ("coordinator", "member", "head_of_it", "executive", "employee")
    assert [client_of(name).get(url).status_code for name in who] == [200, 200, 404, 404, 404]
    assert (
        client_of("chair").get(reverse("minutes_file", args=[meeting.pk, "exe"])).status_code == 404
    )


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_an_extract_holds_its_own_item_alone(cast, meeting, client_of, form):
    approved(cast, meeting)
    closed = meeting.items.get(is_closed=True)
    others = [item for item in meeting.items.all() if not item.is_closed]
    decided = next(item for item in others if item.type == "decision")
    response = client_of("executive").get(reverse("item_extract", args=[decided.pk, form]))
    text = text_of(response.content, form)
    assert OPEN_WORD in text and not shows_canary(text)
    assert all(other.title not in text for other in others if other != decided)
    url = reverse("item_extract", args=[closed.pk, form])
    assert CANARIES[3] in text_of(client_of("member").get(url).content, form)
    assert client_of("executive").get(url).status_code == 404
    assert client_of("auditor").get(url).status_code == 404
    assert (
        client_of("member").get(reverse("item_extract", args=[closed.pk, "json"])).status_code
        == 404
    )


def test_an_extract_of_a_draft_is_for_those_who_may_read_the_draft(cast, meeting, client_of):
    held(cast, meeting)
    url = reverse("item_extract", args=[meeting.items.get(number=1).pk, "pdf"])
    assert client_of("member").get(url).status_code == 404
    assert draft_mark() in text_of(client_of("chair").get(url).content, "pdf")


# The handover


def zip_of(client_of: Browser, meeting: Meeting) -> zipfile.ZipFile:
    response = client_of("coordinator").get(reverse("meeting_handover_file", args=[meeting.pk]))
    assert response.status_code == 200
    return zipfile.ZipFile(io.BytesIO(response.getvalue()))


def test_the_handover_holds_the_frozen_bytes_and_their_checksums(cast, meeting, later, client_of):
    approval = approved(cast, meeting)
    confirmation = confirmed(cast, approval.minutes, later, "<p>Jens kom klokken 14.</p>")
    archive = zip_of(client_of, meeting)
    described = json.loads(archive.read("metadata.json"))
    by_role = {row["role"]: archive.read(row["id"]) for row in described["file"]}
    assert by_role["agenda"] == bytes(meeting.call.record.pdf)
    assert by_role["minutes"] == bytes(approval.record.pdf)
    assert by_role["minutes_open"] == bytes(approval.open_record.pdf)
    assert by_role["addendum"] == bytes(confirmation.record.pdf)
    sums = dict(
        reversed(line.split("  ", 1)) for line in archive.read("SHA256SUMS").decode().splitlines()
    )
    for name in archive.namelist():
        if name != "SHA256SUMS":
            assert sums[name] == verifier.sha256(archive.read(name)), name
    assert described["facts"]["approved"]["record"]["contentSha256"] == approval.record.content_hash


def test_what_is_closed_lies_apart_in_the_handover(cast, meeting, client_of):
    approved(cast, meeting)
    archive = zip_of(client_of, meeting)
    apart = {name for name in archive.namelist() if name.startswith("lukket/")}
    assert any(CANARIES[4] in name for name in apart)
    assert any("aaben.txt" in name for name in set(archive.namelist()) - apart)
    for name in set(archive.namelist()) - apart - {"metadata.json", "README.txt", "SHA256SUMS"}:
        form = name.rpartition(".")[2]
        data = archive.read(name)
        text = text_of(data, "pdf") if form == "pdf" else data.decode()
        assert not shows_canary(text), name


def test_case_numbers_can_be_written_after_the_approval_and_go_with_it(cast, meeting, client_of):
    approval = approved(cast, meeting)
    url, browser = reverse("meeting_handover", args=[meeting.pk]), client_of("coordinator")
    meeting.refresh_from_db()
    sent = {"case_number": "26/1234", "kle_number": "85.11.00 g01"}
    version = {"edit_version": meeting.edit_version}
    bad = browser.post(url, {**sent, "kle_number": "85", **version})
    assert bad.status_code == 400 and bad.context["form"].errors["kle_number"]
    assert browser.post(url, {**sent, **version}).status_code == 302
    assert browser.post(url, {**sent, **version}).status_code == 409
    described = json.loads(zip_of(client_of, meeting).read("metadata.json"))["meeting"]
    assert (described["caseNumber"], described["kleNumber"]) == ("26/1234", "85.11.00G01")
    assert Event.objects.filter(act="meetings.case_numbered").count() == 1
    approval.record.refresh_from_db()
    assert check_database().holds


def test_before_the_approval_the_page_says_why_there_is_no_file(cast, meeting, client_of):
    cast.coordinator.language = "en"
    cast.coordinator.save()
    in_review(cast, meeting)
    url = reverse("meeting_handover", args=[meeting.pk])
    said = "A draft is not handed over"
    assert said in client_of("coordinator").get(url).text
    approve_minutes(Minutes.objects.get(), by=cast.chair)
    assert said not in client_of("coordinator").get(url).text


def test_the_handover_is_for_those_who_prepare(cast, meeting, client_of):
    approved(cast, meeting)
    expected = {"chair": 200, "deputy": 200, "member": 403, "dpo": 403, "auditor": 403}
    for who, status in {**expected, "executive": 403, "employee": 404}.items():
        for name in ("meeting_handover", "meeting_handover_file"):
            answer = client_of(who).get(reverse(name, args=[meeting.pk]))
            assert answer.status_code == status, (who, name)


def test_there_is_nothing_to_hand_over_before_the_approval(cast, meeting, client_of):
    page, file = (
        reverse(n, args=[meeting.pk]) for n in ("meeting_handover", "meeting_handover_file")
    )
    assert client_of("chair").get(page).status_code == 404
    called(cast, meeting)
    assert client_of("chair").get(page).status_code == 200
    assert client_of("chair").get(file).status_code == 404


def test_files_are_called_by_day_committee_and_kind(cast, meeting, client_of):
    approved(cast, meeting)
    day = timezone.localdate(meeting.starts_at).isoformat()
    response = client_of("member").get(reverse("minutes_file", args=[meeting.pk, "pdf-open"]))
    assert (
        f"{day}-informationssikkerhedsudvalget-referat-aaben.pdf" in response["Content-Disposition"]
    )
