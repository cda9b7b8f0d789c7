"""The ordinary import's own acts: add, change, and put back what there was."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from kommissorium.assets.actions.areas import add_area
from kommissorium.assets.models import Area
from kommissorium.config.tests.registers.area_sheet import AreaSheet
from kommissorium.conftest import time_is
from kommissorium.core.evidence.models import Event
from kommissorium.core.refusals import Refused
from kommissorium.registers.actions.imports import hand_in, take_in, undo_import
from kommissorium.registers.importing.kinds import plan_of, sheet_of
from kommissorium.registers.installed import register_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def with_areas(monkeypatch):
    register = register_of("assets")
    monkeypatch.setattr(type(register), "imports", (*register.imports, AreaSheet))


def handed_in(cast, *lines):
    data = "\n".join(["Område;Chef", *lines]).encode()
    return hand_in("areas", data, "Områder.csv", by=cast.coordinator)


def taken_in(cast, *lines):
    run = handed_in(cast, *lines)
    take_in(run, by=cast.coordinator, mark=plan_of(run).mark)
    return run


def test_a_changed_row_is_shown_with_what_there_was_and_undone_to_it(cast):
    area = add_area(by=cast.coordinator, name="Skoler", head=cast.member)
    run = handed_in(cast, f"SKOLER;{cast.system_owner.email}", "Teknik;")
    plan = plan_of(run)
    shown, _new = sheet_of(run).shown(plan, plan.rows)
    told = [(line.label, line.before, line.after) for line in shown.lines]
    assert told[-1] == ("Head of the area", cast.member.name, cast.system_owner.name)
    take_in(run, by=cast.coordinator, mark=plan.mark)
    area.refresh_from_db()
    assert (area.name, area.head, run.added, run.changed) == ("SKOLER", cast.system_owner, 1, 1)
    undo_import(run, by=cast.coordinator)
    assert list(Area.objects.values_list("name", "head")) == [("Skoler", cast.member.pk)]
    [act] = Event.objects.about(run).filter(act="registers.import_undone")
    assert '"import_kind":"areas"' in act.facts


def test_an_empty_cell_changes_nothing_and_a_closed_one_is_refused(cast):
    taken_in(cast, f"Skoler;{cast.member.name}")
    assert [row.state for row in plan_of(handed_in(cast, "skoler;")).rows] == ["changed"]
    assert [row.state for row in plan_of(handed_in(cast, "Skoler;")).rows] == ["same"]
    Area.objects.update(closed_on=timezone.localdate())
    assert [row.state for row in plan_of(handed_in(cast, "Skoler;")).rows] == ["wrong"]


def test_the_same_key_twice_and_a_key_that_several_have_are_wrong(cast):
    rows = plan_of(handed_in(cast, "Skoler;", "skoler;", "Teknik;")).rows
    assert [row.state for row in rows] == ["wrong", "wrong", "new"]
    for name in ("Torvet", "TORVET"):
        Area.objects.create(name=name)
    assert plan_of(handed_in(cast, "Torvet;")).rows[0].state == "wrong"


def test_it_can_be_undone_on_the_day_it_was_taken_in(cast):
    run = taken_in(cast, "Skoler;")
    with time_is(timezone.localtime() + timedelta(days=1)), pytest.raises(Refused):
        undo_import(run, by=cast.coordinator)
    assert Area.objects.count() == 1
