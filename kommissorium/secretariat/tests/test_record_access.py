"""Frozen records hold closed items: which of them a reader of the evidence may open."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from kommissorium.committees.actions.committee import change_habits
from kommissorium.conftest import Cast, in_days
from kommissorium.core.evidence import verifier
from kommissorium.core.evidence.chain_check import head
from kommissorium.core.evidence.models import Record
from kommissorium.meetings.actions.calendar import plan_meeting
from kommissorium.meetings.actions.decisions import decide_as_chair
from kommissorium.meetings.actions.earlier_meetings import EarlierItem
from kommissorium.meetings.actions.review import comment
from kommissorium.meetings.models import Decision, Meeting
from kommissorium.meetings.tests.minutes_cases import (
    CANARIES,
    approved,
    confirmed,
    in_review,
    shows_canary,
)
from kommissorium.meetings.tests.test_earlier_meetings import clause_of, register

Browser = Callable[[str], Client]
OPEN_KIND = "meetings.minutes_open"


@pytest.fixture
def records(cast: Cast, meeting: Meeting) -> dict[str, Record]:
    """Every kind of record that meetings make, by kind."""
    later = plan_meeting(
        cast.committee,
        by=cast.coordinator,
        starts_at=in_days(120, 13),
        ends_at=in_days(120, 15),
        place="Rådhuset",
    )
    approval = approved(cast, meeting)
    confirmed(cast, approval.minutes, later, f"<p>{CANARIES[2]} blev flyttet</p>")
    decide(cast, title=CANARIES[0], is_closed=True)
    return {record.kind: record for record in Record.objects.exclude(kind__startswith="committees")}


def decide(cast: Cast, *, title: str, is_closed: bool) -> Decision:
    weighing = {
        "security": "stronger",
        "usability": "unchanged",
        "economy": "costs",
        "proportion": "fitting",
    }
    return decide_as_chair(
        cast.committee,
        by=cast.chair,
        title=title,
        text="<p>Besluttet</p>",
        why_now="Det haster.",
        is_impartial=True,
        weighing=weighing,
        is_closed=is_closed,
        closed_ground="Sikkerhed" if is_closed else "",
    )


def test_an_auditor_who_is_not_named_opens_only_what_is_open(cast, records, client_of):
    assert len(records) == 5
    browser = client_of("auditor")
    for kind, record in records.items():
        page = browser.get(reverse("record", args=[record.pk]))
        assert page.status_code == (200 if kind == OPEN_KIND else 404), kind
        assert not shows_canary(page.content), kind
        for form in ("json", "pdf"):
            file = browser.get(reverse("record_file", args=[record.pk, form]))
            assert file.status_code == (200 if kind == OPEN_KIND else 404), (kind, form)
    listed = browser.get(reverse("evidence")).context["records"]
    assert {record.kind for record, _name in listed} <= {OPEN_KIND, "committees.mandate"}


def test_the_coordinator_and_a_named_auditor_open_them_all(cast, records, client_of):
    cast.committee.auditors_see_closed = True
    cast.committee.save()
    for who in ("coordinator", "auditor"):
        for record in records.values():
            assert client_of(who).get(reverse("record", args=[record.pk])).status_code == 200
    page = client_of("auditor").get(reverse("record", args=[records["meetings.minutes"].pk]))
    assert shows_canary(page.content)


def test_an_open_decision_of_the_chair_is_open(cast, records, client_of):
    decision = decide(cast, title="Ny adgang", is_closed=False)
    url = reverse("record", args=[decision.record_id])
    assert client_of("auditor").get(url).status_code == 200


def test_others_open_none_at_all(cast, records, client_of):
    for who in ("chair", "dpo", "member", "executive", "employee"):
        url = reverse("record", args=[records[OPEN_KIND].pk])
        assert client_of(who).get(url).status_code == 404, who


def closed_records() -> set[int]:
    """Return the keys of all records that hold something closed: of two calls, one of each else."""
    others = Record.objects.exclude(kind=OPEN_KIND).exclude(kind__startswith="committees")
    return set(others.values_list("pk", flat=True))


def export_of(browser: Client, folder: Path) -> Path:
    file = folder / "export.zip"
    response = browser.post(reverse("evidence_export"))
    file.write_bytes(b"".join(response.streaming_content))  # type: ignore[attr-defined]
    return file


def test_the_export_withholds_what_its_reader_may_not_open(cast, records, client_of, tmp_path):
    file = export_of(client_of("auditor"), tmp_path)
    closed = closed_records()
    with zipfile.ZipFile(file) as export:
        lines = [json.loads(line) for line in export.read("records.jsonl").splitlines()]
        assert {line["id"] for line in lines if line.get("withheld")} == closed
        names = set(export.namelist())
        assert not any(f"records/{key}.{end}" in names for key in closed for end in ("json", "pdf"))
        assert f"records/{records[OPEN_KIND].pk}.pdf" in names
        assert not any(shows_canary(export.read(name)) for name in names)
        for line in lines:
            kept = Record.objects.get(pk=line["id"])
            assert (line["content_hash"], line["pdf_hash"]) == (kept.content_hash, kept.pdf_hash)
    report = verifier.check_export(str(file), [head()])
    assert report.holds, report.faults
    assert (report.records, report.withheld) == (Record.objects.count(), len(closed))


def rows_of(file: Path, table: str) -> list[str]:
    """Return the texts of a table's rows that an export shows."""
    with zipfile.ZipFile(file) as export:
        rows = [json.loads(line) for line in export.read("rows.jsonl").splitlines()]
    return [row["text"] for row in rows if row["table"] == table and "text" in row]


def test_a_comment_on_minutes_is_in_the_export_of_whom_they_concern(
    cast, meeting, client_of, tmp_path
):
    comment(in_review(cast, meeting), by=cast.member, item=None, text="Skriv det mildere")
    assert not rows_of(export_of(client_of("auditor"), tmp_path), "meetings_comment")
    own = rows_of(export_of(client_of("coordinator"), tmp_path), "meetings_comment")
    assert "Skriv det mildere" in own[0]


@pytest.mark.parametrize("is_closed", [False, True])
def test_minutes_of_before_with_a_closed_item_are_not_named(cast, client_of, tmp_path, is_closed):
    clause = clause_of(cast, "agenda_incidents")
    item = EarlierItem(clause, is_closed=is_closed, closed_ground="Sikkerhed" if is_closed else "")
    register(cast, items=(item,), file_name="Fyringssag.pdf")
    shown = rows_of(export_of(client_of("auditor"), tmp_path), "meetings_registration")
    assert bool(shown) is not is_closed
    assert rows_of(export_of(client_of("coordinator"), tmp_path), "meetings_registration")


def test_the_check_says_how_many_records_are_withheld_and_still_holds(
    cast, records, client_of, tmp_path
):
    file = export_of(client_of("auditor"), tmp_path)
    isolated = [sys.executable, "-I", "-S", verifier.__file__, str(file)]
    ran = subprocess.run(isolated, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout
    assert len(closed_records()) == 5
    said = "5 records withheld: their hashes are in the chain, their content is not in this export."
    assert said in ran.stdout


def test_the_page_says_what_the_export_leaves_out(cast, records, client_of):
    page = client_of("auditor").get(reverse("evidence"))
    assert page.context["withheld"] == 5
    assert client_of("coordinator").get(reverse("evidence")).context["withheld"] == 0


@pytest.mark.parametrize("who", ["coordinator", "auditor"])
def test_the_export_is_whole_for_who_may_open_all(cast, records, client_of, tmp_path, who):
    names = ("name", "weekday", "start_time", "minutes", "place", "link", "avoided_weeks")
    values = {name: getattr(cast.committee, name) for name in (*names, "edit_version")}
    change_habits(cast.committee, by=cast.coordinator, auditors_see_closed=True, **values)
    report = verifier.check_export(str(export_of(client_of(who), tmp_path)), [])
    assert (report.holds, report.withheld) == (True, 0), report.faults
