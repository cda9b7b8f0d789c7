"""Done, skipped, moved: what comes next, and what never changes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kommissorium.conftest import Cast
from kommissorium.core.evidence.chain_check import check_database
from kommissorium.core.refusals import Refused
from kommissorium.core.tests.files.test_file_types import office
from kommissorium.yearwheel.actions import (
    GivenEvidence,
    finish,
    finish_many,
    move,
    move_many,
    skip,
    skip_many,
)
from kommissorium.yearwheel.cadence import nominal
from kommissorium.yearwheel.forms.filters import in_state
from kommissorium.yearwheel.models import Duty, Evidence, Move, Occurrence
from kommissorium.yearwheel.tests.conftest import Add, day
from kommissorium.yearwheel.wheel_entries import state_of

Browser = Callable[[str], Client]


def waiting(duty: Duty) -> Occurrence:
    return duty.occurrences.open().get()


def test_the_responsible_does_it_on_its_page_and_the_next_one_is_there(
    cast: Cast, occurrence: Occurrence, client_of: Browser
) -> None:
    browser = client_of("head_of_it")
    url = reverse("occurrence_completion", args=[occurrence.pk])
    assert url in browser.get(occurrence.get_absolute_url()).content.decode()
    assert browser.post(url, {"result": ""}).status_code == 400
    assert browser.post(url, {"result": "minor", "conclusion": " "}).status_code == 400
    paper = SimpleUploadedFile("rettigheder.txt", b"set igennem")
    sent = {
        "result": "minor",
        "conclusion": "To brugere var fratrådt.",
        "documents": [paper],
        "links": f"https://eksempel.dk/liste\n{occurrence.get_absolute_url()}",
    }
    assert browser.post(url, sent).status_code == 302
    occurrence.refresh_from_db()
    assert (occurrence.state, occurrence.result) == ("done", "minor")
    assert occurrence.responsible_then == cast.head_of_it
    kept = {one.kind: one for one in occurrence.evidence.all()}
    assert set(kept) == {"file", "link", "row"}
    assert kept["row"].object_kind == "yearwheel.occurrence"
    answer = browser.get(kept["file"].address)
    assert answer.getvalue() == b"set igennem"
    assert client_of("employee").get(kept["file"].address).status_code == 404
    following = waiting(occurrence.duty)
    assert following.due == nominal(occurrence.due, 12, 1)
    shown = browser.get(occurrence.get_absolute_url()).content.decode()
    assert "To brugere var fratrådt." in shown
    assert url not in shown
    assert browser.get(url).status_code == 400


def test_nobody_who_writes_waits_while_evidence_is_looked_into(
    occurrence: Occurrence, client_of: Browser, looks: list[int]
) -> None:
    url = reverse("occurrence_completion", args=[occurrence.pk])
    papers = [SimpleUploadedFile(f"{x}.docx", office("docx", x=x.encode())) for x in "12"]
    sent = {"result": "no_fault", "conclusion": "", "documents": papers, "links": ""}
    assert client_of("head_of_it").post(url, sent).status_code == 302
    assert looks == [0, 0], "before the transaction, and once each"
    assert occurrence.evidence.count() == 2


def test_faults_ask_for_a_conclusion(cast: Cast, occurrence: Occurrence) -> None:
    for result in ("minor", "critical"):
        with pytest.raises(Refused) as refused:
            finish(occurrence, by=cast.head_of_it, result=result)
        assert list(refused.value.errors) == ["conclusion"]
    with pytest.raises(Refused) as refused:
        finish(occurrence, by=cast.head_of_it, result="splendid")
    assert list(refused.value.errors) == ["result"]
    assert finish(occurrence, by=cast.head_of_it, result="no_fault") is not None


def test_what_no_fault_can_be_found_in_is_done_and_no_more(
    occurrence: Occurrence, client_of: Browser
) -> None:
    url = reverse("occurrence_completion", args=[occurrence.pk])
    assert client_of("head_of_it").post(url, {"result": "done"}).status_code == 302
    occurrence.refresh_from_db()
    assert (occurrence.result, occurrence.has_fault) == ("done", False)
    assert state_of(occurrence, occurrence.duty, timezone.localdate()) == "done"
    today = timezone.localdate()
    assert Occurrence.objects.filter(in_state("done", 30, today), pk=occurrence.pk).exists()
    assert not Occurrence.objects.filter(in_state("done_with_fault", 30, today)).exists()


def test_evidence_that_leads_nowhere_is_refused_and_nothing_is_written(
    cast: Cast, occurrence: Occurrence
) -> None:
    bad = [
        GivenEvidence("link", url="javascript:alert(1)"),
        GivenEvidence("link", url="//eksempel.dk"),
        GivenEvidence("row", url="https://eksempel.dk", object_kind="x", object_id="1"),
        GivenEvidence("file", label="virus.exe", data=b"MZ"),
        GivenEvidence("link", url="http://" + "a" * 3000),
    ]
    for piece in bad:
        with pytest.raises(Refused):
            finish(
                occurrence,
                by=cast.head_of_it,
                result="no_fault",
                evidence=[GivenEvidence("link", url="https://eksempel.dk"), piece],
            )
    assert not Evidence.objects.exists()
    assert waiting(occurrence.duty) == occurrence


def test_who_came_second_is_told_who_was_first(cast: Cast, occurrence: Occurrence) -> None:
    seen = Occurrence.objects.get(pk=occurrence.pk)
    finish(occurrence, by=cast.head_of_it, result="no_fault")
    for act in (
        lambda: finish(seen, by=cast.coordinator, result="no_fault"),
        lambda: skip(seen, by=cast.coordinator, because="Nej"),
        lambda: move(seen, by=cast.coordinator, to=day(40), because="Nej"),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert "Jens Ulrik Bæk" in str(refused.value)
    assert occurrence.duty.occurrences.count() == 2


def test_only_responsible_and_keepers_touch_it(cast: Cast, occurrence: Occurrence) -> None:
    for who in ("dpo", "member", "executive", "auditor", "employee", "administrator"):
        by = cast.who(who)
        with pytest.raises(PermissionDenied):
            finish(occurrence, by=by, result="no_fault")
        with pytest.raises(PermissionDenied):
            skip(occurrence, by=by, because="Nej")
        with pytest.raises(PermissionDenied):
            move(occurrence, by=by, to=day(40), because="Nej")
    for who in ("coordinator", "chair", "deputy", "head_of_it"):
        assert occurrence.can_be_done_by(cast.who(who))


def test_the_dpo_does_what_the_dpo_answers_for(cast: Cast, add: Add) -> None:
    duty = add(responsible_seat=cast.committee.seats.get(role="adviser"))
    assert finish(waiting(duty), by=cast.dpo, result="no_fault")
    skip(waiting(duty), by=cast.dpo, because="Fortegnelsen er lige gennemgået.")
    with pytest.raises(PermissionDenied):
        finish(waiting(duty), by=cast.head_of_it, result="no_fault")


def test_a_moved_one_does_not_drag_the_later_ones(cast: Cast, occurrence: Occurrence) -> None:
    before = occurrence.due
    move(occurrence, by=cast.head_of_it, to=before + timedelta(days=50), because="Travlhed")
    move(occurrence, by=cast.head_of_it, to=before + timedelta(days=60), because="Mere af det")
    assert (occurrence.nominal, occurrence.due) == (before, before + timedelta(days=60))
    assert [one.because for one in Move.objects.all()] == ["Mere af det", "Travlhed"]
    following = finish(occurrence, by=cast.head_of_it, result="no_fault")
    assert following and following.due == nominal(before, 12, 1)


def test_a_move_wants_a_reason_and_a_day_to_come(cast: Cast, occurrence: Occurrence) -> None:
    for to, because, field in (
        (day(-1), "Fordi", "to"),
        (occurrence.due, "Fordi", "to"),
        (day(40), " ", "because"),
        (day(40), "x" * 1001, "because"),
    ):
        with pytest.raises(Refused) as refused:
            move(occurrence, by=cast.head_of_it, to=to, because=because)
        assert list(refused.value.errors) == [field]


def test_a_late_one_does_not_lose_a_period(cast: Cast, add: Add) -> None:
    duty = add(months=1, due=day(-100))
    first = waiting(duty).due
    days = [first]
    while days[-1] < day(0):
        following = finish(waiting(duty), by=cast.head_of_it, result="no_fault")
        assert following is not None
        days.append(following.due)
    assert days == [nominal(first, 1, number) for number in range(len(days))]


@given(
    acts=st.lists(st.sampled_from(["done", "skipped", "moved"]), min_size=1, max_size=8),
    months=st.sampled_from([1, 3, 6, 12, 60]),
    offset=st.integers(0, 60),
)
@settings(
    max_examples=15,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_whatever_is_done_no_period_comes_twice_or_is_lost(
    cast: Cast, add: Add, acts: list[str], months: int, offset: int
) -> None:
    anchor = day(offset)
    with transaction.atomic():
        duty = add(months=months, due=anchor)
        for act in acts:
            occurrence = waiting(duty)
            if act == "moved":
                to = occurrence.due + timedelta(days=200)
                move(occurrence, by=cast.coordinator, to=to, because="Fordi")
            elif act == "done":
                finish(occurrence, by=cast.coordinator, result="no_fault")
            else:
                skip(occurrence, by=cast.coordinator, because="Fordi")
        rows = list(duty.occurrences.order_by("number"))
        ended = sum(act != "moved" for act in acts)
        assert [row.nominal for row in rows] == [
            nominal(anchor, months, number) for number in range(ended + 1)
        ]
        transaction.set_rollback(True)


def change(sql: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_what_is_done_or_skipped_can_never_change(cast: Cast, occurrence: Occurrence) -> None:
    move(occurrence, by=cast.head_of_it, to=day(30), because="Fordi")
    finish(
        occurrence,
        by=cast.head_of_it,
        result="no_fault",
        evidence=[GivenEvidence("link", url="https://eksempel.dk")],
    )
    skip(waiting(occurrence.duty), by=cast.head_of_it, because="Fordi")
    done, skipped = occurrence.duty.occurrences.exclude(state="open").order_by("number")
    attempts = [
        f"UPDATE yearwheel_occurrence SET conclusion = 'x' WHERE id = {done.pk}",
        f"UPDATE yearwheel_occurrence SET state = 'open' WHERE id = {skipped.pk}",
        f"UPDATE yearwheel_occurrence SET due = '2030-01-01' WHERE id = {done.pk}",
        f"DELETE FROM yearwheel_occurrence WHERE id = {skipped.pk}",
        "UPDATE yearwheel_move SET because = 'x'",
        "DELETE FROM yearwheel_move",
        "UPDATE yearwheel_evidence SET url = 'x'",
        "DELETE FROM yearwheel_evidence",
        "UPDATE yearwheel_dutycadence SET interval_months = 24",
        "DELETE FROM yearwheel_dutycadence",
        (
            "INSERT INTO yearwheel_evidence (occurrence_id, kind, label, url, object_kind, object_id) "
            f"VALUES ({done.pk}, 'link', 'x', 'https://x.dk', '', '')"
        ),
        (
            "INSERT INTO yearwheel_move (occurrence_id, from_day, to_day, because, at)"
            f" VALUES ({done.pk}, '2030-01-01', '2030-01-02', 'x', '2030-01-01')"
        ),
    ]
    for sql in attempts:
        with pytest.raises(DatabaseError, match="frozen"):
            change(sql)
    assert check_database().faults == []


def test_several_are_done_at_once_or_none_of_them(cast: Cast, add: Add, client_of: Browser) -> None:
    rows = [waiting(add(title=f"Pligt {number}")) for number in range(3)]
    other = waiting(add(title="Formandens", responsible_person=cast.chair))
    with pytest.raises(Refused) as refused:
        finish_many([*rows, other], by=cast.head_of_it, result="no_fault")
    assert "Formandens" in str(refused.value)
    assert "Pligt" not in str(refused.value)
    assert Occurrence.objects.open().count() == 4
    skip(rows[2], by=cast.head_of_it, because="Fordi")
    with pytest.raises(Refused) as refused:
        move_many(rows, by=cast.head_of_it, to=day(60), because="Fordi")
    assert "Pligt 2" in str(refused.value)
    assert not Move.objects.exists()
    with pytest.raises(Refused) as refused:
        skip_many(rows[:2], by=cast.head_of_it, because=" ")
    assert list(refused.value.errors) == ["because"]
    with pytest.raises(Refused):
        skip_many([], by=cast.head_of_it, because="Fordi")
    url = reverse("wheel_several", args=[cast.committee.pk, "completion"])
    keys = {"occurrence": [rows[0].pk, rows[1].pk]}
    browser = client_of("head_of_it")
    assert browser.get(url, keys).status_code == 200
    assert browser.post(url, {**keys, "result": "minor"}).status_code == 400
    assert browser.post(url, {**keys, "result": "no_fault"}).status_code == 302
    assert Occurrence.objects.filter(state="done").count() == 2
    assert browser.get(url).status_code == 400
    wrong = reverse("wheel_several", args=[cast.committee.pk, "burning"])
    assert browser.get(wrong, keys).status_code == 404


def test_each_that_cannot_be_moved_is_named(cast: Cast, add: Add, client_of: Browser) -> None:
    rows = [waiting(add(title=f"Pligt {number}", due=day(30))) for number in range(2)]
    url = reverse("wheel_several", args=[cast.committee.pk, "move"])
    sent = {"occurrence": [row.pk for row in rows], "to": str(day(30)), "because": "Fordi"}
    answer = client_of("coordinator").post(url, sent)
    assert answer.status_code == 400
    said = [str(error) for error in answer.context["form"].non_field_errors()]
    assert ["Pligt 0" in said[0], "Pligt 1" in said[1]] == [True, True]


def test_a_day_in_a_far_year_can_be_asked_for(cast: Cast, occurrence: Occurrence) -> None:
    move(occurrence, by=cast.head_of_it, to=date(9998, 1, 1), because="Fordi")
    assert finish(occurrence, by=cast.head_of_it, result="no_fault")
