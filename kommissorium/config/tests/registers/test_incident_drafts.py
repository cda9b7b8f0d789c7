"""The register's suggestions under the item of incidents: none, one, several, better and worse."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.utils import timezone, translation

from kommissorium.conftest import Cast, queries_of, time_is
from kommissorium.core.richtext import plain_text
from kommissorium.incidents.tests.cases import HOUR, closed, evaluation, handled, send, triaged
from kommissorium.meetings.models import AgendaItem, Meeting
from kommissorium.secretariat.agenda_drafts import drafts_of

INCIDENTS = "agenda_incidents"


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def met(cast: Cast) -> datetime:
    """Let the committee have met ten days ago; return when."""
    then = timezone.localtime() - timedelta(days=10)
    Meeting.objects.create(
        committee=cast.committee,
        starts_at=then,
        ends_at=then + HOUR,
        state=Meeting.State.HELD,
        year=then.year,
        number=99,
    )
    return then


def draft(meeting: Meeting) -> tuple[str, str]:
    """Return presentation and recommendation of the item of incidents; "" for no draft."""
    item = meeting.items.get(clause__measure=INCIDENTS)
    found = drafts_of(meeting).get(item.pk)
    return (plain_text(found.presentation), plain_text(found.recommendation)) if found else ("", "")


def test_a_register_that_nobody_uses_says_nothing(cast: Cast, meeting: Meeting) -> None:
    assert draft(meeting) == ("", "")


def test_none_since_the_last_meeting(cast: Cast, meeting: Meeting, met: datetime) -> None:
    with time_is(met - timedelta(days=40)):
        closed(cast, severity=1, is_breach="no")
    told, asked = draft(meeting)
    assert "No security incident has been reported since the last meeting." in told
    assert "No incident is open." in told
    assert asked == "", "nothing is to be decided about what is not"


def test_one_and_its_notification_in_time(cast: Cast, meeting: Meeting, met: datetime) -> None:
    send(cast, handled(cast))
    told, asked = draft(meeting)
    assert "One security incident has been reported since the last meeting" in told
    assert "; it is a personal data breach." in told
    assert "One incident is open, one more than at the last meeting." in told
    assert "One notification has been sent since the last meeting, within its deadline." in told
    assert asked == "It is recommended that the committee takes note of this."


def test_several_of_one_type_are_a_pattern_and_fewer_open_is_better(
    cast: Cast, meeting: Meeting, met: datetime
) -> None:
    with time_is(met - timedelta(days=20)):
        old = [handled(cast, is_breach="no") for _number in range(3)]
    closed(cast), triaged(cast, is_breach="no")
    for case in old:
        case.refresh_from_db()
        type(case).objects.filter(pk=case.pk).update(state="closed", closed_at=timezone.now())
    told, _asked = draft(meeting)
    assert "2 security incidents have been reported since the last meeting, one of them" in told
    assert "2 of the new incidents are of one type: phishing or a stolen login." in told
    assert "One incident is open, 2 fewer than at the last meeting." in told
    assert "4 incidents have been closed since the last meeting." in told


def test_a_deadline_that_passed_comes_first_and_wants_a_decision(
    cast: Cast, meeting: Meeting, met: datetime
) -> None:
    handled(cast, aware_at=timezone.localtime() - timedelta(days=4))
    told, asked = draft(meeting)
    assert told.startswith("The deadline of one notification has passed")
    assert "to send the notification that has not been sent at once" in asked


def test_what_was_sent_late_is_told(cast: Cast, meeting: Meeting, met: datetime) -> None:
    late = handled(cast, aware_at=timezone.localtime() - timedelta(days=4))
    send(cast, late, late_because="Den blev glemt.")
    send(cast, handled(cast))
    told, _asked = draft(meeting)
    assert "2 notifications have been sent since the last meeting, one of them after its" in told
    assert "Den blev glemt" not in told


def test_an_evaluation_that_is_not_begun_wants_a_decision(
    cast: Cast, meeting: Meeting, met: datetime
) -> None:
    with time_is(met - timedelta(days=20)):
        closed(cast, is_breach="no")
        evaluation(cast, is_breach="no")
    told, asked = draft(meeting)
    assert told.startswith("One incident was closed before the last meeting, and its evaluation")
    assert "asks the secretary to prepare the evaluation that is not begun" in asked


def test_cases_are_named_under_a_closed_item_alone(
    cast: Cast, meeting: Meeting, met: datetime
) -> None:
    few = triaged(cast, title="Uretmæssigt opslag", is_restricted=True)
    one = triaged(cast, title="Phishing i økonomi")
    assert one.case_number not in draft(meeting)[0]
    item = meeting.items.get(clause__measure=INCIDENTS)
    ground = "Offentlighedsloven § 33, nr. 5"
    AgendaItem.objects.filter(pk=item.pk).update(is_closed=True, closed_ground=ground)
    told, _asked = draft(meeting)
    assert f"{one.case_number} (“Phishing i økonomi”)" in told
    assert few.case_number in told and "Uretmæssigt opslag" not in told


def test_it_asks_as_much_for_many_cases(cast: Cast, meeting: Meeting, met: datetime) -> None:
    asked = []
    for number in (1, 4):
        for _one in range(number):
            triaged(cast)
        asked.append(queries_of(lambda: draft(meeting)))
    assert asked[0] == asked[1]
