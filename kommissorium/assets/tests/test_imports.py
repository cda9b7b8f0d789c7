"""A sheet is imported as it was shown, again without duplicates, and undone completely."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override

from kommissorium.accounts.actions import add_person
from kommissorium.assets.actions.assets import add_asset, change_asset, end_asset
from kommissorium.assets.actions.owners import appoint
from kommissorium.assets.models import (
    Area,
    Asset,
    Kind,
    Lifecycle,
    Ownership,
    Required,
    Supplier,
)
from kommissorium.assets.tests.import_cases import (
    HEADINGS,
    NEW,
    choose,
    faults,
    hand_in,
    handed_in,
    named,
    sheet,
    states,
    taken_in,
)
from kommissorium.conftest import Cast, time_is
from kommissorium.core.evidence.models import Event
from kommissorium.core.refusals import Conflict, Refused
from kommissorium.registers.actions.imports import map_columns, take_in, undo_import
from kommissorium.registers.importing.kinds import plan_of, sheet_of
from kommissorium.registers.models import ImportRun

CHANGED = (
    "Æblesystem;A-1;Borgerservice;Nordlys Data A/S;Søren Ødum;Under udfasning;8;Sager om æbler",
    "Pæresystem;A-2;Teknik;;;I drift;;",
)


def test_an_unknown_area_and_supplier_make_rows_wrong_until_somebody_chooses(cast: Cast) -> None:
    run = hand_in(Kind.SYSTEM, sheet(), "systemer.csv", by=cast.coordinator)
    plan = plan_of(run)
    assert states(plan) == ["wrong"] * 3
    assert plan.open_names == 3
    with pytest.raises(Refused):
        take_in(run, by=cast.coordinator, mark=plan.mark, without_wrong=True)
    choose(run, cast.coordinator, NEW)
    assert states(plan_of(run)) == ["new"] * 3


def test_the_rows_are_taken_in_with_owners_areas_and_suppliers(cast: Cast) -> None:
    run = taken_in(cast.coordinator)
    assert (run.state, run.added, run.changed, run.faulty) == ("done", 3, 0, 0)
    apple = named("Æblesystem")
    assert (apple.local_id, apple.lifecycle, apple.rto) == ("A-1", Lifecycle.IN_USE, 4)
    assert (str(apple.area), str(apple.supplier)) == ("Borgerservice", "Nordlys Data A/S")
    assert Area.objects.count() == 2
    assert Supplier.objects.count() == 1
    owner = apple.ownerships.get()
    assert (owner.role, owner.person) == ("system_owner", cast.system_owner)
    assert owner.from_date == timezone.localdate()
    assert named("Blommesystem").rto == 48
    assert Required.objects.filter(asset=apple).exists()


def test_a_changed_row_changes_its_asset_and_hands_the_role_over(cast: Cast) -> None:
    taken_in(cast.coordinator)
    run = handed_in(cast.coordinator, *CHANGED)
    plan = plan_of(run)
    assert states(plan) == ["changed", "changed"]
    with override("en"):
        (shown,) = sheet_of(run).shown(plan, plan.rows[:1])
        told = [(one.label, one.before, one.after) for one in shown.lines]
    assert told == [
        ("Lifecycle", "In use", "Being phased out"),
        ("To be running again within", "4", "8"),
        ("System owner", "Anne Tvedegaard", "Søren Ødum"),
    ]
    take_in(run, by=cast.coordinator, mark=plan.mark)
    apple = named("Æblesystem")
    assert (apple.lifecycle, apple.rto, apple.edit_version) == (Lifecycle.PHASING_OUT, 8, 2)
    assert apple.ownerships.current().get().person == cast.member
    # An empty cell changes nothing.
    assert named("Pæresystem").supplier is not None


def test_each_asset_knows_from_what_import_and_the_chain_names_nobody(cast: Cast) -> None:
    run = taken_in(cast.coordinator)
    facts = Event.objects.about(named("Æblesystem")).get(act="assets.asset_imported").facts
    read = json.loads(facts)
    assert (read["import"], read["is_new"]) == (run.pk, True)
    assert read["owners"] == {"system_owner": str(cast.system_owner.pseudonym)}
    assert "Anne" not in facts
    done = Event.objects.about(run).get(act="assets.import_done").facts
    assert json.loads(done) == {"added": 3, "changed": 0, "same": 0, "left_out": 0}


def test_wrong_rows_are_named_and_stop_it_unless_they_are_left_out(cast: Cast) -> None:
    run = handed_in(
        cast.coordinator,
        "Æblesystem;A-1;Teknik;;Niels Ukendt;I drift;4;",
        "Pæresystem;A-2;Teknik;;;Måske;snart;",
        ";;Teknik;;;I drift;;",
        "Blommesystem;A-3;Teknik;;;I drift;;",
    )
    words = "Planned, Being phased in, In use, Being phased out, Out of use"
    with override("en"):
        plan = plan_of(run)
        assert faults(plan) == [
            "2 System owner: “Niels Ukendt” is nobody known here. Choose who is meant.",
            f"3 Lifecycle: “Måske” is not known here. Write one of: {words}.",
            "3 To be running again within: “snart” is not a number of hours.",
            "4 Local ID: The cell is empty, so it cannot be told which one the row is about.",
            "4 Name: Write a name.",
        ]
    with pytest.raises(Refused) as caught:
        take_in(run, by=cast.coordinator, mark=plan.mark)
    assert list(caught.value.errors) == ["without_wrong"]
    assert not Asset.objects.exists()
    run.refresh_from_db()
    assert (run.state, run.progress) == ("read", None)
    take_in(run, by=cast.coordinator, mark=plan.mark, without_wrong=True)
    assert [asset.name for asset in Asset.objects.all()] == ["Blommesystem"]
    assert (run.added, run.faulty) == (1, 3)


def test_the_same_key_twice_makes_both_rows_wrong(cast: Cast) -> None:
    run = handed_in(cast.coordinator, "Æble;A-1;;;;;;", "Pære;A-1;;;;;;", "Blomme;A-2;;;;;;")
    with override("en"):
        plan = plan_of(run)
        assert faults(plan) == [
            "2 Local ID: The same stands in row 3.",
            "3 Local ID: The same stands in row 2.",
        ]


def test_a_local_id_another_has_and_one_that_has_left_are_told(cast: Cast) -> None:
    taken_in(cast.coordinator)
    end_asset(named("Pæresystem"), by=cast.coordinator, because="Slukket")
    run = handed_in(cast.coordinator, "Nyt navn;A-1;;;;;;", "Pæresystem;A-2;;;;;;")
    with override("en"):
        plan = plan_of(run)
        assert states(plan) == ["changed", "wrong"]
        assert faults(plan) == ["3 Local ID: It has been taken out of the register."]
    mapping = dict(run.mapping)
    version = run.edit_version
    map_columns(run, by=cast.coordinator, mapping=mapping, key="name", edit_version=version)
    with override("en"):
        assert faults(plan_of(run))[0] == "2 Local ID: “Æblesystem” has it already."


def test_two_of_one_name_need_another_key(cast: Cast) -> None:
    for _number in range(2):
        add_asset(by=cast.coordinator, kind=Kind.SYSTEM, values={"name": "Tvilling"})
    data = sheet("Tvilling;I drift", headings="Navn;Livscyklus")
    run = hand_in(Kind.SYSTEM, data, "systemer.csv", by=cast.coordinator)
    with override("en"):
        assert faults(plan_of(run)) == [
            "2 Name: Several in the register are called that. Use another key."
        ]


def test_an_owner_of_whom_there_are_several_is_chosen_and_never_invented(cast: Cast) -> None:
    twin = add_person(by=None, name="Søren Ødum", email="twin@tryllerup.example")
    people = cast.coordinator.__class__.objects.count()
    row = "Æblesystem;A-1;;;Søren Ødum;;;"
    run = handed_in(cast.coordinator, row)
    (unknown,) = plan_of(run).unknown["person"].values()
    assert unknown.is_several
    assert {key for key, _label in unknown.options} == {str(cast.member.pk), str(twin.pk)}
    choose(run, cast.coordinator, {"person": {unknown.key: str(twin.pk)}})
    plan = plan_of(run)
    assert states(plan) == ["new"]
    take_in(run, by=cast.coordinator, mark=plan.mark)
    assert named("Æblesystem").ownerships.get().person == twin
    assert cast.coordinator.__class__.objects.count() == people


def test_a_choice_of_nobody_leaves_the_role_as_it_is(cast: Cast) -> None:
    taken_in(cast.coordinator)
    run = handed_in(cast.coordinator, "Æblesystem;A-1;;;Niels Ukendt;;;")
    choose(run, cast.coordinator, {"person": {"niels ukendt": ""}})
    assert states(plan_of(run)) == ["same"]


def test_a_choice_of_somebody_there_is_not_counts_as_none(cast: Cast) -> None:
    run = handed_in(cast.coordinator, "Æblesystem;A-1;;;Niels Ukendt;;;")
    choose(run, cast.coordinator, {"person": {"niels ukendt": "99999999"}})
    assert states(plan_of(run)) == ["wrong"]


def test_an_owner_from_before_the_present_one_is_refused(cast: Cast) -> None:
    taken_in(cast.coordinator)
    headings = f"{HEADINGS};Ejer siden"
    data = sheet("Æblesystem;A-1;;;Søren Ødum;;;;01-01-2020", headings=headings)
    run = hand_in(Kind.SYSTEM, data, "systemer.csv", by=cast.coordinator)
    with override("en"):
        assert faults(plan_of(run)) == [
            "2 System owner: Somebody else has had it since a later day."
        ]


def test_undoing_removes_what_was_new(cast: Cast) -> None:
    run = taken_in(cast.coordinator)
    key = named("Æblesystem").pk
    undo_import(run, by=cast.coordinator)
    assert run.state == ImportRun.State.UNDONE
    assert not Asset.objects.exists()
    assert not Ownership.objects.exists()
    acts = Event.objects.filter(object_kind="assets.asset", object_id=str(key)).order_by("seq")
    assert [one.act for one in acts] == ["assets.asset_imported", "assets.asset_import_undone"]
    assert [row.thing_id for row in run.rows.all()] == [None] * 3
    # And the same file can be taken in once more.
    assert taken_in(cast.coordinator).added == 3


def test_undoing_gives_values_and_owners_back(cast: Cast) -> None:
    with time_is(timezone.localtime() - timedelta(days=10)):
        taken_in(cast.coordinator)
    fields = ("name", "lifecycle", "rto", "area", "supplier", "local_id", "kle")
    before = list(Asset.objects.order_by("pk").values(*fields))
    since = timezone.localdate() - timedelta(days=10)
    run = taken_in(cast.coordinator, *CHANGED)
    undo_import(run, by=cast.coordinator)
    assert list(Asset.objects.order_by("pk").values(*fields)) == before
    rows = named("Æblesystem").ownerships.order_by("from_date")
    assert [(one.person, one.from_date) for one in rows] == [
        (cast.system_owner, since),
        (cast.system_owner, timezone.localdate()),
    ]
    assert rows.current().count() == 1


def test_what_somebody_has_changed_since_stops_the_undoing_of_all(cast: Cast) -> None:
    run = taken_in(cast.coordinator)
    apple, pear = named("Æblesystem"), named("Pæresystem")
    change_asset(apple, by=cast.system_owner, values={"alias": "Æblet"}, edit_version=1)
    appoint(pear, "manager", cast.member, by=cast.coordinator)
    with pytest.raises(Refused) as caught, override("en"):
        undo_import(run, by=cast.coordinator)
    told = str(caught.value)
    assert "2 have been changed since" in told
    assert "Æblesystem" in told
    assert "Pæresystem" in told
    assert Asset.objects.count() == 3
    run.refresh_from_db()
    assert run.state == ImportRun.State.DONE


def test_the_key_needs_a_column_and_a_stale_page_is_told(cast: Cast) -> None:
    run = handed_in(cast.coordinator)
    mapping, version = dict(run.mapping), run.edit_version
    with pytest.raises(Refused):
        map_columns(run, by=cast.coordinator, mapping=mapping, key="uuid", edit_version=version)
    with pytest.raises(Conflict):
        map_columns(run, by=cast.coordinator, mapping=mapping, key="name", edit_version=version - 1)


def test_archives_are_imported_with_their_own_fields_and_owner(cast: Cast) -> None:
    headings = "Arkiv;Sted;Adgang og nøgler;Arkivejer;Arkiveringspligt"
    data = sheet("Byggesager;Kælder 2;Hos vagten;Anne Tvedegaard;K", headings=headings)
    run = hand_in(Kind.ARCHIVE, data, "arkiver.csv", by=cast.coordinator)
    assert run.key == "name"
    plan = plan_of(run)
    assert states(plan) == ["new"]
    take_in(run, by=cast.coordinator, mark=plan.mark)
    archive = named("Byggesager")
    assert (archive.kind, archive.place, archive.preservation) == ("archive", "Kælder 2", "discard")
    assert archive.ownerships.get().role == "archive_owner"
