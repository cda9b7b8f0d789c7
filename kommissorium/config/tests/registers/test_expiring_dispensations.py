"""A dispensation that runs out, before the committee: what is chosen for it takes effect."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from http import HTTPStatus

from django.test import Client
from django.urls import reverse

from kommissorium.config.tests.registers.cycle_cases import approve_minutes_of
from kommissorium.conftest import Cast, time_is
from kommissorium.core.ui.localised import day
from kommissorium.meetings.actions.open_and_close import end_meeting
from kommissorium.meetings.models import AgendaItem, Attendance, Decision, Meeting, RowChoice
from kommissorium.policies.tests.cases import rule
from kommissorium.rulings.actions.rulings import renew_dispensation
from kommissorium.rulings.expiring import KEY
from kommissorium.rulings.models import Dispensation
from kommissorium.rulings.tests.cases import granted, in_days, meeting_in, values_of
from kommissorium.secretariat.actions.agendas import bring_back
from kommissorium.secretariat.actions.cycle import call
from kommissorium.secretariat.actions.effects import effects_of

type Chosen = dict[Dispensation, tuple[str, date | None]]


def on_the_agenda(cast: Cast, meeting: Meeting) -> AgendaItem:
    bring_back(meeting, by=cast.coordinator)
    found: AgendaItem = meeting.items.get(subject_kind="rulings.expiring")
    return found


def choose(client: Client, item: AgendaItem, choices: Chosen) -> HTTPStatus:
    sent: dict[str, str] = {}
    for one, (code, until) in choices.items():
        key = KEY.format(one.pk)
        sent |= {key: code, f"{key}-day": until.isoformat() if until else "", f"{key}-version": "0"}
    return HTTPStatus(client.post(reverse("row_choices", args=[item.pk]), sent).status_code)


def minuted(cast: Cast, client: Client, item: AgendaItem) -> Decision:
    """Follow the recommendation at the meeting, and send its minutes out."""
    meeting = Meeting.objects.get(pk=item.meeting_id)
    client.post(reverse("recommendation_use", args=[item.pk]))
    for one in meeting.items.filter(type="decision").exclude(pk=item.pk):
        url = reverse("field_save", args=[one.pk, "not_discussed"])
        client.post(url, {"value": "on", "version": 0})
    with time_is(meeting.starts_at + timedelta(minutes=50)):
        meeting.attendances.filter(person=cast.chair).update(presence=Attendance.Presence.PRESENT)
        end_meeting(meeting, by=cast.coordinator)
    approve_minutes_of(cast, meeting)
    found: Decision = meeting.decisions.get(item=item)
    return found


def test_dispensations_are_extended_and_ended_by_choices_in_a_meeting(
    cast: Cast, client_of: Callable[[str], Client]
) -> None:
    about = rule(cast)
    first = granted(cast, about, last_day=in_days(40))
    second = granted(cast, about, place="Printere på biblioteket", last_day=in_days(41))
    item = on_the_agenda(cast, meeting_in(cast, 20))
    assert item.recommendation.count("forlænger dispensationen fra") == len((first, second))
    call(item.meeting, by=cast.coordinator)
    client, until = client_of("coordinator"), in_days(200)
    chosen: Chosen = {first: ("extend", until), second: ("end", None)}
    assert choose(client, item, chosen) == HTTPStatus.FOUND
    decision = minuted(cast, client, item)
    assert f"til {day(until)}" in decision.text and "ophævede dispensationen" in decision.text
    renewed = Dispensation.objects.get(lineage=first.lineage, in_force_to=None)
    assert renewed.last_day == until and renewed.decision == decision
    assert renewed.record and renewed.record.pdf and renewed.made_by == cast.coordinator
    for one in (first, second):
        one.refresh_from_db()
        assert one.in_force_to
    assert decision.number in second.ended_because
    told = effects_of(decision)[0].text
    assert told.count("Trådt i kraft: Udvalget") == len((first, second))


def test_what_cannot_be_extended_is_told_when_choosing(
    cast: Cast, client_of: Callable[[str], Client]
) -> None:
    found = granted(cast, last_day=in_days(40))
    item, client = on_the_agenda(cast, meeting_in(cast, 20)), client_of("coordinator")
    for until in (in_days(39), in_days(3 * 365), None):
        assert choose(client, item, {found: ("extend", until)}) == HTTPStatus.BAD_REQUEST
    again = renew_dispensation(found, values=values_of(last_day=in_days(300)), by=cast.employee)
    assert choose(client, item, {found: ("extend", in_days(200))}) == HTTPStatus.BAD_REQUEST
    assert again.is_draft and not RowChoice.objects.filter(edit_version__gt=0).exists()
    assert choose(client, item, {found: ("return", None)}) == HTTPStatus.FOUND
    item.refresh_from_db()
    assert "udsætter dispensationen" in item.recommendation
