"""The statement from a sheet: how municipalities write numbers and words, and what is refused."""

from __future__ import annotations

import pytest
from django.urls import reverse

from kommissorium.conftest import Cast
from kommissorium.controls.actions.controls import begin_controls
from kommissorium.controls.import_sheet import number_in
from kommissorium.controls.models import Control, titles
from kommissorium.controls.proposal import KIND
from kommissorium.controls.tests.cases import applying, begun, draft_statement
from kommissorium.core.evidence.models import Event
from kommissorium.registers.actions.imports import hand_in, take_in, undo_import
from kommissorium.registers.importing.kinds import plan_of
from kommissorium.registers.models import ImportRun

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("words", "number"),
    [
        *(("5.1", "5.1"), ("A.5.10", "5.10"), ("a 8,34", "8.34"), ("A5.9", "5.9")),
        *(("5.9 Liste over aktiver", "5.9"), ("5.9: Aktiver", "5.9"), ("8.1\nEnheder", "8.1")),
        *(("A.9.2.1", None), ("9.2.1 Adgang", None), ("05-01-2026", None), ("Politik", None)),
        *(("", None), ("15.1", None), ("5.1234", None)),
    ],
)
def test_a_number_is_known_however_it_is_written(words: str, number: str | None) -> None:
    assert number_in(words) == number


def handed_in(cast: Cast, *lines: str) -> ImportRun:
    head = "Nr;Relevant;Begrundelse;Implementering;Ejer;Status"
    data = "\n".join([head, *lines]).encode()
    return hand_in("controls", data, "SoA.csv", by=cast.coordinator)


def taken_in(cast: Cast, *lines: str) -> ImportRun:
    run = handed_in(cast, *lines)
    take_in(run, by=cast.coordinator, mark=plan_of(run).mark)
    return run


def test_a_statement_there_is_is_changed_and_put_back(cast: Cast) -> None:
    found = applying(cast, "5.9")
    owner = cast.member.email
    run = taken_in(cast, f"A.5.9;Fravalgt;Vi ejer intet.;;{owner};Ja", "5.10;n/a;Ingen.;;;")
    found.refresh_from_db()
    assert (found.applies, found.because, found.owner) == ("no", "Vi ejer intet.", cast.member)
    assert (run.added, run.changed) == (0, 2)
    undo_import(run, by=cast.coordinator)
    found.refresh_from_db()
    assert (found.applies, found.owner) == ("yes", cast.system_owner)
    acts = Event.objects.about(found).order_by("-seq").values_list("act", flat=True)
    assert list(acts[:2]) == ["controls.control_put_back", "controls.control_changed"]


def test_without_a_reason_nothing_applies_and_nothing_is_excluded(cast: Cast) -> None:
    begun(cast)
    rows = plan_of(handed_in(cast, "5.1;Ja;;;;", "5.2;Nej;  ;;;", "5.3;;;Sådan;;")).rows
    assert [str(row.state) for row in rows] == ["wrong", "wrong", "changed"]
    assert {fault.label for row in rows for fault in row.faults} == {"Begrundelse"}
    applying(cast, "5.1")  # it has its reason
    [row] = plan_of(handed_in(cast, "5.1;Nej;;;;")).rows
    assert str(row.state) == "changed"


def test_what_a_status_says_is_held_against_the_registers_and_not_written(cast: Cast) -> None:
    found = applying(cast, "5.9")
    [row] = plan_of(handed_in(cast, "5.9;Ja;;;;Fuldt implementeret")).rows
    assert str(row.state) == "same"
    assert "Fuldt implementeret" in row.notes[0]
    assert "Ikke dokumenteret" in row.notes[0]
    [row] = plan_of(handed_in(cast, "5.9;Ja;;;;Ikke dokumenteret")).rows
    assert row.notes == []
    found.refresh_from_db()
    assert found.how == ""


def test_numbers_that_are_none_and_the_same_twice_are_told_beside_the_row(cast: Cast) -> None:
    lines = ("A.9.2.1;Ja;R;;;", "5.99;Ja;R;;;", "5.1;Ja;R;;;", "A.5.1;Ja;R;;;", ";Ja;R;;;")
    rows = plan_of(handed_in(cast, *lines)).rows
    assert [str(row.state) for row in rows] == ["wrong"] * 5
    assert {fault.label for row in rows for fault in row.faults} == {"Foranstaltning"}
    begin_controls(by=cast.coordinator)
    assert [str(row.state) for row in plan_of(handed_in(cast, *lines)).rows] == ["wrong"] * 5
    assert Control.objects.count() == len(titles())


def test_part_of_a_statement_is_made_whole_by_one_press(cast: Cast, client_of) -> None:
    taken_in(cast, "5.2;Ja;Loven.;;;", "5.1;Ja;Loven.;;;")
    assert [one.number for one in Control.objects.all()] == ["5.1", "5.2"]
    draft = draft_statement(by=cast.coordinator)
    assert "5.3" in KIND.lacks(draft)[0]
    browser = client_of("coordinator")
    assert "de øvrige 91 foranstaltninger" in browser.get(reverse("controls")).text
    browser.post(reverse("controls_begin"))
    assert [one.number for one in Control.objects.all()] == list(titles())
    assert Control.objects.filter(applies="yes").count() == 2
    assert "de øvrige" not in browser.get(reverse("controls")).text
    assert "de øvrige" not in client_of("auditor").get(reverse("controls")).text
