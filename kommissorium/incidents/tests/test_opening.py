"""The opening of the incidents: what it says of deadlines, and to whom it tells of a restricted case."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone, translation

from kommissorium.conftest import Cast, time_is
from kommissorium.incidents.models import Incident, Notification
from kommissorium.incidents.register import REGISTER
from kommissorium.incidents.tests.cases import handled, reported, send
from kommissorium.registers.opening import Told
from kommissorium.registers.openings import told_by

pytestmark = pytest.mark.django_db


def told(cast: Cast, who: str = "coordinator") -> Told:
    with translation.override("da"):
        found = told_by(REGISTER, cast.who(who))
    assert found is not None
    return found


def due(incident: Incident, hours: int) -> None:
    """Let its one notification with a deadline be due so many hours from now."""
    Notification.objects.exclude(code="gdpr_33").update(due_at=None)
    at = timezone.now() + timedelta(hours=hours, minutes=1 if hours > 0 else -1)
    Notification.objects.filter(incident=incident, code="gdpr_33").update(due_at=at)


def test_a_deadline_that_has_passed_comes_first_with_its_hours(cast: Cast) -> None:
    found = handled(cast)
    reported(cast)
    due(found, -4)
    opening = told(cast)
    assert opening.sentence.startswith("1 anmeldelse er 4 t. 01 min. over fristen. 1 indberetning ")
    assert opening.wrong is not None
    assert opening.wrong.url == Notification.objects.get(code="gdpr_33").get_absolute_url()


def test_the_next_deadline_is_said_while_it_runs_and_nothing_is_called_right_before_triage(
    cast: Cast,
) -> None:
    found = handled(cast)
    due(found, 5)
    assert "Ingen frist er overskredet" in told(cast).sentence
    assert "Den næste frist udløber" in told(cast).sentence
    reported(cast)
    opening = told(cast)
    assert (
        "Ingen frist" not in opening.sentence
        and opening.wrong
        and opening.wrong.button == "Vurdering"
    )
    assert told(cast, "dpo").wrong.button == "Se sagen"  # type: ignore[union-attr]


def test_a_restricted_case_is_not_counted_before_who_may_not_read_it(cast: Cast) -> None:
    found = handled(cast)
    due(found, -4)
    Incident.objects.filter(pk=found.pk).update(is_restricted=True)
    assert "over fristen" in told(cast, "dpo").sentence
    assert told_by(REGISTER, cast.chair) is None  # reads none at all
    reported(cast)
    assert "over fristen" not in told(cast, "chair").sentence


def test_sending_it_ends_the_sentence(cast: Cast) -> None:
    found = handled(cast)
    due(found, -4)
    with time_is(timezone.now() + timedelta(minutes=1)):
        send(cast, found, late_because="Nogen var syge.")
        assert "over fristen" not in told(cast).sentence
