"""The committee, its seats and its mandate, in force and as a draft."""

from __future__ import annotations

from django.utils import timezone

from kommissorium.committees.actions.mandates import draft_mandate
from kommissorium.committees.actions.seat_nominations import nominate_for_seat
from kommissorium.committees.reader import builtin, read_text
from kommissorium.conftest import Cast
from kommissorium.core.evidence.models import Record
from kommissorium.core.files.actions import store_file
from kommissorium.core.tests.samples import Samples


def add(samples: Samples, cast: Cast) -> None:
    """Name the committee, a seat and its holding, the mandate and a draft."""
    text = builtin("da")
    draft = draft_mandate(
        cast.committee,
        read_text(text),
        by=cast.coordinator,
        source_text=text,
        source_name="kommissorium.txt",
        source_file=store_file(text.encode(), "kommissorium.txt"),
    )
    seat = cast.committee.seats.get(role="adviser")
    holding = seat.holdings.get()
    samples.add(
        "committee committee_habits committee_history seat_history seat_export seat_add mandates "
        "mandate_read meetings_plan meeting_add chair_decision_add mandate_compliance "
        "compliance_timeline compliance_today",
        pk=cast.committee.pk,
    )
    samples.add("seat_edit seat_end seat_take", pk=cast.committee.pk, seat=seat.pk)
    samples.add("seat_leave seat_undo", pk=cast.committee.pk, seat=seat.pk, holding=holding.pk)
    samples.add(
        "mandate mandate_source mandate_export mandate_edit mandate_approval mandate_discard "
        "mandate_asking seats_from_mandate",
        pk=cast.mandate.pk,
    )
    samples.add("mandate_changes", pk=draft.pk)
    for name in ("", "_source", "_edit", "_approval", "_discard", "_asking"):
        samples.add(f"mandate{name}/draft", pk=draft.pk)
    samples.add("compliance_file", pk=cast.committee.pk, form="pdf")
    chair = cast.committee.seats.get(role="chair")
    nomination = nominate_for_seat(
        chair,
        by=cast.coordinator,
        person=cast.executive,
        from_date=timezone.localdate(),
        capacity="deputy",
    )
    samples.add("seat_nomination", pk=nomination.pk)
    record = Record.objects.get(kind="committees.mandate")
    samples.add("record", pk=record.pk)
    samples.add("record_file", pk=record.pk, form="json")
