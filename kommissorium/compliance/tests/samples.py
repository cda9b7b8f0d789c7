"""Answers that were frozen: as the month ended."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from kommissorium.compliance.actions.freezing import freeze_answer
from kommissorium.compliance.models import FrozenAnswer
from kommissorium.conftest import Cast
from kommissorium.core.tests.samples import Samples


def add(_samples: Samples, cast: Cast) -> None:
    """Freeze yesterday's answer."""
    day = timezone.localdate() - timedelta(days=1)
    freeze_answer(cast.committee, day, by=None, why=FrozenAnswer.Why.MONTH_END)
