"""Things for the records system: the list of what is not filed, and the receipts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from kommissorium.conftest import Cast, in_days
from kommissorium.core.evidence.models import Event
from kommissorium.meetings.actions.calendar import plan_meeting
from kommissorium.meetings.filing import FiledMeetings
from kommissorium.meetings.models import Filing, Meeting
from kommissorium.meetings.tests.minutes_cases import approved, confirmed
from kommissorium.registers.installed import registers
from kommissorium.secretariat.filing import filed_kinds

URL = "/filing/"
CASE = "26/1234-5"

pytestmark = [pytest.mark.django_db, pytest.mark.both("numbers too large for a column")]


def posted(client: Any, kind: str, *rows: int, **values: str) -> Any:
    day = timezone.localdate().isoformat()
    given = {"rows": [str(row) for row in rows], "filed_on": day, "case_number": CASE, **values}
    return client.post(f"{URL}?kind={kind}", given)


def titles(client: Any, kind: str, filed: str = "") -> list[str]:
    page = client.get(f"{URL}?kind={kind}&filed={filed}")
    return [line.title for line, _is_ticked in page.context["lines"]]


def test_minutes_are_on_the_list_until_a_receipt_is_noted(
    cast: Cast, meeting: Meeting, client_of: Any
) -> None:
    client = client_of("coordinator")
    assert titles(client, "meetings.meeting") == []
    approved(cast, meeting)
    assert len(titles(client, "meetings.meeting")) == 1
    answer = posted(client, "meetings.meeting", meeting.pk)
    assert (answer.status_code, answer.url) == (302, f"{URL}?kind=meetings.meeting")
    assert titles(client, "meetings.meeting") == []
    assert len(titles(client, "meetings.meeting", "1")) == 1
    receipt = Filing.objects.get()
    assert (receipt.kind, receipt.key) == ("meetings.meeting", str(meeting.pk))
    assert (receipt.case_number, receipt.noted_by) == (CASE, cast.coordinator)
    page = client.get(f"{URL}?kind=meetings.meeting&filed=1").content.decode()
    assert CASE in page and cast.coordinator.name in page
    told = Event.objects.get(act="meetings.filing_noted")
    assert (told.object_kind, told.object_id) == ("meetings.meeting", str(meeting.pk))
    history = client.get(f"/meetings/{meeting.pk}/history/").content.decode()
    assert "journaliseret" in history and CASE in history
    page = client.get(f"/meetings/{meeting.pk}/handover/").content.decode()
    assert CASE in page and cast.coordinator.name in page


def test_a_wrong_receipt_stands_and_a_later_one_counts(
    cast: Cast, meeting: Meeting, client_of: Any
) -> None:
    approved(cast, meeting)
    client = client_of("coordinator")
    posted(client, "meetings.meeting", meeting.pk)
    posted(client, "meetings.meeting", meeting.pk, case_number="26/9")
    page = client.get(f"{URL}?kind=meetings.meeting&filed=1").content.decode()
    assert "26/9" in page and CASE not in page
    first = Filing.objects.order_by("pk")[0]
    for attack in (
        lambda: Filing.objects.filter(pk=first.pk).update(case_number="x"),
        lambda: Filing.objects.filter(pk=first.pk).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            attack()


def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_lost(
    cast: Cast, meeting: Meeting, client_of: Any
) -> None:
    approved(cast, meeting)
    client = client_of("coordinator")
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    for values, field in (
        ({"case_number": " "}, "case_number"),
        ({"case_number": "x" * 61}, "case_number"),
        ({"filed_on": tomorrow}, "filed_on"),
        ({"filed_on": "nonsense"}, "filed_on"),
    ):
        answer = posted(client, "meetings.meeting", meeting.pk, **values)
        assert answer.status_code == 400
        assert list(answer.context["form"].errors) == [field]
        assert answer.context["lines"][0][1], "the tick is lost"
    answer = posted(client, "meetings.meeting")
    assert answer.status_code == 400
    assert "Sæt kryds" in answer.content.decode()
    assert posted(client, "meetings.meeting", 10**17).status_code == 400
    assert client.post(URL, {"rows": ["x", "9" * 40]}).status_code == 400
    assert not Filing.objects.exists()


def test_an_addendum_is_filed_by_itself(cast: Cast, meeting: Meeting, client_of: Any) -> None:
    start = in_days(60, 13)
    ends = start + timedelta(hours=2)
    later = plan_meeting(
        cast.committee, by=cast.coordinator, starts_at=start, ends_at=ends, place="Rådhuset"
    )
    minutes = approved(cast, meeting).minutes
    confirmed(cast, minutes, later, "<p>Punkt 1 rettes</p>")
    client = client_of("chair")
    assert len(titles(client, "meetings.confirmation")) == 1
    posted(client, "meetings.meeting", meeting.pk)
    assert len(titles(client, "meetings.confirmation")) == 1
    posted(client, "meetings.confirmation", minutes.confirmation.pk)
    assert titles(client, "meetings.confirmation") == []


def test_who_keeps_no_committee_finds_no_list_and_notes_nothing(
    cast: Cast, meeting: Meeting, client_of: Any
) -> None:
    approved(cast, meeting)
    for who in ("member", "dpo", "auditor", "executive", "employee"):
        assert client_of(who).get(URL).status_code == 404
        assert posted(client_of(who), "meetings.meeting", meeting.pk).status_code == 404
    assert not Filing.objects.exists()


def test_the_chair_notes_what_is_of_the_committee_and_the_coordinator_registers_too(
    cast: Cast,
) -> None:
    of_chair = {kind.kind for kind in filed_kinds(cast.chair)}
    of_coordinator = {kind.kind for kind in filed_kinds(cast.coordinator)}
    assert of_chair == {"meetings.meeting", "meetings.confirmation", "meetings.decision"}
    assert {"risks.risklevel", "risks.acceptance", "assets.round"} <= of_coordinator - of_chair


@pytest.mark.parametrize("kind", [kind for one in registers() for kind in one.filings])
def test_each_kind_of_the_registers_names_a_model_and_answers(
    cast: Cast, client_of: Any, kind: Any
) -> None:
    rows = kind.unfiled(cast.coordinator)
    assert rows.model._meta.label_lower == kind.kind
    assert list(rows) == list(kind.filed(cast.coordinator)) == []
    assert not kind.rows(cast.employee).exists()
    assert client_of("coordinator").get(f"{URL}?kind={kind.kind}").status_code == 200


def test_the_number_of_queries_does_not_grow(
    cast: Cast, meeting: Meeting, client_of: Any, django_assert_max_num_queries: Any
) -> None:
    approved(cast, meeting)
    client = client_of("coordinator")
    client.get(URL)
    kinds = len(filed_kinds(cast.coordinator))
    with django_assert_max_num_queries(9 + kinds):  # one of them for each kind
        client.get(f"{URL}?kind={FiledMeetings.kind}")
