"""Duties: added, changed, ended, kept; and what is wrong with them, in words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kommissorium.accounts.actions import close_login
from kommissorium.committees.actions.committee import found_committee
from kommissorium.committees.actions.mandates import approve_mandate, draft_mandate
from kommissorium.committees.actions.seats import leave_seat
from kommissorium.committees.models import Clause, Committee
from kommissorium.committees.reader import builtin, read_text
from kommissorium.conftest import LATE, Cast
from kommissorium.core.refusals import Conflict, Refused
from kommissorium.yearwheel.actions import (
    CadenceValues,
    DutyValues,
    begin,
    change_duty,
    end_duty,
    finish,
    keep_as_own,
    move,
)
from kommissorium.yearwheel.cadence import nominal
from kommissorium.yearwheel.models import Duty, DutyCadence, Occurrence
from kommissorium.yearwheel.tests.conftest import Add, again, day
from kommissorium.yearwheel.wheel import Wheel, mandate_changed, problems, year_of

Browser = Callable[[str], Client]


def changed(duty: Duty, by: Any, months: int, due: date, applies_from: date | None = None) -> None:
    duty = again(duty)
    change_duty(
        duty,
        by=by,
        values=DutyValues(title=duty.title, responsible_person=duty.responsible_person),
        cadence=CadenceValues("interval", months, due),
        applies_from=applies_from,
        edit_version=duty.edit_version,
    )


def waiting(duty: Duty) -> Occurrence:
    return duty.occurrences.open().get()


def clause_of(cast: Cast, measure: str) -> Clause:
    return cast.mandate.clauses.filter(measure=measure)[0]


def test_a_duty_is_added_on_its_page(cast: Cast, client_of: Browser) -> None:
    url = reverse("duty_add", args=[cast.committee.pk])
    browser = client_of("coordinator")
    sent = {
        "title": "Gennemgang af logning",
        "rhythm": "interval",
        "interval_months": "3",
        "due": str(day(10)),
        "lead_days": "14",
        "responsible_person": cast.head_of_it.pk,
        "clause": clause_of(cast, "quarterly_status").pk,
        "tags": "logning, adgang,, logning",
    }
    assert browser.post(url, {**sent, "interval_months": "0"}).status_code == 400
    assert browser.post(url, {**sent, "due": ""}).status_code == 400
    assert not Duty.objects.exists()
    assert browser.post(url, sent).status_code == 302
    duty = Duty.objects.get()
    assert (duty.kind, duty.measure, duty.lead_days) == ("wheel", "quarterly_status", 14)
    assert sorted(tag.name for tag in duty.tags.all()) == ["adgang", "logning"]
    assert waiting(duty).due == day(10)
    shown = browser.get(duty.get_absolute_url())
    assert shown.status_code == 200
    assert len(shown.context["coming"]) == 5


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"due": None}, "due"),
        ({"months": 0}, "interval_months"),
        ({"months": 121}, "interval_months"),
        ({"months": None}, "interval_months"),
        ({"rhythm": "sometimes"}, "rhythm"),
        ({"rhythm": "once", "due": None}, "due"),
        ({"due": date(1066, 10, 14)}, "due"),
        ({"due": date(9999, 12, 31)}, "due"),
        ({"title": " "}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"lead_days": -1}, "lead_days"),
        ({"feeds": "seat_filled"}, "feeds"),
        ({"tags": ("x" * 61,)}, "tags"),
        ({"method": "x" * 5001}, "method"),
    ],
)
def test_what_makes_no_sense_is_refused_beside_its_field(
    add: Add, values: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refused) as refused:
        add(**values)
    assert list(refused.value.errors) == [field]
    assert not Duty.objects.exists()


def test_nothing_is_due_before_there_was_a_mandate(cast: Cast, add: Add) -> None:
    assert add(due=cast.since).begins == cast.since
    with pytest.raises(Refused) as refused:
        add(due=cast.since - timedelta(days=1))
    assert "due" in refused.value.errors
    new = found_committee(name="Uden kommissorium", by=cast.coordinator)
    with pytest.raises(Refused):
        add(committee=new, due=day(-1))
    assert add(committee=new, due=day(0)).begins == day(0)


def test_a_responsible_who_has_left_or_sits_elsewhere_is_refused(cast: Cast, add: Add) -> None:
    close_login(cast.member, by=cast.administrator)
    cast.member.refresh_from_db()
    with pytest.raises(Refused) as refused:
        add(responsible_person=cast.member)
    assert "Søren Ødum" in str(refused.value)
    new = found_committee(name="Et andet", by=cast.coordinator)
    with pytest.raises(Refused):
        add(committee=new, responsible_seat=cast.committee.seats.first())
    with pytest.raises(Refused):
        add(committee=new, clause=clause_of(cast, "steering"))


def test_only_those_who_prepare_the_committee_keep_its_duties(
    cast: Cast, add: Add, duty: Duty
) -> None:
    for who in ("dpo", "member", "head_of_it", "executive", "auditor", "employee"):
        by = cast.who(who)
        with pytest.raises(PermissionDenied):
            add(by=by)
        with pytest.raises(PermissionDenied):
            changed(duty, by, 6, day(20))
        with pytest.raises(PermissionDenied):
            end_duty(duty, by=by, because="Nej")


def test_another_rhythm_leaves_the_past_alone(cast: Cast, add: Add) -> None:
    duty = add(months=3, due=cast.since)
    second = finish(waiting(duty), by=cast.coordinator, result="no_fault")
    assert second
    before = [(e.key, e.due, e.state) for e in Wheel(cast.committee).entries(cast.since, day(-1))]
    changed(duty, cast.coordinator, 12, day(40))
    assert [
        (e.key, e.due, e.state) for e in Wheel(cast.committee).entries(cast.since, day(-1))
    ] == before
    assert waiting(duty).pk == second.pk
    assert DutyCadence.objects.filter(duty=duty).count() == 2
    due = waiting(duty).due
    while due < day(0):
        following = finish(waiting(duty), by=cast.coordinator, result="no_fault")
        assert following
        due = following.due
    assert due == day(40)


def test_the_open_one_follows_a_new_rhythm_and_comes_back_with_the_old(
    cast: Cast, duty: Duty
) -> None:
    first = waiting(duty)
    changed(duty, cast.coordinator, 3, day(90))
    assert (waiting(duty).pk, waiting(duty).due) == (first.pk, day(90))
    changed(duty, cast.coordinator, 12, day(20))
    assert waiting(duty).due == day(20)
    changed(duty, cast.coordinator, 1, day(20))
    assert waiting(duty).due == day(20)
    assert duty.occurrences.count() == 1


def test_a_change_to_come_waits_for_its_day(cast: Cast, add: Add) -> None:
    duty = add(months=1, due=day(10))
    changed(duty, cast.coordinator, 12, day(400), applies_from=day(200))
    found = Wheel(cast.committee).entries(day(0), day(800))
    monthly = [entry.due for entry in found if entry.due < day(200)]
    assert monthly == [nominal(day(10), 1, number) for number in range(len(monthly))]
    assert len(monthly) in (6, 7)
    later = [entry.due for entry in found if entry.due >= day(200)]
    assert later == [day(400), nominal(day(400), 12, 1)]
    for applies_from, due, field in (
        (day(-1), day(20), "applies_from"),
        (day(30), day(20), "due"),
    ):
        with pytest.raises(Refused) as refused:
            changed(duty, cast.coordinator, 6, due, applies_from)
        assert list(refused.value.errors) == [field]


def test_the_anchors_day_survives_another_number_of_months(cast: Cast, add: Add) -> None:
    year = timezone.localdate().year + 2
    duty = add(months=12, due=date(year, 1, 31))
    changed(duty, cast.coordinator, 1, date(year, 1, 31))
    finish(waiting(duty), by=cast.coordinator, result="no_fault")
    following = finish(waiting(duty), by=cast.coordinator, result="no_fault")
    assert following and following.due == date(year, 3, 31)


def test_what_recurs_and_what_is_done_once_are_kept_apart(cast: Cast, add: Add) -> None:
    plan = add(rhythm="once", title="Indfør ny sikkerhedskopi")
    assert plan.is_plan
    with pytest.raises(Refused) as refused:
        changed(plan, cast.coordinator, 12, day(30))
    assert list(refused.value.errors) == ["rhythm"]
    assert finish(waiting(plan), by=cast.head_of_it, result="no_fault") is None
    assert [e.state for e in Wheel(cast.committee).entries(day(0), day(9000))] == ["done"]


def test_two_who_edit_do_not_overwrite_each_other(
    cast: Cast, duty: Duty, client_of: Browser
) -> None:
    url = reverse("duty_edit", args=[duty.pk])
    browser = client_of("coordinator")
    initial = browser.get(url).context["form"].initial
    sent = {name: value for name, value in initial.items() if value is not None}
    assert browser.post(url, {**sent, "title": "Ny titel"}).status_code == 302
    assert duty.cadences.count() == 1
    answer = browser.post(url, {**sent, "title": "Anden titel"})
    assert answer.status_code == 409
    assert "Ny titel" in answer.content.decode()
    with pytest.raises(Conflict):
        change_duty(
            duty,
            by=cast.coordinator,
            values=DutyValues(title="x"),
            cadence=CadenceValues("interval", 12, day(20)),
            edit_version=1,
        )


def test_an_ended_duty_falls_due_no_more_and_keeps_its_past(
    cast: Cast, duty: Duty, client_of: Browser
) -> None:
    finish(waiting(duty), by=cast.head_of_it, result="no_fault")
    url = reverse("duty_end", args=[duty.pk])
    assert client_of("coordinator").post(url, {"because": ""}).status_code == 400
    assert client_of("coordinator").post(url, {"because": "Systemet er væk"}).status_code == 302
    assert [row.state for row in duty.occurrences.order_by("number")] == ["done", "skipped"]
    found = Wheel(cast.committee).entries(day(-400), day(9000))
    assert [entry.state for entry in found] == ["done", "skipped"]
    duty = again(duty)
    for act in (
        lambda: end_duty(duty, by=cast.coordinator, because="Igen"),
        lambda: changed(duty, cast.coordinator, 6, day(20)),
        lambda: keep_as_own(duty, by=cast.coordinator),
    ):
        with pytest.raises(Refused):
            act()
    assert "Systemet er væk" in client_of("member").get(duty.get_absolute_url()).content.decode()


def test_what_happens_is_begun_by_hand_and_may_come_twice_a_day(
    cast: Cast, add: Add, client_of: Browser
) -> None:
    duty = add(rhythm="event", months=None, due=None, title="Underret de registrerede")
    assert not duty.occurrences.exists()
    url = reverse("duty_beginning", args=[duty.pk])
    sent = {"occasion": "Brud i postsystemet", "happened": str(day(0)), "due": str(day(3))}
    browser = client_of("head_of_it")
    assert browser.get(url).status_code == 200
    assert browser.post(url, sent).status_code == 302
    assert browser.post(url, sent).status_code == 302
    assert duty.occurrences.open().count() == 2
    assert client_of("member").post(url, sent).status_code == 403
    for wrong, field in (
        ({"occasion": " "}, "occasion"),
        ({"happened": day(1)}, "happened"),
        ({"happened": day(-4000)}, "happened"),
        ({"due": day(-1)}, "due"),
    ):
        values = {"occasion": "Brud", "happened": day(0), "due": day(3), **wrong}
        with pytest.raises(Refused) as refused:
            begin(duty, by=cast.head_of_it, **values)
        assert list(refused.value.errors) == [field]
    with pytest.raises(Refused):
        begin(add(), by=cast.head_of_it, occasion="x", happened=day(0), due=day(0))
    page = client_of("coordinator").get(
        reverse("wheel_year", args=[cast.committee.pk, timezone.localdate().year])
    )
    assert [one.title for one, _who in page.context["events"]] == [duty.title]


def new_mandate(cast: Cast, without: str) -> None:
    text = "\n".join(line for line in builtin("da").splitlines() if without not in line)
    draft = draft_mandate(cast.committee, read_text(text), by=cast.coordinator, source_text=text)
    today = timezone.localdate()
    approve_mandate(draft, by=cast.chair, adopted_by="Direktionen", effective_from=today)


def test_a_clause_that_is_gone_is_told_and_nothing_happens_by_itself(
    cast: Cast, add: Add, client_of: Browser
) -> None:
    gone = add(clause=clause_of(cast, "audit_evaluation"), title="Audit")
    stays = add(clause=clause_of(cast, "awareness_evaluation"), title="Awareness")
    assert mandate_changed(cast.committee) == []
    new_mandate(cast, without="intern audit")
    assert mandate_changed(cast.committee) == [gone]
    assert waiting(gone).due == day(20)
    numbers = {e.title: e.clause for e in Wheel(cast.committee).entries(day(0), day(30))}
    assert numbers == {"Audit": "T9", "Awareness": "T8"}
    browser = client_of("coordinator")
    year = browser.get(reverse("wheel_year", args=[cast.committee.pk, day(20).year]))
    assert [one.duty for one in year.context["problems"]] == [gone]
    url = reverse("duty_keeping", args=[gone.pk])
    assert url in browser.get(gone.get_absolute_url()).content.decode()
    assert url not in client_of("member").get(gone.get_absolute_url()).content.decode()
    assert browser.post(url).status_code == 302
    assert mandate_changed(cast.committee) == []
    assert again(gone).measure == ""
    with pytest.raises(Refused):
        keep_as_own(again(gone), by=cast.coordinator)
    assert again(stays).measure == "awareness_evaluation"


def test_one_bad_duty_breaks_nothing_for_the_rest(cast: Cast, add: Add, client_of: Browser) -> None:
    fine = add(title="God")
    left = add(title="Fratrådt", responsible_person=cast.member)
    nobody = add(title="Ingen", responsible_person=None)
    seat = cast.committee.seats.get(role="adviser")
    vacant = add(title="Ledig", responsible_seat=seat)
    leave_seat(seat.holdings.get(), by=cast.coordinator, to_date=day(-1), because=LATE)
    close_login(cast.member, by=cast.administrator)
    dateless = Duty.objects.create(
        committee=cast.committee,
        kind="wheel",
        title="Uden dato",
        begins=day(0),
        responsible_person=cast.head_of_it,
        created_at=timezone.now(),
    )
    Committee.objects.filter(pk=cast.committee.pk).update(avoided_weeks="rod, 99")
    wheel = Wheel(cast.committee)
    found = {one.duty: one.kind for one in problems(wheel)}
    assert found == {
        left: "responsible",
        nobody: "responsible",
        vacant: "responsible",
        dateless: "date",
    }
    titles = {entry.title for entry in wheel.entries(day(0), day(30))}
    assert titles == {"God", "Fratrådt", "Ingen", "Ledig"}
    browser = client_of("coordinator")
    for duty in (fine, left, nobody, vacant, dateless):
        assert browser.get(duty.get_absolute_url()).status_code == 200
        assert browser.get(reverse("duty_edit", args=[duty.pk])).status_code == 200
    for name in ("wheel_duties", "wheel_year"):
        args = [cast.committee.pk] + ([day(0).year] if name == "wheel_year" else [])
        assert browser.get(reverse(name, args=args)).status_code == 200
    move(waiting(left), by=cast.coordinator, to=day(40), because="Fordi")
    assert finish(waiting(left), by=cast.coordinator, result="no_fault")


def test_the_database_itself_refuses_a_cadence_of_no_months(duty: Duty) -> None:
    for months in (0, None):
        with pytest.raises(IntegrityError), transaction.atomic():
            DutyCadence.objects.create(
                duty=duty,
                applies_from=day(0),
                rhythm="interval",
                interval_months=months,
                anchor=day(0),
            )


def test_the_seats_holder_on_the_day_is_responsible(cast: Cast, add: Add) -> None:
    seat = cast.committee.seats.get(function="It-chef")
    duty = add(responsible_seat=seat, responsible_person=cast.chair, months=1)
    assert duty.is_responsibility_of(cast.head_of_it, day(0))
    leave_seat(seat.holdings.get(), by=cast.coordinator, to_date=day(60))
    found = [e.responsible for e in Wheel(cast.committee).entries(day(0), day(120))]
    assert found[0] == "Jens Ulrik Bæk"
    assert found[-1] == "Morten Aagaard Lund"
    assert year_of(cast.committee, day(0).year, cast.employee) == []
