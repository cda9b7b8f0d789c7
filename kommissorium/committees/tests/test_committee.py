from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from kommissorium.committees.actions.mandates import approve_mandate
from kommissorium.committees.actions.seats import add_seat, leave_seat, take_seat
from kommissorium.conftest import LATE


def test_a_member_sees_who_sits_where_and_since_when(client_of, cast):
    page = client_of("member").get(cast.committee.get_absolute_url())
    assert page.status_code == 200
    for person in (cast.chair, cast.deputy, cast.coordinator, cast.dpo, cast.head_of_it):
        assert person.name in page.text
    assert "since " in page.text
    assert cast.mandate.title in page.text


@pytest.mark.parametrize("who", ["employee", "administrator", "system_owner"])
def test_an_outsider_does_not_find_it(client_of, cast, who):
    assert client_of(who).get(cast.committee.get_absolute_url()).status_code == 404


def test_a_member_is_offered_no_changes(client_of, cast):
    page = client_of("member").get(cast.committee.get_absolute_url())
    for path in ("/seats/add/", "/holding/", "/end/", "/habits/", "/mandates/read/"):
        assert f'{path}"' not in page.text, path


def test_whoever_prepares_is_offered_changes(client_of, cast):
    for who in ("coordinator", "chair", "deputy"):
        page = client_of(who).get(cast.committee.get_absolute_url())
        assert "/seats/add/" in page.text, who
        assert "/habits/" in page.text, who


def test_a_vacant_seat_is_marked(client_of, cast):
    seat = cast.committee.seats.get(role="chair")
    yesterday = timezone.localdate() - timedelta(days=1)
    leave_seat(seat.holdings.get(), by=cast.coordinator, to_date=yesterday, because=LATE)
    page = client_of("coordinator").get(cast.committee.get_absolute_url())
    assert page.context["vacant"] == 1
    assert "Vacant" in page.text
    assert f"/seats/{seat.pk}/holding/add/" in page.text
    assert cast.chair.name not in page.text


def test_a_deputy_and_a_coming_holder_are_shown(client_of, cast):
    seat = cast.committee.seats.get(role="chair")
    soon = timezone.localdate() + timedelta(days=20)
    since = cast.since
    take_seat(
        seat,
        by=None,
        person=cast.executive,
        from_date=since,
        capacity="deputy",
        because=LATE,
    )
    take_seat(seat, by=None, person=cast.system_owner, from_date=soon)
    page = client_of("member").get(cast.committee.get_absolute_url())
    row = next(row for row in page.context["seats"] if row.seat == seat)
    assert (row.holder.person, row.deputy.person) == (cast.chair, cast.executive)
    assert [holding.person for holding in row.coming] == [cast.system_owner]
    assert cast.system_owner.name in page.text


def test_a_seat_that_begins_later_stands_apart(client_of, cast):
    soon = timezone.localdate() + timedelta(days=20)
    seat = add_seat(
        cast.committee, by=cast.coordinator, role="member", function="Lawyer", from_date=soon
    )
    page = client_of("member").get(cast.committee.get_absolute_url())
    assert [row.seat for row in page.context["coming_seats"]] == [seat]
    assert seat not in [row.seat for row in page.context["seats"]]
    assert page.context["vacant"] == 0


def test_a_new_committee_says_what_comes_first(client_of, other):
    page = client_of("coordinator").get(other.get_absolute_url())
    assert f"/committees/{other.pk}/mandates/read/" in page.text
    assert "no seats yet" in page.text


def test_a_draft_is_shown_to_whoever_works_on_it(client_of, cast, draft):
    url = cast.committee.get_absolute_url()
    assert client_of("chair").get(url).context["waiting"] == draft
    assert client_of("executive").get(url).context["waiting"] == draft
    page = client_of("member").get(url)
    assert page.context["waiting"] is None
    assert draft.title not in page.text


def test_a_version_that_takes_effect_later_is_announced(client_of, cast, draft):
    soon = timezone.localdate() + timedelta(days=30)
    approve_mandate(draft, by=cast.chair, adopted_by="The board", effective_from=soon)
    page = client_of("member").get(cast.committee.get_absolute_url())
    assert page.context["mandate"] == cast.mandate
    assert page.context["waiting"] == draft
