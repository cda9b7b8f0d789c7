"""The figures of incidents are those known when a quarter ended; later ones are a correction."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone, translation

from kommissorium.conftest import Cast, queries_of, time_is
from kommissorium.incidents.actions.handling import reopen_incident
from kommissorium.incidents.models import Incident
from kommissorium.incidents.register import REGISTER
from kommissorium.incidents.tests.cases import (
    close,
    closed,
    handled,
    notification,
    refuse,
    reported,
    send,
    triage,
    triaged,
)
from kommissorium.measures.periods import Quarter
from kommissorium.registers.status import StatusFigure, StatusPart

QUARTER = Quarter.of(timezone.localdate()).before
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))


def part(quarter: Quarter = QUARTER) -> StatusPart | None:
    return next(iter(REGISTER.status_on(quarter)), None)


def figures(quarter: Quarter = QUARTER) -> dict[str, StatusFigure]:
    found = part(quarter)
    return {one.code: one for one in found.figures} if found else {}


def test_before_anybody_has_reported_anything_it_is_written_by_hand(cast: Cast) -> None:
    assert part() is None
    reported(cast)
    assert part() is None, "it was reported after the quarter"


def test_what_was_reported_closed_and_told_in_the_quarter_is_counted(cast: Cast) -> None:
    with time_is(noon(QUARTER.before.first + DAY)):
        triaged(cast, type="loss", is_breach="no")
    with time_is(noon(QUARTER.first + DAY)):
        first, second = handled(cast), handled(cast, type="misdirected")
        reported(cast)
    with time_is(noon(QUARTER.first + 2 * DAY)):
        send(cast, first)
        for code in ("gdpr_34", "nis2_warning"):
            if first.notifications.filter(code=code).exists():
                refuse(cast, first, code)
        close(cast, first)
        refuse(cast, second, "gdpr_33")
    found = figures()
    wanted = {
        "incidents": 2,
        "incidents_phishing": 1,
        "incidents_misdirected": 1,
        "incidents_open": 2,
        "incidents_closed": 1,
        "breaches_notified": 1,
        "breaches_not_notified": 1,
        "deadlines_kept": 1,
        "deadlines_missed": 0,
        "deadlines_passed": 0,
        "not_evaluated": 1,
    }
    assert {code: found[code].value for code in wanted} == wanted
    assert (found["incidents"].before, found["incidents_loss"].before) == (1, 1)
    assert not any(one.correction for one in found.values())
    said = part()
    assert said is not None
    assert said.sentence.startswith("2 security incidents were reported in the quarter.")
    assert "All deadlines of notification were kept." in said.sentence
    assert "One closed incident waits for the committee's evaluation." in said.sentence


def test_a_deadline_that_passed_is_missed_and_the_sending_later_does_not_undo_it(
    cast: Cast,
) -> None:
    with time_is(noon(QUARTER.last - 10 * DAY)):
        case = handled(cast)
    assert figures()["deadlines_passed"].value == 1
    with time_is(noon(QUARTER.after.first + DAY)):
        send(cast, case, late_because="Den blev glemt.")
    found = figures()
    assert found["deadlines_passed"].value == 1 and found["deadlines_missed"].value == 0
    said = part()
    assert said is not None and "One deadline of notification was not kept." in said.sentence


def test_what_is_found_out_later_is_a_correction(cast: Cast) -> None:
    with time_is(noon(QUARTER.last)):
        late = reported(cast)
        case = triaged(cast, is_breach="no")
    with time_is(noon(QUARTER.after.first)):
        triage(cast, late, is_breach="no")
        triage(cast, case, type="malware", is_breach="no")
    found = figures()
    new, phishing = found["incidents"], found["incidents_phishing"]
    assert (new.value, new.corrected, phishing.value, phishing.corrected) == (1, 2, 1, 1)
    assert new.correction and "incidents_malware" not in found


def test_what_is_opened_again_is_open_from_then_on(cast: Cast) -> None:
    with time_is(noon(QUARTER.first + DAY)):
        case = closed(cast)
    with time_is(noon(QUARTER.last)):
        assert figures()["incidents_open"].value == 0
        reopen_incident(case, by=cast.coordinator, because="Den kom igen.")
    assert figures()["incidents_open"].value == 1
    assert figures()["incidents_closed"].value == 0


def test_no_case_is_named(cast: Cast) -> None:
    with time_is(noon(QUARTER.first + DAY)):
        case = triaged(cast, title="Brev til forkert borger")
    found = part()
    assert found is not None
    assert case.case_number not in repr(found) and "forkert borger" not in repr(found)


def test_it_asks_as_much_for_many_cases(cast: Cast) -> None:
    asked = []
    with time_is(noon(QUARTER.first + DAY)):
        for number in (1, 5):
            for _one in range(number):
                triaged(cast)
            asked.append(queries_of(lambda: list(REGISTER.status_on(QUARTER))))
    assert asked[0] == asked[1]
    assert Incident.objects.count() == 6
    assert notification(Incident.objects.latest("pk")).due_at
