"""The lazy act keeps T5 red or amber, or its sentence tells of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from kommissorium.assets.actions.documents import GivenFile
from kommissorium.conftest import Cast, time_is
from kommissorium.core.refusals import Refused
from kommissorium.incidents.actions.awareness import (
    answer_awareness_change,
    ask_awareness_change,
)
from kommissorium.incidents.actions.notifications import (
    advise_on_notification,
    decide_notification,
    note_sent,
)
from kommissorium.incidents.models import Incident
from kommissorium.incidents.register import REGISTER
from kommissorium.incidents.tests.cases import (
    HOUR,
    closed,
    finished,
    handled,
    notification,
    refuse,
    reported,
    send,
    triage,
)
from kommissorium.measures.findings import Finding, State
from kommissorium.registers.tests.check_cases import found

Browser = Callable[[str], Client]
DAY = timedelta(days=1)


def now() -> Finding:
    with override("en"):
        return found(REGISTER, "incident_evaluation")


def in_time(days: float) -> Finding:
    with time_is(timezone.now() + days * DAY):
        return now()


def advised(cast: Cast, incident: Incident, code: str = "gdpr_33") -> None:
    row = notification(incident, code)
    advise_on_notification(row, by=cast.dpo, advice="Enig.", edit_version=row.edit_version)


def moved(cast: Cast, incident: Incident, hours: int) -> None:
    """Let the officer agree that it became known that many hours later than noted."""
    first = incident.awareness.get(is_first=True).at
    row = ask_awareness_change(
        incident, "gdpr", by=cast.coordinator, at=first + hours * HOUR, because="Loggen."
    )
    answer_awareness_change(row, by=cast.dpo, agreed=True, word="Enig.")


def test_a_worker_that_stands_still_hides_no_deadline(cast: Cast) -> None:
    handled(cast, timezone.now() - HOUR)
    assert "deadline" not in now().sentence
    late = in_time(4)
    assert late.state == State.NOT_FULFILLED
    assert "The deadline of one notification has passed" in late.sentence


def test_to_decide_again_that_it_is_to_be_sent_is_no_sending(cast: Cast) -> None:
    case = handled(cast, timezone.now() - HOUR)
    with time_is(timezone.now() + 4 * DAY):
        row = notification(case)
        decide_notification(
            row, by=cast.coordinator, needed="yes", because="", edit_version=row.edit_version
        )
        assert now().state == State.NOT_FULFILLED


def test_called_needless_after_the_deadline_it_wants_the_officers_advice(cast: Cast) -> None:
    case = handled(cast, timezone.now() - 100 * HOUR)
    with pytest.raises(Refused, match="databeskyttelsesrådgiveren"):
        refuse(cast, case, "gdpr_33")
    advised(cast, case)
    refuse(cast, case, "gdpr_33")
    finding = now()
    assert finding.state == State.FULFILLED
    assert "1 notification was found needless after its deadline; the data" in finding.sentence


def test_a_triage_that_drops_the_law_after_the_deadline_wants_the_officers_advice(
    cast: Cast,
) -> None:
    case = handled(cast, timezone.now() - 100 * HOUR)
    for others in ({"is_breach": "no"}, {"nature": "none"}):
        with pytest.raises(Refused, match="databeskyttelsesrådgiveren"):
            triage(cast, case, **others)
    assert in_time(1).state == State.NOT_FULFILLED
    advised(cast, case)
    triage(cast, case, is_breach="no")
    assert "deadline" not in now().sentence


def test_nothing_counts_as_sent_without_a_receipt_or_a_file(cast: Cast) -> None:
    case = handled(cast, timezone.now() - HOUR)
    with pytest.raises(Refused) as refused:
        send(cast, case, receipt="")
    assert list(refused.value.errors) == ["receipt"]
    row = notification(case)
    note_sent(
        row,
        by=cast.coordinator,
        sent_at=timezone.now(),
        values={"receipt": "", "late_because": ""},
        edit_version=row.edit_version,
        file=GivenFile("kvittering.txt", b"Modtaget"),
    )
    assert case.entries.filter(kind="notification").get().file_id
    assert "All notifications were sent within their deadlines." in now().sentence


def test_noted_afterwards_as_sent_in_time_is_told(cast: Cast, client_of: Browser) -> None:
    begun = timezone.now()
    case = handled(cast, begun)
    with time_is(begun + 9 * DAY):
        assert now().state == State.NOT_FULFILLED
        row = send(cast, case, sent_at=begun + 2 * HOUR)
        sentence = now().sentence
        assert "1 of 1 notifications was noted after its deadline as sent within" in sentence
        assert "All notifications" not in sentence
        page = client_of("coordinator").get(row.get_absolute_url()).content.decode()
        assert "Noteret" in page


def test_awareness_moved_earlier_after_the_sending_is_reckoned_anew(cast: Cast) -> None:
    case = handled(cast, timezone.now() - 20 * HOUR)
    assert not send(cast, case).was_late
    moved(cast, case, -80)
    assert notification(case).was_late
    sentence = now().sentence
    assert "as that was reckoned anew" in sentence and "All notifications" not in sentence


def test_awareness_moved_later_after_the_sending_is_told(cast: Cast) -> None:
    case = handled(cast, timezone.now() - 80 * HOUR)
    send(cast, case, late_because="Vi var i tvivl.")
    moved(cast, case, 30)
    assert not notification(case).was_late, "the officer agreed"
    assert "When it became known was changed" in now().sentence


def test_a_report_that_nobody_triages_is_amber_after_a_day(cast: Cast) -> None:
    case = reported(cast)
    assert now().state == State.NO_OCCASION
    waiting = in_time(2)
    assert waiting.state == State.DUE_SOON and waiting.step
    assert "1 report has waited for more than 24 hours" in waiting.sentence
    triage(cast, case, nature="none")
    assert in_time(2).state == State.NO_OCCASION


def test_a_case_that_nobody_closes_is_amber_after_ninety_days(cast: Cast) -> None:
    case = handled(cast, is_breach="no")
    assert in_time(90).state == State.NO_OCCASION
    long = in_time(92)
    assert long.state == State.DUE_SOON
    assert "1 incident has been open for more than 90 days" in long.sentence
    finished(cast, case)
    assert "90 days" not in in_time(92).sentence


def test_breaches_called_mild_are_counted(cast: Cast) -> None:
    closed(cast, severity=1)
    finding = now()
    assert finding.state == State.NO_OCCASION
    assert "1 personal data breach of the last twelve months lay below" in finding.sentence


def test_the_receipt_can_come_as_a_file_on_the_page(cast: Cast, client_of: Browser) -> None:
    case = handled(cast, timezone.now() - HOUR)
    page, person = f"{notification(case).get_absolute_url()}sent/", client_of("coordinator")
    assert 'name="file"' in person.get(page).content.decode()
    given = {"sent_at_0": timezone.localdate().isoformat(), "sent_at_1": "00:00"}
    assert "kvittering" in person.post(page, given).content.decode().lower()
