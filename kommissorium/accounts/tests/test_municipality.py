"""The municipality and its settings, as actions."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from kommissorium.accounts.actions import change_municipality, finish_setup, found_municipality
from kommissorium.accounts.models import Municipality
from kommissorium.core.evidence.models import Event
from kommissorium.core.refusals import Conflict, Refused


def change(cast, by, edit_version=None, **values):
    change_municipality(
        cast.municipality,
        by=by,
        edit_version=edit_version or cast.municipality.edit_version,
        **{"name": "Nyt navn", "mfa_required": True, "anchor_email": "", **values},
    )


def test_a_database_belongs_to_one_municipality(cast):
    with pytest.raises(Refused):
        found_municipality(name="En anden", by=None)


def test_before_it_is_founded_there_is_a_nameless_one(db):
    Municipality.objects.all().delete()
    assert Municipality.current().name == ""
    assert Municipality.current().mfa_required


def test_a_demonstration_demands_no_second_step(db):
    Municipality.objects.all().delete()
    assert not found_municipality(name="Prøve", is_demo=True, by=None).mfa_required


def test_keepers_change_it_and_the_chain_knows(cast):
    change(cast, cast.coordinator)
    assert Municipality.current().name == "Nyt navn"
    assert Municipality.current().mfa_required
    assert Event.objects.about(cast.municipality)[0].act == "accounts.municipality_changed"


@pytest.mark.parametrize("who", ["chair", "auditor", "executive", "employee"])
def test_others_change_nothing(cast, who):
    with pytest.raises(PermissionDenied):
        change(cast, cast.who(who))
    with pytest.raises(PermissionDenied):
        finish_setup(cast.municipality, by=cast.who(who))


def test_who_saves_second_is_told_what_is_there(cast):
    version = cast.municipality.edit_version
    change(cast, cast.coordinator, version)
    with pytest.raises(Conflict) as caught:
        change(cast, cast.administrator, version, name="Et tredje")
    assert caught.value.current["name"] == "Nyt navn"
    assert caught.value.current["edit_version"] == version + 1


def test_finishing_the_setup_is_noted(cast):
    Municipality.objects.update(setup_finished_at=None)
    finish_setup(cast.municipality, by=cast.administrator)
    assert Municipality.current().setup_finished_at
