"""The ends of months are frozen by themselves: once, and late where they were missed."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone

from kommissorium.committees.models import Mandate
from kommissorium.compliance.actions.freezing import freeze_month_ends
from kommissorium.compliance.fulfilment import month_ends
from kommissorium.compliance.models import FrozenAnswer
from kommissorium.conftest import Cast, in_days, time_is
from kommissorium.core.evidence.models import Event
from kommissorium.measures.days import add_months

LATER = 100  # days: three months end


def ended(cast: Cast) -> list[date]:
    """Return the ends of months since the mandate was approved in the program."""
    approved = timezone.localdate(Mandate.objects.get(pk=cast.mandate.pk).approved_at)
    return [on for on in month_ends(timezone.localdate(), 36)[:-1] if on >= approved]


def frozen() -> list[date]:
    return list(FrozenAnswer.objects.values_list("on", flat=True))


def test_each_months_end_is_frozen_once_by_the_program(cast):
    freeze_month_ends()
    before = frozen()
    with time_is(in_days(LATER, 3)):
        wanted = ended(cast)
        assert len(wanted) >= 3
        assert freeze_month_ends() == len(wanted) - len(before)
        assert freeze_month_ends() == 0
        assert frozen() == wanted
        last = FrozenAnswer.objects.latest("pk")
        assert (last.why, last.frozen_on) == ("month_end", timezone.localdate())
        event = Event.objects.get(act="compliance.answer_frozen", facts__contains=f'"{last.on}"')
        assert event.actor == "system"


def test_what_was_missed_is_frozen_late_and_says_when(cast):
    with time_is(in_days(LATER, 3)):
        freeze_month_ends()
        first, last = FrozenAnswer.objects.first(), FrozenAnswer.objects.last()
        assert first.frozen_on == last.frozen_on == timezone.localdate()
        assert first.frozen_on - first.on > timedelta(days=31)


def test_of_the_day_itself_nothing_is_said_before_it_ended(cast):
    on = month_ends(add_months(timezone.localdate(), 2), 2)[0]
    noon = in_days((on - timezone.localdate()).days, 12)
    with time_is(noon):
        freeze_month_ends()
        assert on not in frozen()
    with time_is(noon + timedelta(hours=13)):
        freeze_month_ends()
        assert on in frozen()


def test_before_the_mandate_was_approved_here_nothing_is_frozen(cast):
    with time_is(in_days(LATER, 3)):
        freeze_month_ends()
        approved = timezone.localdate(Mandate.objects.get(pk=cast.mandate.pk).approved_at)
        assert min(frozen()) >= approved
