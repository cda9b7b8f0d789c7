"""Owners answer: what is kept, what is refused, and what is asked about at all."""

from __future__ import annotations

import json

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from kommissorium.assets.actions.assets import change_asset, end_asset
from kommissorium.assets.actions.attestation.answer import Given, answer_for
from kommissorium.assets.actions.attestation.round import ask_newcomers, close_round, settle
from kommissorium.assets.actions.owners import release
from kommissorium.assets.models import Asked, Role, Statement
from kommissorium.assets.tests.attestation_cases import asset, give, opened, owns, request_of, says
from kommissorium.conftest import Cast
from kommissorium.core.evidence.models import Event
from kommissorium.core.refusals import Refused


def test_an_answer_is_kept_with_the_version_that_was_seen(cast: Cast) -> None:
    (thing,) = owns(cast, cast.member, "Fagsystem")
    opened(cast)
    change_asset(thing, by=cast.coordinator, values={"alias": "FS"}, edit_version=1)
    asked = request_of(cast.member)
    assert answer_for(asked, {thing.pk: Given("correct", seen=1)}, by=cast.member) == 1
    row = Statement.objects.get()
    assert (row.answer, row.asset_version) == ("correct", 1)
    assert row.answered_at
    assert says(cast.member, thing, "change", "Navnet") == 1
    assert Statement.objects.get().asset_version == 2


def test_a_version_to_come_counts_as_the_newest(cast: Cast) -> None:
    (thing,) = owns(cast, cast.member, "Fagsystem")
    opened(cast)
    given = {thing.pk: Given("correct", seen=99)}
    answer_for(request_of(cast.member), given, by=cast.member)
    assert Statement.objects.get().asset_version == 1


def test_the_same_answer_again_writes_nothing(cast: Cast) -> None:
    (thing,) = owns(cast, cast.member, "Fagsystem")
    opened(cast)
    says(cast.member, thing, "not_mine", "Jens")
    events, at = Event.objects.count(), Statement.objects.get().answered_at
    assert says(cast.member, thing, "not_mine", "Jens") == 0
    assert (Event.objects.count(), Statement.objects.get().answered_at) == (events, at)


def test_what_is_to_be_corrected_must_be_said_and_the_rest_need_not(cast: Cast) -> None:
    one, two = owns(cast, cast.member, "Et", "To")
    opened(cast)
    asked = request_of(cast.member)
    with pytest.raises(Refused) as refused:
        given = {one.pk: Given("change", "  "), two.pk: Given("correct")}
        answer_for(asked, given, by=cast.member)
    assert list(refused.value.errors) == [f"note-{one.pk}"]
    assert not Statement.objects.exclude(answer="").exists()
    for answer, note in [("wrong", "x"), ("", ""), ("not_mine", "x" * 1001)]:
        with pytest.raises(Refused):
            says(cast.member, one, answer, note)
    says(cast.member, one, "not_mine")
    says(cast.member, two, "correct", "left over from another answer")
    assert [row.note for row in Statement.objects.all()] == ["", ""]


def test_the_request_is_finished_with_the_last_asset_and_begun_again_by_a_new_one(
    cast: Cast,
) -> None:
    one, two = owns(cast, cast.member, "Et", "To")
    found = opened(cast)
    says(cast.member, one, "correct")
    assert request_of(cast.member).answered_at is None
    says(cast.member, two, "correct")
    assert request_of(cast.member).answered_at
    owns(cast, cast.member, "Tre")
    assert ask_newcomers(found, by=cast.coordinator) == 1
    assert request_of(cast.member).answered_at is None
    told = Event.objects.get(act="assets.answers_followed")
    assert told.facts == '{"finished":0,"waiting":1}'


def test_two_roles_in_one_asset_are_answered_as_one(cast: Cast) -> None:
    (thing,) = owns(cast, cast.member, "Fagsystem")
    give(cast, thing, cast.member, Role.MANAGER)
    opened(cast)
    assert says(cast.member, thing, "correct") == 1
    assert [row.answer for row in Statement.objects.all()] == ["correct", "correct"]
    assert Asked.objects.with_progress().get().total == 1


def test_nobody_answers_for_another_nor_about_what_is_not_theirs(cast: Cast) -> None:
    (thing,) = owns(cast, cast.member, "Fagsystem")
    (other,) = owns(cast, cast.dpo, "Et andet")
    opened(cast)
    with pytest.raises(PermissionDenied):
        answer_for(request_of(cast.member), {thing.pk: Given("correct")}, by=cast.coordinator)
    assert says(cast.member, other, "not_mine") == 0
    assert not Statement.objects.exclude(answer="").exists()


def test_what_was_handed_over_or_left_the_register_is_asked_about_no_more(cast: Cast) -> None:
    kept, gone, given_away = owns(cast, cast.member, "Beholdt", "Væk", "Givet videre")
    found = opened(cast)
    end_asset(gone, by=cast.coordinator, because="Udfaset")
    release(given_away.ownerships.get(), by=cast.coordinator)
    progress = Asked.objects.with_progress().get()
    assert (progress.total, progress.left) == (1, 1)
    assert says(cast.member, given_away, "correct") == 0
    says(cast.member, kept, "correct")
    assert request_of(cast.member).answered_at
    close_round(found, by=cast.coordinator)
    found.refresh_from_db()
    content = json.loads(found.record.content)
    assert [one["name"] for one in content["statements"]] == ["Beholdt"]


def test_an_answer_stays_when_the_asset_goes(cast: Cast) -> None:
    (thing,) = owns(cast, cast.member, "Fagsystem")
    opened(cast)
    says(cast.member, thing, "not_mine", "Jens")
    release(thing.ownerships.get(), by=cast.coordinator)
    progress = Asked.objects.with_progress().get()
    assert (progress.total, progress.left) == (1, 0)


def test_a_new_answer_waits_again_after_it_was_acted_on(cast: Cast) -> None:
    (thing,) = owns(cast, cast.member, "Fagsystem")
    opened(cast)
    says(cast.member, thing, "change", "Leverandøren")
    settle(Statement.objects.get(), by=cast.coordinator, settlement="Rettet")
    assert not Statement.objects.wanting().exists()
    says(cast.member, thing, "change", "Også området")
    row = Statement.objects.get()
    assert (row.settled_at, row.settled_by, row.settlement) == (None, None, "")
    assert row.wants_action


def test_a_closed_round_takes_no_answer(cast: Cast) -> None:
    (thing,) = owns(cast, cast.member, "Fagsystem")
    found = opened(cast)
    asked = request_of(cast.member)
    close_round(found, by=cast.coordinator)
    with pytest.raises(Refused):
        answer_for(asked, {thing.pk: Given("correct")}, by=cast.member)


def test_the_chain_tells_what_was_answered_without_names(cast: Cast) -> None:
    one, two = owns(cast, cast.member, "Hemmeligt navn", "Andet")
    opened(cast)
    given = {one.pk: Given("correct"), two.pk: Given("not_mine", "Jens Ulrik")}
    answer_for(request_of(cast.member), given, by=cast.member)
    event = Event.objects.get(act="assets.attested")
    facts = json.loads(event.facts)
    assert facts["number"] == 2
    assert facts["answers"] == sorted([[one.pk, "correct", 1], [two.pk, "not_mine", 1]])
    assert "Hemmeligt" not in event.facts
    assert "Jens" not in event.facts


def test_a_role_taken_back_and_given_again_stands_as_it_was_answered(cast: Cast) -> None:
    thing = asset(cast, "Fagsystem")
    give(cast, thing, cast.member)
    found = opened(cast)
    says(cast.member, thing, "correct")
    release(thing.ownerships.get(), by=cast.coordinator)
    give(cast, thing, cast.member)
    assert ask_newcomers(found, by=None) == 0
    assert Statement.objects.get().answered_at < timezone.now()
