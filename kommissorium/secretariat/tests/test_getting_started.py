"""First steps still to take: derived from the data, shown alone, gone when done."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from kommissorium.accounts.models import Municipality, Person
from kommissorium.committees.models import Holding
from kommissorium.conftest import Cast, plan
from kommissorium.meetings.models import Meeting
from kommissorium.secretariat.getting_started import first_steps
from kommissorium.yearwheel.actions import adopt_duties
from kommissorium.yearwheel.duty_proposals import propose_duties

Browser = Callable[[str], Client]


def left(cast: Cast, who: str = "coordinator") -> list[str]:
    person = Person.objects.get(pk=cast.who(who).pk)
    return [step.url for step in first_steps(person).left]


def test_each_step_is_done_when_its_thing_is_there(cast: Cast) -> None:
    wheel = reverse("duty_proposals", args=[cast.committee.pk])
    calendar = reverse("meetings_plan", args=[cast.committee.pk])
    rooms = [reverse(name) for name in ("assets", "risk_levels", "controls")]
    assert left(cast) == [calendar, wheel, *rooms]
    plan(cast)
    assert calendar not in left(cast)
    adopt_duties(cast.committee, propose_duties(cast.committee), by=cast.coordinator)
    assert left(cast) == rooms


def test_vacant_seats_and_people_without_e_mail_are_told_until_the_committee_has_met(
    cast: Cast,
) -> None:
    meeting = plan(cast)
    Holding.objects.filter(person=cast.member).delete()
    Person.objects.filter(pk=cast.head_of_it.pk).update(email=None)
    found = {step.url: step.text for step in first_steps(cast.coordinator).left}
    assert "Centerchef" in found[cast.committee.get_absolute_url()]
    assert cast.head_of_it.name in found[reverse("people")]
    Meeting.objects.filter(pk=meeting.pk).update(
        state=Meeting.State.HELD, year=meeting.starts_at.year, number=1
    )
    assert not {cast.committee.get_absolute_url(), reverse("people")} & set(left(cast))


def test_the_list_is_on_the_overview_of_who_begins_and_nobody_elses(
    cast: Cast, client_of: Browser
) -> None:
    page = client_of("coordinator").get("/")
    assert 'id="first-steps"' in page.text
    assert client_of("coordinator").get(reverse("begin")).status_code == 200
    for who in ("chair", "member", "administrator", "auditor", "employee"):
        assert 'id="first-steps"' not in client_of(who).get("/").text, who
    # What a step tells of is told once.
    waiting = {thing.url for thing in page.context["waiting"]}
    assert waiting & {step.tells_of for step in first_steps(cast.coordinator).left}
    assert not waiting & {step.tells_of for step in page.context["first_steps"].left}


def test_while_the_municipality_is_set_up_the_steps_lead_into_the_assistant(cast: Cast) -> None:
    Municipality.objects.update(setup_finished_at=None)
    assert reverse("setup_wheel") in left(cast)
    assert reverse("setup_rhythm") in left(cast, "administrator")
    assert left(cast, "chair") == []
