"""Peculiarities of the import of services: systems in one cell, phone numbers, and undoing."""

from __future__ import annotations

import pytest
from django.utils import timezone

from kommissorium.continuity.models import Service
from kommissorium.continuity.past import past_now
from kommissorium.continuity.tests.cases import service, system
from kommissorium.measures.findings import Question
from kommissorium.registers.actions.imports import choose_names, hand_in, take_in, undo_import
from kommissorium.registers.importing.kinds import plan_of

OWNER = "Anne Tvedegaard"


def handed_in(cast, *lines):
    data = "\n".join(["Service;Systemer;Ansvarlig;Telefonliste", *lines]).encode()
    return hand_in("continuity", data, "Services.csv", by=cast.coordinator)


def taken_in(cast, run):
    take_in(run, by=cast.coordinator, mark=plan_of(run).mark)
    return run


def systems_of(title):
    return [one.name for one in Service.objects.get(title=title).systems.order_by("name")]


def faults(run):
    return [fault.sentence for row in plan_of(run).rows for fault in row.faults]


def test_systems_stand_in_one_cell_by_name_or_number_also_names_with_commas(cast):
    system(cast, "Sag, dokument og post", local_id="S-1")
    system(cast, "Net", local_id="S-2")
    taken_in(cast, handed_in(cast, f'Byggesag;"sag, dokument og post, S-2";{OWNER};'))
    assert systems_of("Byggesag") == ["Net", "Sag, dokument og post"]
    assert plan_of(handed_in(cast, "Byggesag;S-1 | NET;;")).counts == {"same": 1}


def test_a_system_nobody_knows_is_asked_about_once_for_all_rows(cast):
    found = system(cast, "Omsorgssystemet")
    run = handed_in(cast, f"A;Omsrog;{OWNER};", f"B;omsrog, Omsorgssystemet;{OWNER};")
    assert plan_of(run).counts == {"wrong": 2}
    assert list(plan_of(run).unknown["systems"]) == ["omsrog"]
    choices = {"systems": {"omsrog": str(found.pk)}}
    choose_names(run, by=cast.coordinator, choices=choices, edit_version=run.edit_version)
    taken_in(cast, run)
    assert systems_of("A") == systems_of("B") == ["Omsorgssystemet"]


def test_of_two_of_the_same_name_the_local_id_is_asked_for_unless_one_is_there_already(cast):
    first = system(cast, "Net", local_id="S-1")
    type(first).objects.create(
        name="Net",
        kind="system",
        registered_on=first.registered_on,
        created_at=first.created_at,
        changed_at=first.changed_at,
    )
    assert any("Net" in one for one in faults(handed_in(cast, f"A;Net;{OWNER};")))
    service(cast, title="B", systems=[first])
    assert plan_of(handed_in(cast, "B;Net;;")).counts == {"same": 1}


@pytest.mark.parametrize("calls", ["Ole ring til ham", '"Ole; nej"'])
def test_whom_one_phones_is_refused_in_words(cast, calls):
    assert len(faults(handed_in(cast, f"A;;{OWNER};{calls}"))) == 1


def test_all_that_is_wrong_of_a_row_is_told_at_once(cast):
    run = hand_in(
        "continuity",
        f"Service;Ansvarlig;MTD;Telefonliste\nA;{OWNER};90000;Ole ring til ham".encode(),
        "Services.csv",
        by=cast.coordinator,
    )
    assert len(faults(run)) == 2


def test_a_new_service_wants_somebody_and_one_taken_out_is_not_written(cast):
    assert len(faults(handed_in(cast, "A;;;"))) == 1
    found = service(cast, title="B")
    Service.objects.filter(pk=found.pk).update(is_retired=True)
    assert len(faults(handed_in(cast, f"B;;{OWNER};"))) == 1


def test_undone_each_has_its_systems_again_and_the_past_forgets_what_was_added(cast):
    old, new = system(cast, "Gammelt"), system(cast, "Nyt")
    found = service(cast, title="B", systems=[old])
    run = taken_in(cast, handed_in(cast, "B;Nyt;;", f"A;Nyt;{OWNER};"))
    assert systems_of("B") == [new.name]
    undo_import(run, by=cast.coordinator)
    assert systems_of("B") == [old.name]
    assert not Service.objects.filter(title="A").exists()
    today = timezone.localdate()
    asked = Question(today, today, today, 0)
    [known] = past_now().services_on(asked)
    assert (known.key, known.facts["systems"]) == (found.pk, [old.pk])
