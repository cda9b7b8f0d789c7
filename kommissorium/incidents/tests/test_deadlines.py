"""Deadlines: exact through both nights on which clocks change, told once, never lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from kommissorium.conftest import Cast, time_is
from kommissorium.core.evidence.models import Event
from kommissorium.core.mail.models import OutboxMail
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.localised import moment
from kommissorium.incidents.actions.awareness import (
    answer_awareness_change,
    ask_awareness_change,
    set_awareness,
)
from kommissorium.incidents.actions.notifications import note_status_sent, tell_deadlines
from kommissorium.incidents.laws import rule_of, stage_of
from kommissorium.incidents.models import Notification
from kommissorium.incidents.tests.cases import (
    HOUR,
    close,
    handled,
    notification,
    refuse,
    send,
    triaged,
)
from kommissorium.meetings.year_plan import month_later

Browser = Callable[[str], Client]


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc, arg-type]


@pytest.mark.parametrize(
    ("begin", "due"),
    [
        # Clocks go forward on 29 March 2026 and back on 25 October: 72 hours stay 72 hours.
        (utc(2026, 3, 27, 11, 30), utc(2026, 3, 30, 11, 30)),
        (utc(2026, 10, 23, 10, 30), utc(2026, 10, 26, 10, 30)),
        (utc(2026, 10, 25, 0, 30), utc(2026, 10, 28, 0, 30)),
        (utc(2026, 10, 25, 1, 30), utc(2026, 10, 28, 1, 30)),
    ],
)
def test_72_hours_are_72_hours_through_the_nights_on_which_clocks_change(
    begin: datetime, due: datetime
) -> None:
    assert rule_of("gdpr_33").due_from(begin) == due
    assert rule_of("nis2_warning").due_from(begin) == begin + 24 * HOUR


@pytest.mark.parametrize(
    ("begin", "due"),
    [
        (utc(2027, 1, 31, 12), utc(2027, 2, 28, 12)),
        (utc(2028, 1, 30, 12), utc(2028, 2, 29, 12)),
        (utc(2026, 12, 31, 22, 30), utc(2027, 1, 31, 22, 30)),
        # At the same time of day here, on the other side of the change.
        (utc(2026, 3, 10, 13), utc(2026, 4, 10, 12)),
        (utc(2026, 10, 10, 12), utc(2026, 11, 10, 13)),
    ],
)
def test_a_month_is_one_of_the_calendar(begin: datetime, due: datetime) -> None:
    assert month_later(begin, 1) == due


def test_stages_come_in_their_order() -> None:
    begin = utc(2026, 10, 23, 10)
    due = begin + 72 * HOUR
    at = [begin - HOUR, begin, begin + 36 * HOUR, due - 6 * HOUR, due - HOUR, due]
    assert [stage_of(begin, due, moment) for moment in at] == [0, 1, 2, 3, 4, 5]


def test_a_breach_runs_72_hours_from_awareness_and_not_from_the_report(cast: Cast) -> None:
    aware = timezone.now() - 10 * HOUR
    row = notification(triaged(cast, aware))
    assert row.due_at == aware + 72 * HOUR
    assert row.needed == "yes"


def test_the_final_report_follows_the_notification_and_then_a_status(cast: Cast) -> None:
    aware = timezone.now() - 50 * HOUR
    found = handled(cast, aware, is_breach="no", is_significant="yes")
    final = notification(found, "nis2_final")
    assert final.due_at == month_later(aware + 72 * HOUR, 1), "as it should be sent"
    sent = send(cast, found, "nis2_notice", sent_at=timezone.now() - HOUR)
    assert sent.sent_at
    final = notification(found, "nis2_final")
    assert final.due_at == month_later(sent.sent_at, 1)
    note_status_sent(
        final, by=cast.coordinator, sent_at=timezone.now(), edit_version=final.edit_version
    )
    assert notification(found, "nis2_final").due_at is None
    send(cast, found, "nis2_warning", sent_at=timezone.now() - 30 * HOUR)
    refuse(cast, found, "nis2_recipients")
    close(cast, found)
    assert notification(found, "nis2_final").due_at == month_later(found.closed_at, 1)
    send(cast, found, "nis2_final")


def mails(row: Notification) -> list[str]:
    found = OutboxMail.objects.filter(kind="incidents.deadline", key__startswith=f"{row.pk}:")
    return sorted(found.values_list("key", flat=True))


def test_mails_go_at_each_stage_once_to_those_beside_the_case(cast: Cast) -> None:
    begin = timezone.now()
    row = notification(handled(cast, begin))
    addresses = []
    for hours in (0, 35, 36, 66, 71, 72, 80):
        with time_is(begin + hours * HOUR):
            before = OutboxMail.objects.filter(kind="incidents.deadline").count()
            tell_deadlines()
            assert tell_deadlines() == 0, "the second worker finds nothing to tell"
            new = OutboxMail.objects.filter(kind="incidents.deadline").order_by("pk")[before:]
            addresses.append(sorted(one.recipient.partition("@")[0] for one in new))
    near = ["coordinator", "dpo", "head_of_it"]
    last = sorted([*near, "chair"])
    assert addresses == [near, [], near, last, last, last, []]
    assert len(set(mails(row))) == 5
    body = OutboxMail.objects.filter(kind="incidents.deadline").latest("pk").body
    assert "Phishing" not in body, "a mail holds no details"


def test_what_was_missed_is_told_once_and_a_clock_set_back_tells_nothing_again(cast: Cast) -> None:
    begin = timezone.now()
    row = notification(triaged(cast, begin))
    with time_is(begin + 67 * HOUR):
        tell_deadlines()
    assert {key.rpartition(":")[2] for key in mails(row)} == {"3"}
    with time_is(begin + 20 * HOUR):
        assert tell_deadlines() == 0
    with time_is(begin + 68 * HOUR):
        assert tell_deadlines() == 0


def test_two_workers_with_the_same_row_in_their_hands_tell_once(cast: Cast) -> None:
    row = notification(triaged(cast))
    stale = Notification.objects.get(pk=row.pk)
    tell_deadlines()
    # What the second one read before the first had told.
    assert stale.told_stage == 0
    ours = Notification.objects.filter(pk=stale.pk, told_stage=0).update(told_stage=1)
    assert ours == 0


def test_what_is_sent_or_not_needed_is_told_of_no_more(cast: Cast) -> None:
    begin = timezone.now()
    found = triaged(cast, begin)
    refuse(cast, found, "gdpr_33")
    with time_is(begin + 71 * HOUR):
        assert tell_deadlines() == 0


def test_sent_later_wants_the_reason_and_is_kept_as_late(cast: Cast) -> None:
    aware = timezone.now() - 80 * HOUR
    found = handled(cast, aware)
    with pytest.raises(Refused) as refused:
        send(cast, found)
    assert "late_because" in refused.value.errors
    row = send(cast, found, late_because="Vi opdagede det sent.")
    assert row.was_late
    event = Event.objects.filter(act="incidents.notification_sent").latest("seq")
    assert '"late":true' in event.facts
    with pytest.raises(Refused):
        send(cast, found)


def test_awareness_is_set_once_and_a_change_needs_the_officers_word(
    cast: Cast, client_of: Browser
) -> None:
    aware = timezone.now() - 40 * HOUR
    found = handled(cast, aware)
    with pytest.raises(Refused):
        set_awareness(found, "gdpr", by=cast.coordinator, at=timezone.now(), because="Senere.")
    later = aware + 20 * HOUR
    row = ask_awareness_change(found, "gdpr", by=cast.coordinator, at=later, because="Log viser.")
    assert notification(found).due_at == aware + 72 * HOUR, "not before the officer's word"
    with pytest.raises(Refused):
        close(cast, found)
    answer_awareness_change(row, by=cast.dpo, agreed=True, word="Enig.")
    assert notification(found).due_at == later + 72 * HOUR
    assert found.awareness.get(is_first=True).at == aware, "the first is kept"
    event = Event.objects.filter(act="incidents.awareness_change_answered").get()
    assert "first" in event.facts
    send(cast, found)
    told = client_of("coordinator").get(f"{found.get_absolute_url()}history/").content.decode()
    assert "som databeskyttelsesrådgiveren var enig i" in told and moment(aware) in told


def test_a_change_that_the_officer_refuses_changes_nothing(cast: Cast) -> None:
    aware = timezone.now() - 40 * HOUR
    found = handled(cast, aware)
    row = ask_awareness_change(
        found, "gdpr", by=cast.coordinator, at=timezone.now(), because="Ny viden."
    )
    answer_awareness_change(row, by=cast.dpo, agreed=False, word="Nej.")
    assert notification(found).due_at == aware + 72 * HOUR
    with pytest.raises(Refused):
        answer_awareness_change(row, by=cast.dpo, agreed=True, word="Alligevel.")


def test_it_cannot_be_known_in_the_future(cast: Cast) -> None:
    with pytest.raises(Refused):
        triaged(cast, timezone.now() + timedelta(hours=2))
