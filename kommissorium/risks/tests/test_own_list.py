"""The list of risks that was taken out is handed in again: what was changed in it changes."""

from __future__ import annotations

import io

import pytest
from django.urls import reverse
from django.utils.translation import override
from openpyxl import load_workbook

from kommissorium.assets.tests.figure_cases import put
from kommissorium.registers.actions.imports import hand_in, take_in
from kommissorium.registers.importing.kinds import plan_of, sheet_of
from kommissorium.risks.models import Assessment, Scenario
from kommissorium.risks.tests.picture_cases import assess, level, risk

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(cast):
    """Two assessments in force, the first with two risks."""
    level(cast, 2)
    about = [assess(cast, name, assets=[put(name)], scope="asset") for name in ("Acadre", "Sbsys")]
    words = {"measures": "Sprinkler", "owner": cast.system_owner, "integrity_organisation": 2}
    risk(about[0], (2, 3), (1, 2), title="Brand", **words)
    risk(about[0], (1, 4), None, title="Vand")
    risk(about[1], (3, 3), None, title="Tyveri")
    return about


def handed_in(cast, client_of, change):
    """Hand the list in again after `change` was made to its rows, each by heading."""
    url = f"{reverse('risk_list_file')}?all=1"
    data = client_of("coordinator").get(url, HTTP_ACCEPT_LANGUAGE="da").getvalue()
    book = load_workbook(io.BytesIO(data))
    sheet = book.worksheets[0]
    places = {cell.value: cell.column for cell in sheet[1]}
    for number in range(sheet.max_row, 1, -1):
        title = sheet.cell(number, 1).value
        if title not in change:
            continue
        if change[title] is None:
            sheet.delete_rows(number)
            continue
        for heading, value in change[title].items():
            sheet.cell(number, places[heading]).value = value
    out = io.BytesIO()
    book.save(out)
    options = {"scope": "organisation"}
    with override("da"):
        return hand_in("risks", out.getvalue(), "Liste.xlsx", by=cast.coordinator, options=options)


def test_what_was_changed_becomes_a_draft_with_all_the_other_risks(cast, client_of, two) -> None:
    measures = {"Nuværende foranstaltninger": "Sprinkler og alarm", "Risiko": "Storbrand"}
    run = handed_in(cast, client_of, {"Brand": measures, "Vand": None})
    plan = plan_of(run)
    assert sorted((row.name, str(row.state)) for row in plan.rows) == [
        ("Storbrand", "changed"),
        ("Tyveri", "same"),
    ]
    made = take_in(run, by=cast.coordinator, mark=plan.mark)
    assert (made.previous, made.state) == (two[0], Assessment.State.DRAFT)
    assert {one.title: one.measures for one in made.scenarios.all()} == {
        "Storbrand": "Sprinkler og alarm",
        "Vand": "",
    }
    before, after = (Scenario.objects.get(title=one) for one in ("Brand", "Storbrand"))
    assert (before.lineage, before.owner) == (after.lineage, after.owner)
    assert (after.rank, after.residual_rank) == (before.rank, before.residual_rank)
    assert sheet_of(run).made() == made


def test_changes_to_several_assessments_are_taken_in_one_at_a_time(cast, client_of, two) -> None:
    change = {"Nuværende foranstaltninger": "Alarm"}
    run = handed_in(cast, client_of, {"Brand": change, "Tyveri": change})
    states = sorted(str(row.state) for row in plan_of(run).rows)
    assert states == ["changed", "same", "wrong"]
    made = take_in(run, by=cast.coordinator, mark=plan_of(run).mark, without_wrong=True)
    assert made.scenarios.count() == plan_of(run).former.scenarios.count()


def test_a_risk_that_is_no_longer_in_force_and_an_owner_without_mandate_are_told(
    cast, client_of, two
) -> None:
    owner = {"Risikoejer": cast.member.name}
    run = handed_in(cast, client_of, {"Brand": owner})
    assert [len(row.faults) for row in plan_of(run).rows if row.name == "Brand"] == [1]
    Scenario.objects.filter(title="Vand").update(is_in_force=False)
    assert [len(row.faults) for row in plan_of(run).rows if row.name == "Vand"] == [1]


def test_the_preview_shows_owner_and_steps_in_words(cast, client_of, two) -> None:
    run = handed_in(
        cast, client_of, {"Brand": {"Sandsynlighed": "4", "Risikoejer": cast.executive.name}}
    )
    page = client_of("coordinator").get(run.get_absolute_url())
    assert page.status_code == 200
    assert cast.executive.name in page.text
