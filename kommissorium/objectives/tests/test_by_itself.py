"""A goal on a register's figure goes its way without a person; goals that ask for nothing."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from django.urls import reverse
from django.utils import timezone

from kommissorium.assets.actions.assets import add_asset
from kommissorium.conftest import Cast, time_is
from kommissorium.core.evidence.models import Event
from kommissorium.objectives.models import Objective
from kommissorium.objectives.status import Progress
from kommissorium.objectives.tests.cases import approved, drafted, only
from kommissorium.objectives.tests.test_counting import COUNTED, evening, progress, values
from kommissorium.objectives.tests.test_pages import SENT

DUE = 200  # days
LAST = 205


def shown(client_of, one: Objective, days: int) -> str:
    """Return what the auditor's list says of it, so many days from now."""
    with time_is(timezone.localtime() + timedelta(days=days)):
        [row] = client_of("auditor").get(reverse("objectives")).context["page"]
    assert row.pk == one.pk
    return str(row.status.progress)


def test_a_goal_goes_from_on_track_by_at_risk_to_missed_without_a_person(
    cast: Cast, client_of
) -> None:
    for name in ("Løn", "Sag"):
        add_asset(by=cast.coordinator, kind="system", values={"name": name})
    due = timezone.localdate() + timedelta(days=DUE)
    one = only(approved(cast, {**COUNTED, "due": due}))
    before = Event.objects.exclude(actor="system").count()
    assert progress(one, 0) == Progress.LATE
    seen: list[Progress] = []
    for days in range(1, LAST + 1, 4):
        evening(days)
        now = progress(one, days)
        seen += [now] if now not in seen[-1:] else []
    assert seen == [Progress.UNDER_WAY, Progress.AT_RISK, Progress.MISSED]
    assert set(values(one)) == {2}
    assert progress(one, DUE) == Progress.AT_RISK, "its day is not over"
    assert not one.measurements.exclude(made_by=None).exists()
    assert Event.objects.exclude(actor="system").count() == before
    assert shown(client_of, one, LAST) == Progress.MISSED


def test_realised_and_complied_with_part_when_the_register_gets_worse(
    cast: Cast, client_of
) -> None:
    one = only(approved(cast, COUNTED))
    evening(1)
    url = one.set.get_absolute_url()

    def of_the_year(days: int) -> list[tuple[int, int, int]]:
        with time_is(timezone.localtime() + timedelta(days=days)):
            areas = client_of("auditor").get(url).context["areas"]
        return [(row.objectives, row.realised, row.complied) for row in areas]

    assert of_the_year(1) == [(1, 1, 1)]
    add_asset(by=cast.coordinator, kind="system", values={"name": "Løn"})
    evening(2)
    assert of_the_year(2) == [(1, 1, 0)]


def test_a_goal_that_is_reached_from_the_beginning_is_told_so(cast: Cast, client_of) -> None:
    found, browser = drafted(cast), client_of("coordinator")
    url = reverse("objective_new", args=[found.pk])
    sent = SENT | {"indicator": COUNTED["indicator"], "direction": "at_most", "target": "0"}
    page = browser.post(url, sent | {"owner": cast.member.pk}, follow=True).text
    assert "Det er tilføjet. Bemærk, at det er nået fra begyndelsen: I dag er det 0" in page
    made = found.objectives.latest("pk")
    assert made.target == Decimal(0)
    add_asset(by=cast.coordinator, kind="system", values={"name": "Løn"})
    change = reverse("objective_change", args=[made.pk])
    again = sent | {"owner": cast.member.pk, "edit_version": 1}
    assert "fra begyndelsen" not in browser.post(change, again, follow=True).text


def test_a_target_below_nought_and_no_unit_are_refused_beside_the_field(
    cast: Cast, client_of
) -> None:
    url = reverse("objective_new", args=[drafted(cast).pk])
    for wrong in ({"target": "-5"}, {"unit": ""}):
        answer = client_of("coordinator").post(url, SENT | wrong)
        assert answer.status_code == 400
        assert set(answer.context["form"].errors) == set(wrong)
        assert SENT["why"] in answer.text
