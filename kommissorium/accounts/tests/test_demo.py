"""The front page of the demonstration."""

from __future__ import annotations

import pytest

from kommissorium.accounts.actions import add_person, close_login
from kommissorium.accounts.demo_cast import CAST, part
from kommissorium.accounts.models import Municipality


@pytest.fixture
def demonstration(cast, settings):
    """A demonstration with the chair and the administrator of the cast in it."""
    settings.DEMO = True
    Municipality.objects.update(is_demo=True)
    chair = add_person(by=None, name="Fie Formand", email=part("chair").email)
    add_person(by=None, name="Adam Administrator", email=part("administrator").email)
    return chair


def test_the_page_lists_those_of_the_cast_who_are_there(demonstration, nobody):
    answer = nobody.get("/demo/")
    assert [person.name for _member, person in answer.context["parts"]] == [
        "Fie Formand",
        "Adam Administrator",
    ]


def test_one_press_signs_in(demonstration, nobody):
    assert nobody.post("/demo/chair/").url == "/"
    assert nobody.get("/account/").context["person"] == demonstration


def test_another_press_changes_the_person(demonstration, nobody):
    nobody.post("/demo/chair/")
    nobody.post("/demo/administrator/")
    assert nobody.get("/account/").context["person"].name == "Adam Administrator"


def test_looking_signs_nobody_in(demonstration, nobody):
    assert nobody.get("/demo/chair/").status_code == 405
    assert nobody.get("/account/").status_code == 302


def test_nobody_outside_the_cast_can_be_played(cast, demonstration, nobody):
    assert nobody.post("/demo/dpo/").status_code == 404, "not in the database"
    assert nobody.post("/demo/stranger/").status_code == 404
    close_login(demonstration, by=cast.administrator)
    assert nobody.post("/demo/chair/").status_code == 404, "closed"


@pytest.mark.parametrize(("by_settings", "by_data"), [(True, False), (False, True), (False, False)])
def test_outside_a_demonstration_the_page_is_not_found(
    cast, settings, nobody, by_settings, by_data
):
    settings.DEMO = by_settings
    Municipality.objects.update(is_demo=by_data)
    add_person(by=None, name="Fie Formand", email=part("chair").email)
    assert nobody.get("/demo/").status_code == 404
    assert nobody.post("/demo/chair/").status_code == 404
    assert nobody.get("/account/").status_code == 302


@pytest.mark.usefixtures("demonstration")
def test_in_a_demonstration_nobody_is_asked_for_a_password_they_do_not_have(cast, client_of):
    browser = client_of("administrator")
    assert browser.get(f"/people/{cast.employee.pk}/roles/add/").status_code == 200


def test_every_part_of_the_cast_stands_in_it_once():
    codes = [member.code for member in CAST]
    assert len(codes) == len(set(codes)) == 11
    assert all(member.email.endswith(".example") for member in CAST)
