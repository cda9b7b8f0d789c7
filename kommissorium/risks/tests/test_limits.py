"""Limits of acceptance in each capacity."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.translation import override

from kommissorium.core.evidence.models import Event
from kommissorium.core.refusals import Conflict, Refused
from kommissorium.risks.actions.limits import Limit, limits_now, limits_version, set_limits
from kommissorium.risks.models import Capacity, Scale
from kommissorium.risks.tests.acceptance_cases import make_risk, propose

pytestmark = pytest.mark.both("numbers too large for a column")

RISING = {
    "owner": Limit(10_000, 50_000, 2),
    "head": Limit(50_000, 100_000, 3),
    "chair": Limit(250_000, 500_000, 4),
    "committee": Limit(1_000_000, 4_000_000, 5),
}
FIRST = 5  # the version of the limits that come along


def posted(**changes):
    values = {
        f"{code}_{name}": ""
        for code in Capacity.values
        for name in ("per_risk", "per_year", "highest_rank")
    }
    return values | {"edit_version": FIRST} | changes


def test_a_new_municipality_has_limits_and_only_the_committee_and_the_board_any_band(db):
    now = limits_now()
    assert list(now) == Capacity.values
    amounts = [(one.per_risk, one.per_year) for one in now.values()]
    assert all(0 < most <= in_year for most, in_year in amounts)
    assert amounts == sorted(amounts)
    bands = len(Scale.in_use().bands)
    ranks = [one.highest_rank for one in now.values()]
    assert all(rank < bands for rank in ranks[:3]) and ranks[3:] == [None, None]
    assert limits_version() == FIRST


def test_the_limits_that_come_along_can_be_saved_as_they_are(cast):
    set_limits(limits_now(), by=cast.coordinator, edit_version=FIRST)
    assert not Event.objects.filter(act="risks.limits_set").exists()


def test_limits_are_kept_and_one_left_out_is_laid_down_no_more(cast):
    set_limits(RISING, by=cast.coordinator, edit_version=FIRST)
    assert limits_now() == {**RISING, "executive": Limit()}
    less = {code: limit for code, limit in RISING.items() if code != "committee"}
    set_limits(less, by=cast.coordinator, edit_version=limits_version())
    assert limits_now()["committee"] == Limit()


def test_saving_without_a_change_is_no_event(cast):
    set_limits(RISING, by=cast.coordinator, edit_version=FIRST)
    version = limits_version()
    set_limits(RISING, by=cast.coordinator, edit_version=version)
    assert limits_version() == version
    assert Event.objects.filter(act="risks.limits_set").count() == 1


@pytest.mark.parametrize(
    ("limits", "field"),
    [
        ({"owner": Limit(60_000, 70_000, 2), "head": Limit(50_000, 70_000, 2)}, "owner_per_risk"),
        ({"owner": Limit(60_000, 70_000, 2), "chair": Limit(50_000, 70_000, 2)}, "owner_per_risk"),
        ({"owner": Limit(1, 1, 4), "head": Limit(1, 1, 3)}, "owner_highest_rank"),
        ({"committee": Limit(1, 1), "executive": Limit(1, 1, 3)}, "committee_highest_rank"),
        ({"owner": Limit(60_000, 50_000, 2)}, "owner_per_year"),
        ({"owner": Limit(-1, 1, 2)}, "owner_per_risk"),
        ({"owner": Limit(1, 10_000_000_001, 2)}, "owner_per_year"),
        ({"owner": Limit(1, 1, 6)}, "owner_highest_rank"),
        ({"owner": Limit(1, 1, 0)}, "owner_highest_rank"),
        ({"owner": Limit(None, 1, 2)}, "owner_per_risk"),
        ({"committee": Limit(1, None, 2)}, "committee_per_year"),
        ({"chair": Limit(1, 1)}, "chair_highest_rank"),
        ({"chair": Limit(1, 1, 5)}, "chair_highest_rank"),
    ],
)
def test_half_a_limit_too_high_a_band_and_more_than_those_above_are_refused(cast, limits, field):
    with pytest.raises(Refused) as found:
        set_limits(limits, by=cast.coordinator, edit_version=FIRST)
    assert list(found.value.errors) == [field]
    assert limits_version() == FIRST


def test_who_has_no_limit_accepts_nothing_and_the_form_says_so(cast, client_of):
    set_limits({"chair": RISING["chair"]}, by=cast.coordinator, edit_version=FIRST)
    risk = make_risk(cast)
    with override("en"), pytest.raises(Refused, match="no limit has been laid down"):
        propose(cast, [risk], capacity="committee", amount=0)
    page = client_of("coordinator").get(f"{reverse('acceptance_new')}?risk={risk.pk}")
    assert page.content.decode().count("må ikke acceptere noget") == 4


def test_only_coordinators_lay_limits_down(cast):
    for person in (cast.chair, cast.executive, cast.auditor, cast.administrator):
        with pytest.raises(PermissionDenied):
            set_limits(RISING, by=person, edit_version=FIRST)


def test_two_who_change_them_are_told(cast):
    set_limits(RISING, by=cast.coordinator, edit_version=FIRST)
    with pytest.raises(Conflict) as found:
        set_limits({}, by=cast.coordinator, edit_version=FIRST)
    assert found.value.current["limits"]["chair"] == RISING["chair"]


def test_amounts_are_written_as_danes_write_them(cast, client_of):
    browser = client_of("coordinator")
    values = posted(owner_per_risk="25.000", owner_per_year="50.000,00 kr.", owner_highest_rank="2")
    assert browser.post(reverse("authority_limits"), values).status_code == 302
    assert limits_now()["owner"] == Limit(25_000, 50_000, 2)
    page = browser.get(reverse("authority_limits")).content.decode()
    assert 'value="25.000"' in page
    answer = browser.post(reverse("authority_limits"), posted())
    assert answer.status_code == 409


@pytest.mark.parametrize("amount", ["-5", "mange", "1.2", "99999999999999999999", "12,50"])
def test_what_is_no_amount_is_said_beside_it(cast, client_of, amount):
    values = posted(executive_per_risk=amount)
    answer = client_of("coordinator").post(reverse("authority_limits"), values)
    assert answer.status_code == 400
    assert answer.context_data["form"].errors.keys() == {"executive_per_risk"}
    assert limits_version() == FIRST


def test_others_read_the_limits_and_cannot_change_them(cast, client_of):
    set_limits(RISING, by=cast.coordinator, edit_version=FIRST)
    address = reverse("authority_limits")
    for who in ("chair", "member", "auditor", "executive"):
        page = client_of(who).get(address)
        assert page.status_code == 200, who
        assert "250.000" in page.content.decode(), who
        assert '<input type="text"' not in page.content.decode(), who
        assert client_of(who).post(address, posted()).status_code == 403, who
    for who in ("employee", "administrator"):
        assert client_of(who).get(address).status_code == 404, who
