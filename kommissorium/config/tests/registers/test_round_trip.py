"""The program's exports can be imported again: the workbook of a list changes nothing."""

from __future__ import annotations

import io
from importlib import import_module

import pytest
from django.urls import reverse
from django.utils.translation import override
from openpyxl import load_workbook

from kommissorium.core.evidence.models import Event
from kommissorium.core.refusals import Refused
from kommissorium.registers.actions.imports import hand_in, take_in
from kommissorium.registers.importing.kinds import import_kinds, plan_of
from kommissorium.registers.installed import registers

pytestmark = pytest.mark.django_db
NUMBERS = range(12)
FAULTLESS = {"same", "left_out"}


def samples():
    """Yield the register, its import, and the options of its sample."""
    for register in registers():
        for one in register.imports:
            if not one.takes_back:
                continue  # what it takes in is no list of the register's
            room = import_module(f"kommissorium.{register.code}.tests.import_samples")
            options = next(each.options for each in room.SAMPLES if each.kind == one.kind)
            yield pytest.param((register, one, options), id=one.kind)


def exported(client_of, declared, query, language="da"):
    url = f"{reverse(f'{declared.takes_back}_file')}{query}"
    return client_of("coordinator").get(url, HTTP_ACCEPT_LANGUAGE=language).getvalue()


def test_every_register_with_a_list_and_an_import_takes_its_list_back():
    for register in registers():
        if register.imports and register.lists:
            codes = {one.code for one in register.lists}
            taken = {one.takes_back for one in register.imports if one.takes_back}
            assert taken <= codes and (taken or register.code == "awareness"), register.code


@pytest.mark.parametrize("sample", list(samples()))
@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("query", ["?all=1", ""])
def test_a_list_that_is_taken_in_again_changes_nothing(cast, client_of, sample, language, query):
    register, declared, options = sample
    import_module(f"kommissorium.{register.code}.tests.list_rows").make_rows(cast, NUMBERS)
    data = exported(client_of, declared, query, language)
    with override(language):
        run = hand_in(declared.kind, data, "Liste.xlsx", by=cast.coordinator, options=options)
        plan = plan_of(run)
    assert len(plan.rows) == len(NUMBERS)
    assert [(row.faults, row.changes) for row in plan.rows if row.state == "wrong"] == []
    assert set(plan.counts) <= FAULTLESS
    assert plan.counts["same"] > 0
    before = Event.objects.count()
    with pytest.raises(Refused):
        take_in(run, by=cast.coordinator, mark=plan.mark)
    assert Event.objects.count() == before


@pytest.mark.parametrize(
    "declared",
    [one for one in import_kinds().values() if one.takes_back],
    ids=lambda one: one.kind,
)
def test_links_of_another_place_are_no_key(cast, client_of, declared):
    page = load_workbook(io.BytesIO(exported(client_of, declared, "")))
    headings = [cell.value for cell in page.worksheets[0][1]]
    values = ["https://andet.example/assets/1/" if one == "Link" else "x" for one in headings]
    page.worksheets[0].append(values)
    out = io.BytesIO()
    page.save(out)
    options = {"kind": "system"} if declared.kind == "assets" else {}
    run = hand_in(declared.kind, out.getvalue(), "Liste.xlsx", by=cast.coordinator, options=options)
    assert "link" not in run.mapping.values()
