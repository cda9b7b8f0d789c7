"""Unknown words are mapped once for all their rows, and remembered."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from kommissorium.assets.models import Asset, Criticality, Kind
from kommissorium.assets.tests.import_cases import choose, faults, hand_in, sheet, states
from kommissorium.conftest import Cast
from kommissorium.registers.actions.imports import take_in
from kommissorium.registers.importing.kinds import plan_of
from kommissorium.registers.models import ImportRun

pytestmark = pytest.mark.django_db
HEADINGS = "Navn;Kritikalitet;RTO;Kontrakt udløber;Systemejer"


def messy(by, rows: int = 31) -> ImportRun:
    """Hand in systems of which six are "Ja", most "nej", and two have the same name."""
    lines = []
    for number in range(rows):
        name = "Tvilling" if number in {7, 19} else f"System {number:02}"
        word = "Ja" if number < 6 else "nej"
        hours = "ca. 24" if number % 5 == 0 else "8"
        day = "2019" if number % 7 == 0 else "31-12-2027"
        owner = "Ukendt Person" if number % 3 == 0 else "Anne Tvedegaard"
        lines.append(f"{name};{word};{hours};{day};{owner}")
    return hand_in(Kind.SYSTEM, sheet(*lines, headings=HEADINGS), "Rod.csv", by=by)


def field_of(form, text: str) -> str:
    return next(field.name for field in form if field.label == text)


def test_a_messy_sheet_is_taken_in_with_its_words_mapped(cast: Cast, client_of) -> None:
    run, browser = messy(cast.coordinator), client_of("coordinator")
    assert states(plan_of(run)) == ["wrong"] * 31
    assert plan_of(run).open_names == 6
    url = run.address("import_names")
    page = browser.get(url)
    form = page.context["form"]
    ja = form[field_of(form, "Ja")]
    with override("da"):
        assert "6" in str(ja.help_text)
    given = {
        "edit_version": run.edit_version,
        ja.name: "business",
        field_of(form, "nej"): "none",
        f"{field_of(form, 'ca. 24')}_other": "24",
        field_of(form, "2019"): "empty",
        field_of(form, "Ukendt Person"): "empty",
        field_of(form, "Tvilling"): "each",
    }
    assert browser.post(url, given).url == run.get_absolute_url()
    run.refresh_from_db()
    plan = plan_of(run)
    assert faults(plan) == []
    take_in(run, by=cast.coordinator, mark=plan.mark)
    assert Asset.objects.filter(criticality=Criticality.BUSINESS).count() == 6
    assert Asset.objects.filter(criticality=Criticality.NOT_CRITICAL).count() == 25
    assert Asset.objects.filter(rto=24, name__startswith="System").count() == 7
    assert Asset.objects.filter(contract_ends=None).count() == 5
    assert Asset.objects.filter(name="Tvilling").count() == 2


def test_what_was_chosen_is_remembered_for_the_next_file(cast: Cast, client_of) -> None:
    run = messy(cast.coordinator, 6)
    words = {"word_criticality": {"ja": "society"}, "word_rto": {"ca 24": "24"}}
    choose(run, cast.coordinator, words | {"word_contract_ends": {"2019": ""}})
    again = messy(cast.coordinator, 6)
    assert again.choices["word_criticality"] == {"ja": "society"}
    assert plan_of(again).open_names == 1  # the owner
    page = client_of("coordinator").get(again.get_absolute_url())
    assert page.context["plan"].chosen_names == 3


def test_columns_are_taken_as_they_were_the_last_time(cast: Cast) -> None:
    run = messy(cast.coordinator, 2)
    ImportRun.objects.filter(pk=run.pk).update(mapping={"0": "name", "4": "alias"}, key="name")
    assert messy(cast.coordinator, 2).mapping == {"0": "name", "4": "alias"}


def test_rows_of_one_name_can_be_one_and_the_same(cast: Cast) -> None:
    rows = ("Tvilling;Ikke kritisk;8;;", "Tvilling;Ikke kritisk;9;;")
    run = hand_in(Kind.SYSTEM, sheet(*rows, headings=HEADINGS), "To.csv", by=cast.coordinator)
    assert states(plan_of(run)) == ["wrong", "wrong"]
    choose(run, cast.coordinator, {"word_twice": {"tvilling": "first"}})
    assert states(plan_of(run)) == ["new", "left_out"]
    take_in(run, by=cast.coordinator, mark=plan_of(run).mark)
    assert [one.rto for one in Asset.objects.all()] == [8]


def test_a_value_that_cannot_be_kept_is_left_empty_too(cast: Cast) -> None:
    headings = "Navn;KLE-nummer;RTO"
    data = sheet("Et;hest;99999", headings=headings)
    run = hand_in(Kind.SYSTEM, data, "Et.csv", by=cast.coordinator)
    assert states(plan_of(run)) == ["wrong"]
    choose(run, cast.coordinator, {"word_kle": {"hest": ""}, "word_rto": {"99999": "4"}})
    assert faults(plan_of(run)) == []
    take_in(run, by=cast.coordinator, mark=plan_of(run).mark)
    assert list(Asset.objects.values_list("kle", "rto")) == [("", 4)]


def test_what_cannot_stand_there_either_is_told_and_not_lost(cast: Cast, client_of) -> None:
    run, browser = messy(cast.coordinator, 1), client_of("coordinator")
    url = run.address("import_names")
    name = field_of(browser.get(url).context["form"], "ca. 24")
    given = {"edit_version": run.edit_version, f"{name}_other": "snart"}
    answer = browser.post(url, given)
    assert answer.status_code == 400
    assert 'value="snart"' in answer.text


def test_faults_are_told_by_their_kind_with_the_rows_folded(cast: Cast, client_of) -> None:
    run = messy(cast.coordinator)
    kinds = plan_of(run).fault_kinds
    assert [len(kind.rows) for kind in kinds] == [31, 11, 7, 5, 2]
    page = client_of("coordinator").get(run.get_absolute_url())
    assert page.text.count("<details>") >= len(kinds)


def test_a_row_added_to_a_list_of_ours_is_new_once(cast: Cast, settings) -> None:
    run = hand_in(
        Kind.SYSTEM, sheet("Gammel;;;;", headings=HEADINGS), "En.csv", by=cast.coordinator
    )
    take_in(run, by=cast.coordinator, mark=plan_of(run).mark)
    link = f"{settings.SITE_URL}{Asset.objects.get().get_absolute_url()}"
    data = sheet(f"Omdøbt;{link}", "Ny;", headings="Navn;Link")
    for wanted in (["changed", "new"], ["same", "same"]):
        run = hand_in(Kind.SYSTEM, data, "Liste.csv", by=cast.coordinator)
        assert run.key == "link"
        assert states(plan_of(run)) == wanted
        if "new" in wanted:
            take_in(run, by=cast.coordinator, mark=plan_of(run).mark)
    assert sorted(Asset.objects.values_list("name", flat=True)) == ["Ny", "Omdøbt"]


def test_where_a_cell_says_several_one_is_chosen_or_all_are_written(cast: Cast, client_of) -> None:
    rows = sheet("Et;Ja", "To;Måske", headings="Navn;Personoplysninger")
    run = hand_in(Kind.SYSTEM, rows, "Ja.csv", by=cast.coordinator)
    url, browser = run.address("import_names"), client_of("coordinator")
    form = browser.get(url).context["form"]
    given = {
        "edit_version": run.edit_version,
        field_of(form, "Ja"): "ordinary",
        f"{field_of(form, 'Måske')}_other": "CPR-numre, almindelige personoplysninger",
    }
    assert browser.post(url, given).url == run.get_absolute_url()
    run.refresh_from_db()
    take_in(run, by=cast.coordinator, mark=plan_of(run).mark)
    assert Asset.objects.get(name="Et").personal_data == ",ordinary,"
    assert Asset.objects.get(name="To").personal_data == ",ordinary,cpr,"
