"""How much may be accepted in each capacity."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from kommissorium.core.evidence.models import Event
from kommissorium.core.refusals import Conflict, Refused
from kommissorium.risks.actions.limits import Limit, limits_now, limits_version, set_limits
from kommissorium.risks.models import AuthorityLimit, Capacity

RISING = {
    "owner": Limit(10_000, 50_000, 2),
    "head": Limit(50_000, 100_000, 3),
    "chair": Limit(250_000, 500_000, 4),
    "committee": Limit(1_000_000, None, 5),
}


def posted(**changes):
    values = {
        f"{code}_{name}": ""
        for code in Capacity.values
        for name in ("per_risk", "per_year", "highest_rank")
    }
    return values | {"edit_version": 0} | changes


def test_at_first_nothing_is_laid_down(db):
    assert set(limits_now()) == set(Capacity.values)
    assert set(limits_now().values()) == {Limit()}
    assert limits_version() == 0


def test_limits_are_kept_and_one_left_out_is_laid_down_no_more(cast):
    set_limits(RISING, by=cast.coordinator, edit_version=0)
    assert limits_now() == {**RISING, "executive": Limit()}
    assert AuthorityLimit.objects.count() == 4
    less = {code: limit for code, limit in RISING.items() if code != "committee"}
    set_limits(less, by=cast.coordinator, edit_version=limits_version())
    assert limits_now()["committee"] == Limit()


def test_saving_without_a_change_is_no_event(cast):
    set_limits(RISING, by=cast.coordinator, edit_version=0)
    version = limits_version()
    set_limits(RISING, by=cast.coordinator, edit_version=version)
    assert limits_version() == version
    assert Event.objects.filter(act="risks.limits_set").count() == 1


@pytest.mark.parametrize(
    ("limits", "field"),
    [
        ({"owner": Limit(60_000, None, None), "head": Limit(50_000, None, None)}, "owner_per_risk"),
        ({"head": Limit(50_000, None, None)}, "owner_per_risk"),
        ({"owner": Limit(highest_rank=4), "head": Limit(highest_rank=3)}, "owner_highest_rank"),
        ({"owner": Limit(60_000, 50_000)}, "owner_per_year"),
        ({"owner": Limit(-1)}, "owner_per_risk"),
        ({"owner": Limit(10_000_000_001)}, "owner_per_risk"),
        ({"owner": Limit(highest_rank=6)}, "owner_highest_rank"),
        ({"owner": Limit(highest_rank=0)}, "owner_highest_rank"),
    ],
)
def test_who_decides_higher_up_never_accepts_less(cast, limits, field):
    with pytest.raises(Refused) as found:
        set_limits(limits, by=cast.coordinator, edit_version=0)
    assert list(found.value.errors) == [field]
    assert not AuthorityLimit.objects.exists()


def test_only_coordinators_lay_limits_down(cast):
    for person in (cast.chair, cast.executive, cast.auditor, cast.administrator):
        with pytest.raises(PermissionDenied):
            set_limits(RISING, by=person, edit_version=0)


def test_two_who_change_them_are_told(cast):
    set_limits(RISING, by=cast.coordinator, edit_version=0)
    with pytest.raises(Conflict) as found:
        set_limits({}, by=cast.coordinator, edit_version=0)
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
    assert not AuthorityLimit.objects.exists()


def test_others_read_the_limits_and_cannot_change_them(cast, client_of):
    set_limits(RISING, by=cast.coordinator, edit_version=0)
    address = reverse("authority_limits")
    for who in ("chair", "member", "auditor", "executive"):
        page = client_of(who).get(address)
        assert page.status_code == 200, who
        assert "250.000" in page.content.decode(), who
        assert '<input type="text"' not in page.content.decode(), who
        assert client_of(who).post(address, posted()).status_code == 403, who
    for who in ("employee", "administrator"):
        assert client_of(who).get(address).status_code == 404, who
