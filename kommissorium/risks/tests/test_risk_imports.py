"""A sheet of risks becomes one draft: seen row by row first, all of it or nothing."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from kommissorium.accounts.models import Person
from kommissorium.assets.actions.assets import add_asset, end_asset
from kommissorium.assets.actions.owners import appoint
from kommissorium.assets.models import Asset, Kind
from kommissorium.conftest import Cast
from kommissorium.core.refusals import Refused
from kommissorium.registers.actions import imports
from kommissorium.registers.actions.imports import (
    map_columns,
    take_in,
    undo_import,
)
from kommissorium.registers.importing.kinds import plan_of
from kommissorium.registers.importing.plan import State
from kommissorium.registers.models import ImportRun
from kommissorium.risks.models import Assessment, Scenario, Threat
from kommissorium.risks.tests.standing_cases import put_in_force, today

pytestmark = pytest.mark.django_db
HEAD = "Risiko;System;Sandsynlighed;Konsekvens;Håndtering;Risikoejer;Eksisterende tiltag"


def sheet(*lines: str, head: str = HEAD) -> bytes:
    return "\r\n".join((head, *lines)).encode()


def hand_in(data: bytes, name: str, *, by: Person, **options: str) -> ImportRun:
    return imports.hand_in("risks", data, name, by=by, options=options)


def handed_in(cast: Cast, *lines: str, scope: str = "organisation", **more) -> ImportRun:
    data = sheet(*lines, head=more.pop("head", HEAD))
    return hand_in(data, "Risici.csv", by=cast.coordinator, scope=scope, **more)


def taken_in(cast: Cast, *lines: str, **more) -> Assessment:
    run = handed_in(cast, *lines, **more)
    return take_in(run, by=cast.coordinator, mark=plan_of(run).mark)


@pytest.fixture
def payroll(cast: Cast) -> Asset:
    made = add_asset(
        by=cast.coordinator,
        kind=Kind.SYSTEM,
        values={"name": "Lønsystemet", "local_id": "S-001"},
    )
    appoint(made, "system_owner", cast.system_owner, by=cast.coordinator)
    return made


def test_a_row_becomes_a_risk_with_the_cell_of_the_scale(cast):
    made = taken_in(cast, "Strømmen går;;2;4;Nedbring;;Nødstrøm", "Brand;;3 - middel;1;;;")
    assert made.is_draft
    first, second = made.scenarios.all()
    assert (first.title, first.likelihood, first.consequence) == ("Strømmen går", 2, 4)
    assert first.rank == made.scale.rank_of(4, 2)
    assert (first.treatment, first.measures) == ("mitigate", "Nødstrøm")
    assert second.rank == made.scale.rank_of(1, 3)
    assert first.confidentiality_person is None


def test_steps_are_read_by_the_words_of_the_scale(cast):
    run = handed_in(cast, "Brand;;x;1;;;")
    scale = plan_of(run).scale
    likely, bad = scale.likelihoods[1]["name"], scale.consequences[2]["name"]
    [row] = plan_of(handed_in(cast, f"Brand;;{likely.upper()};{bad};;;")).rows
    assert (row.values["likelihood"], row.values["consequence"]) == (2, 3)
    [wrong] = plan_of(run).rows
    assert wrong.state == State.WRONG
    assert likely in wrong.faults[0].sentence


@pytest.mark.parametrize("cell", ["0", "5", "-1", "2,5", "22", "høj risiko"])
def test_what_is_no_step_is_wrong(cast, cell):
    [row] = plan_of(handed_in(cast, f"Brand;;{cell};1;;;")).rows
    assert row.state == State.WRONG


def test_one_wrong_row_stops_all_unless_it_is_left_out(cast):
    run = handed_in(cast, "Brand;;2;2;;;", "Vand;;9;2;;;", "brand;;1;1;;;", ";;1;1;;;")
    mark = plan_of(run).mark
    assert [row.state for row in plan_of(run).rows] == ["new", "wrong", "wrong", "wrong"]
    with pytest.raises(Refused):
        take_in(run, by=cast.coordinator, mark=mark)
    assert not Scenario.objects.exists()
    made = take_in(run, by=cast.coordinator, mark=mark, without_wrong=True)
    assert made.scenarios.count() == 1
    run.refresh_from_db()
    assert (run.added, run.faulty, run.imported.assessment) == (1, 3, made)


def test_a_column_names_what_the_risks_are_about(cast, payroll):
    other = add_asset(by=cast.coordinator, kind=Kind.SYSTEM, values={"name": "Journalen"})
    made = taken_in(cast, "Brand;s-001;2;2;;;", "Brand;journalen;3;2;;;", scope="assets")
    assert made.scope == "assets"
    assert set(made.assets.all()) == {payroll, other}
    assert [one.title for one in made.scenarios.all()] == ["Lønsystemet: Brand", "Journalen: Brand"]
    alone = taken_in(cast, "Brand;Lønsystemet;2;2;;;", scope="assets")
    assert (alone.scope, alone.scenarios.get().title) == ("asset", "Brand")
    assert alone.scenarios.get().owner == cast.system_owner


def test_an_asset_nobody_knows_or_that_is_gone_is_wrong(cast, payroll):
    end_asset(payroll, by=cast.coordinator, because="Er lukket")
    rows = plan_of(
        handed_in(cast, "Brand;Ukendt;2;2;;;", "Brand;S-001;2;2;;;", "A;;1;1;;;", scope="assets")
    ).rows
    assert {row.state for row in rows} == {State.WRONG}


def test_an_owner_without_a_mandate_is_replaced_by_the_usual_one(cast, payroll):
    run = handed_in(
        cast,
        f"Brand;S-001;2;2;;{cast.member.email};",
        f"Vand;S-001;2;2;;{cast.system_owner.name};",
        "Storm;S-001;2;2;;Ingen Kendt;",
        scope="assets",
    )
    first, second, third = plan_of(run).rows
    assert (bool(first.notes), bool(second.notes), bool(third.notes)) == (True, False, True)
    made = take_in(run, by=cast.coordinator, mark=plan_of(run).mark)
    assert {one.owner for one in made.scenarios.all()} == {cast.system_owner}


def test_the_same_title_about_the_same_thing_is_the_same_risk(cast):
    first = taken_in(cast, "Brand;;2;2;Nedbring;;", "Vand;;1;1;;;")
    put_in_force(first, today())
    run = handed_in(cast, "BRAND;;3;2;Nedbring;;", "Storm;;1;1;;;")
    plan = plan_of(run)
    assert [row.state for row in plan.rows] == [State.CHANGED, State.NEW]
    assert "likelihood" in plan.rows[0].differs
    assert plan.missing == ["Vand"]
    again = take_in(run, by=cast.coordinator, mark=plan.mark)
    assert again.previous == first
    fire = {one.scenarios.get(title__iexact="brand").lineage for one in (first, again)}
    assert len(fire) == 1


def test_what_the_file_does_not_say_stays_as_it_is(cast):
    head = "Risiko;Sandsynlighed;Fortrolighed registreret;Tilgængelighed;Håndtering;Restkonsekvens;Restsandsynlighed"
    first = taken_in(cast, "Brand;3;2;4;Nedbring;2;2", head=head)
    put_in_force(first, today())
    before = first.scenarios.get()
    [same] = plan_of(handed_in(cast, "Brand;;;4;;;")).rows
    assert (same.state, same.values["confidentiality_person"]) == (State.SAME, 2)
    [likelier] = plan_of(handed_in(cast, "Brand;;4;;;;")).rows
    assert likelier.differs == ["likelihood"]
    assert likelier.values["rank"] == first.scale.rank_of(before.consequence, 4)
    [milder] = plan_of(handed_in(cast, "Brand;;1;1;;;")).rows
    assert milder.values["confidentiality_person"] is None
    assert milder.values["residual_likelihood"] is None


def test_the_same_file_dropped_and_handed_in_again_is_the_same_risks(cast):
    lines = ("Brand;;2;2;;;", "Vand;;1;1;;;")
    first = taken_in(cast, *lines)
    kept = set(first.scenarios.values_list("lineage", flat=True))
    undo_import(ImportRun.objects.get(), by=cast.coordinator)
    first.refresh_from_db()
    assert first.state == Assessment.State.DROPPED
    assert set(taken_in(cast, *lines).scenarios.values_list("lineage", flat=True)) == kept


def test_what_is_being_assessed_already_is_not_begun_again(cast):
    taken_in(cast, "Brand;;2;2;;;")
    run = handed_in(cast, "Vand;;2;2;;;")
    assert plan_of(run).obstacle
    with pytest.raises(Refused):
        take_in(run, by=cast.coordinator, mark=plan_of(run).mark)
    assert Scenario.objects.count() == 1


@pytest.mark.parametrize("mapping", [{"2": "likelihood"}, {"0": "title", "1": "title"}])
def test_columns_that_cannot_be_are_refused(cast, mapping):
    run = handed_in(cast, "Brand;;2;2;;;")
    with pytest.raises(Refused):
        map_columns(run, by=cast.coordinator, mapping=mapping, edit_version=1)


def test_a_threat_of_the_catalogue_is_recognised_in_both_languages(cast):
    threat = Threat.objects.in_use().exclude(group="operations").first()
    head = "Trussel;Sandsynlighed;Konsekvens"
    for language in ("en", "da"):
        with override(language):
            label = threat.label
        [row] = plan_of(handed_in(cast, f"{label.upper()};1;1", head=head)).rows
        assert (row.threat, row.values["group"]) == (threat, threat.group)
        assert row.values["description"]


def test_what_is_left_greater_than_the_risk_is_wrong(cast):
    head = "Risiko;Sandsynlighed;Konsekvens;Restsandsynlighed;Restkonsekvens"
    rows = plan_of(handed_in(cast, "Brand;1;1;4;4", "Vand;4;4;1;1", head=head)).rows
    assert [row.state for row in rows] == [State.WRONG, State.NEW]
