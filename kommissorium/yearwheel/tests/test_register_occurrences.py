"""Occurrences that registers put on the wheel, and finishing them there."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from kommissorium.committees.actions.committee import found_committee
from kommissorium.conftest import Cast
from kommissorium.core.evidence.models import Event
from kommissorium.core.refusals import Refused
from kommissorium.measures.codes import Measure
from kommissorium.yearwheel.actions import (
    GivenEvidence,
    begin,
    end_duty,
    finish,
    move,
    register_done,
    skip,
)
from kommissorium.yearwheel.models import Duty, Occurrence
from kommissorium.yearwheel.tests.conftest import Keep, day

SOURCE = "assets.asset:7:review"


def of(source: str = SOURCE) -> Occurrence:
    """Fetch the open occurrence of a source."""
    return Occurrence.objects.open().get(source=source)


def acts() -> list[str]:
    """Return the acts of the wheel since the beginning, the newest last."""
    rows = Event.objects.filter(act__startswith="yearwheel.").order_by("seq")
    return list(rows.values_list("act", flat=True))


def test_the_duty_is_made_once_and_serves_the_clause_that_is_measured(
    cast: Cast, keep: Keep
) -> None:
    first, second = keep(), keep(source="assets.asset:8:review")
    duty = Duty.objects.get(default_key="asset_documents")
    assert first.duty_id == second.duty_id == duty.pk
    assert (first.number, second.number) == (1, 2)
    assert duty.measure == Measure.OWNER_DOCUMENTATION
    assert duty.clause is not None
    assert duty.clause.measure == duty.measure
    assert duty.responsible_seat is not None
    assert duty.is_responsibility_of(cast.coordinator, day(0))
    assert acts() == ["yearwheel.duty_added", *["yearwheel.occurrence_begun"] * 2]


def test_it_says_what_it_is_about_and_leads_there(cast: Cast, keep: Keep) -> None:
    row = keep(occasion="Sagshotellet", delegate=cast.system_owner)
    assert row.title == "Review the documents: Sagshotellet"
    assert (row.source_link, row.delegate, row.due) == ("/assets/7/", cast.system_owner, day(20))
    assert row.nominal == row.due


def test_asked_for_again_it_writes_nothing(keep: Keep) -> None:
    row = keep()
    said = acts()
    same = keep()
    assert (same.pk, same.edit_version) == (row.pk, row.edit_version)
    assert acts() == said


def test_a_new_day_moves_the_same_one_and_a_new_owner_gets_it(cast: Cast, keep: Keep) -> None:
    row = keep(delegate=cast.system_owner)
    moved = keep(due=day(90), delegate=cast.head_of_it, occasion="Nyt navn")
    assert moved.pk == row.pk
    assert (moved.due, moved.delegate, moved.occasion) == (day(90), cast.head_of_it, "Nyt navn")
    assert not moved.was_moved
    assert acts()[-1] == "yearwheel.occurrence_moved"
    event = Event.objects.get(act="yearwheel.occurrence_moved")
    assert str(day(90)) in event.facts
    assert "Nyt navn" not in event.facts
    keep(due=day(90), delegate=cast.head_of_it, occasion="Nyere navn")
    assert acts()[-1] == "yearwheel.occurrence_followed"
    assert Event.objects.latest("seq").facts == '{"fields":["occasion"]}'


def test_without_a_day_it_is_skipped_and_stays_so(keep: Keep) -> None:
    row = keep()
    assert keep(due=None) is None
    row.refresh_from_db()
    assert (row.state, bool(row.skipped_because)) == ("skipped", True)
    assert keep(due=None) is None
    assert acts().count("yearwheel.occurrence_skipped") == 1


def test_without_a_day_no_duty_is_made(keep: Keep) -> None:
    assert keep(due=None) is None
    assert not Duty.objects.filter(default_key="asset_documents").exists()


def test_done_in_the_register_it_is_done_here_with_what_shows_it(cast: Cast, keep: Keep) -> None:
    row = keep(delegate=cast.system_owner)
    shown = GivenEvidence(
        "row", "Driftsprocedure", "/asset-documents/3/", b"", "assets.document", "3"
    )
    done = register_done(SOURCE, by=cast.system_owner, result="no_fault", evidence=[shown])
    assert done is not None
    assert (done.pk, done.state, done.ended_by) == (row.pk, "done", cast.system_owner)
    assert done.responsible_then == cast.coordinator
    assert done.evidence.get().url == "/asset-documents/3/"
    assert not done.duty.occurrences.open().exists()
    assert register_done(SOURCE, by=cast.system_owner, result="no_fault") is None
    assert keep(due=day(365)).number == 2


def test_faults_that_nobody_describes_are_refused(cast: Cast, keep: Keep) -> None:
    keep()
    with pytest.raises(Refused) as refused:
        register_done(SOURCE, by=cast.coordinator, result="minor")
    assert set(refused.value.errors) == {"conclusion"}
    assert of().is_open


def test_a_duty_that_was_ended_stays_ended(cast: Cast, keep: Keep) -> None:
    row = keep()
    end_duty(row.duty, by=cast.coordinator, because="Følges i et andet system")
    assert keep(due=day(40)) is None
    assert Duty.objects.filter(default_key="asset_documents").count() == 1


def test_another_committee_takes_it_over(cast: Cast, keep: Keep) -> None:
    row = keep()
    other = found_committee(name="Databeskyttelsesudvalget", by=cast.coordinator)
    there = keep(committee=other)
    row.refresh_from_db()
    assert row.state == "skipped"
    assert (there.pk == row.pk, there.duty.committee) == (False, other)
    assert of().pk == there.pk


def test_it_is_kept_in_the_register_and_by_nobody_here(cast: Cast, keep: Keep) -> None:
    row = keep(delegate=cast.system_owner)
    for who in (cast.coordinator, cast.system_owner):
        assert not row.can_be_arranged_by(who)
        assert not row.can_be_done_by(who)
    with pytest.raises(PermissionDenied):
        finish(row, by=cast.system_owner, result="no_fault")
    with pytest.raises(PermissionDenied):
        move(row, by=cast.coordinator, to=day(50), because="Ferie")
    with pytest.raises(PermissionDenied):
        skip(row, by=cast.coordinator, because="Ferie")
    with pytest.raises(Refused):
        begin(row.duty, by=cast.coordinator, happened=day(0), due=day(9), occasion="Brand")


def test_whoever_is_to_do_it_sees_it_and_others_like_them_do_not(cast: Cast, keep: Keep) -> None:
    row = keep(delegate=cast.system_owner)
    visible = Occurrence.objects.visible_to
    assert visible(cast.system_owner).filter(pk=row.pk).exists()
    assert not visible(cast.employee).filter(pk=row.pk).exists()
    assert visible(cast.member).filter(pk=row.pk).exists()
