"""Unknown owners in a sheet: added with the rows, without access, gone with the undoing."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.translation import override

from kommissorium.accounts.actions import add_person, close_login
from kommissorium.accounts.models import OrganisationRole, Person
from kommissorium.assets.actions.owners import appoint
from kommissorium.assets.models import Asset, Ownership
from kommissorium.assets.tests.import_cases import choose, faults, hand_in, named, sheet
from kommissorium.core.evidence.models import Event
from kommissorium.core.mail.models import OutboxMail
from kommissorium.registers.actions.imports import take_in, undo_import
from kommissorium.registers.importing.kinds import plan_of
from kommissorium.registers.importing.people import written

pytestmark = pytest.mark.django_db
HEADINGS = "Navn;Lokalt ID;Systemejer;Systemejer email"


def read(cast, *rows, headings=HEADINGS):
    return hand_in("system", sheet(*rows, headings=headings), "s.csv", by=cast.coordinator)


def unknown(run):
    return plan_of(run).unknown["person"]


def add_all(run, client_of, **more):
    """Press the button that adds all who are unknown."""
    data = {"edit_version": run.edit_version, "add_people": "1", **more}
    answer = client_of("coordinator").post(run.address("import_names"), data)
    run.refresh_from_db()
    return answer


def owner_of(name):
    return Ownership.objects.current().get(asset=named(name), role="system_owner").person


@pytest.mark.parametrize(
    ("text", "name", "email"),
    [
        ("Viggo Holm", "Viggo Holm", ""),
        ("Holm, Viggo", "Viggo Holm", ""),
        ("Viggo Holm <V@x.example>", "Viggo Holm", "v@x.example"),
        ("viggo.holm@x.example", "Viggo Holm", "viggo.holm@x.example"),
        ("Viggo Holm; Bo Bang", "Viggo Holm", ""),
        ("Viggo Holm, Bo Bang", "Viggo Holm", ""),
        ("Viggo Holm (v@x.example)", "Viggo Holm", "v@x.example"),
        ("???", "", ""),
        ("42", "", ""),
        ("", "", ""),
    ],
)
def test_who_a_cell_speaks_of(text, name, email):
    assert written(text) == (name, email)


def test_all_unknown_are_added_in_one_press_and_have_no_access(cast, client_of):
    run = read(
        cast,
        "Æblesystem;A-1;Viggo Holm;viggo@tryllerup.example",
        "Pæresystem;A-2;Rigmor Rask;",
        "Blommesystem;A-3;Holm, Viggo;",
    )
    assert len(faults(plan_of(run))) == 3
    page = client_of("coordinator").get(run.address("import_names"))
    assert "add_people" in page.content.decode()
    assert add_all(run, client_of).url == run.get_absolute_url()
    people, mails = Person.objects.count(), OutboxMail.objects.count()
    take_in(run, by=cast.coordinator, mark=plan_of(run).mark)
    assert Person.objects.count() == people + 2
    viggo = owner_of("Æblesystem")
    assert viggo == owner_of("Blommesystem")
    assert (viggo.name, viggo.email) == ("Viggo Holm", "viggo@tryllerup.example")
    assert not viggo.has_login
    assert not OrganisationRole.objects.filter(person=viggo).exists()
    assert OutboxMail.objects.count() == mails
    assert Event.objects.filter(act="accounts.person_added").count() >= 2


def test_they_are_found_by_name_in_the_next_file_and_nobody_is_added_twice(cast, client_of):
    run = read(cast, "Pæresystem;A-2;Rigmor Rask;")
    add_all(run, client_of)
    take_in(run, by=cast.coordinator, mark=plan_of(run).mark)
    again = read(cast, "Pæresystem;A-2;Rigmor Rask;", "Nyt system;A-9;rigmor rask;")
    assert not unknown(again)
    assert [str(row.state) for row in plan_of(again).rows] == ["same", "new"]


def test_undoing_the_import_removes_those_it_added(cast, client_of):
    run = read(cast, "Pæresystem;A-2;Rigmor Rask;")
    add_all(run, client_of)
    take_in(run, by=cast.coordinator, mark=plan_of(run).mark)
    run.refresh_from_db()
    assert run.people_added
    undo_import(run, by=cast.coordinator)
    assert not Person.objects.filter(name="Rigmor Rask").exists()
    assert not Asset.objects.filter(name="Pæresystem").exists()
    assert Event.objects.latest("seq").act == "assets.import_undone"


def test_who_owns_something_else_since_stays(cast, client_of):
    other = Asset.objects.first() or named_other(cast)
    run = read(cast, "Pæresystem;A-2;Rigmor Rask;")
    add_all(run, client_of)
    take_in(run, by=cast.coordinator, mark=plan_of(run).mark)
    run.refresh_from_db()
    rigmor = Person.objects.get(name="Rigmor Rask")
    appoint(other, "system_owner", by=cast.coordinator, person=rigmor, from_date=cast.since)
    undo_import(run, by=cast.coordinator)
    assert Person.objects.filter(pk=rigmor.pk).exists()


def named_other(cast):
    run = read(cast, "Andet system;A-7;;")
    take_in(run, by=cast.coordinator, mark=plan_of(run).mark)
    return named("Andet system")


def test_one_can_be_added_and_another_left(cast, client_of):
    run = read(cast, "Æblesystem;A-1;Viggo Holm;", "Pæresystem;A-2;IT-afdelingen;")
    choose(run, cast.coordinator, {"person": {"viggo holm": "new", "it afdelingen": ""}})
    take_in(run, by=cast.coordinator, mark=plan_of(run).mark)
    assert owner_of("Æblesystem").name == "Viggo Holm"
    assert not Ownership.objects.filter(asset=named("Pæresystem")).exists()


def test_one_word_may_be_a_department_and_is_not_added_by_the_one_press(cast, client_of):
    run = read(cast, "Æblesystem;A-1;Viggo Holm;", "Pæresystem;A-2;IT-afdelingen;")
    add_all(run, client_of)
    assert run.choices["person"] == {"viggo holm": "new"}


def test_what_is_chosen_on_the_page_goes_before_adding_all(cast, client_of):
    run = read(cast, "Æblesystem;A-1;Viggo Holm;", "Pæresystem;A-2;IT-afdelingen;")
    form = client_of("coordinator").get(run.address("import_names")).context["form"]
    name = next(one for one in form.fields if form.fields[one].label == "IT-afdelingen")
    add_all(run, client_of, **{name: "empty"})
    assert run.choices["person"] == {"viggo holm": "new", "it afdelingen": ""}


def test_who_may_be_somebody_known_is_not_added_by_the_one_press(cast, client_of):
    """A name with another e-mail, and a name that several have: somebody has to choose."""
    for title in ("Vejmand", "Skoleleder"):
        add_person(by=cast.coordinator, name="Bo Bang", job_title=title)
    run = read(cast, "Æblesystem;A-1;Anne Tvedegaard;at@x.example", "Pæresystem;A-2;Bo Bang;")
    plan = plan_of(run)
    assert not any(one.is_surely_new for one in plan.unknown["person"].values())
    add_all(run, client_of)
    assert not run.choices.get("person")


def test_who_has_left_is_not_added_again_under_the_same_email(cast):
    gone = add_person(by=cast.coordinator, name="Viggo Holm", email="v@x.example")
    close_login(gone, by=cast.administrator)
    run = read(cast, "Æblesystem;A-1;Viggo Holm;v@x.example")
    [key] = unknown(run)
    choose(run, cast.coordinator, {"person": {key: "new"}})
    with override("en"):
        assert "somebody who has left" in faults(plan_of(run))[0]


@pytest.mark.parametrize(
    ("cell", "sentence"),
    [(f"{'x' * 300} y", "120 characters"), ("Bo Bang <b@x>", "is not an e-mail")],
)
def test_who_cannot_be_added_is_told_in_words(cast, cell, sentence):
    run = read(cast, f"Æblesystem;A-1;{cell};")
    [key] = unknown(run)
    choose(run, cast.coordinator, {"person": {key: "new"}})
    with override("en"):
        assert sentence in faults(plan_of(run))[0]


def test_what_is_no_name_cannot_be_added(cast):
    run = read(cast, "Æblesystem;A-1;???;")
    [one] = unknown(run).values()
    assert one.newcomer == ""
    choose(run, cast.coordinator, {"person": {one.key: "new"}})
    assert len(faults(plan_of(run))) == 1


def test_only_who_keeps_people_may_add_them(cast, monkeypatch, client_of):
    run = read(cast, "Pæresystem;A-2;Rigmor Rask;")
    monkeypatch.setattr(Person, "can_be_kept_by", staticmethod(lambda _person: False))
    page = client_of("coordinator").get(run.address("import_names"))
    assert "add_people" not in page.content.decode()
    assert "Rigmor Rask" in page.content.decode()
    with pytest.raises(PermissionDenied):
        choose(run, cast.coordinator, {"person": {"rigmor rask": "new"}})
