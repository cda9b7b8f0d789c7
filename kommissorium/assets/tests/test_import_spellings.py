"""Two spellings of something new in a file can be made one, and that is added once."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from kommissorium.accounts.models import Person
from kommissorium.assets.models import Area, Asset, Kind, Ownership, Supplier
from kommissorium.assets.tests.import_cases import choose, faults, hand_in, sheet, states
from kommissorium.conftest import Cast
from kommissorium.registers.actions.imports import take_in
from kommissorium.registers.importing.kinds import plan_of
from kommissorium.registers.importing.spellings import SAME
from kommissorium.registers.models import ImportRun

pytestmark = pytest.mark.django_db
HEADINGS = "Navn;Fagområde;Leverandør;Systemejer;Kritisk?"
ROWS = (
    "Et;Social & sundhed;Nordlys Data;Viggo Holm;Ikke kritisk",
    "To;Social og Sundhed;Nordlys Data A/S;Viggo Holmm;Ikke kritisk",
    "Tre;Social og Sundhed;Nordlys Data A/S;Viggo Holm;Ikke kritisk",
)
ALL = {
    "area": {"social sundhed": f"{SAME}Social og Sundhed", "social og sundhed": "new"},
    "supplier": {"nordlys data": f"{SAME}Nordlys Data A/S", "nordlys data a s": "new"},
    "person": {"viggo holmm": f"{SAME}Viggo Holm", "viggo holm": "new"},
}


def read(cast: Cast, *rows: str) -> ImportRun:
    data = sheet(*(rows or ROWS), headings=HEADINGS)
    return hand_in(Kind.SYSTEM, data, "Ark.csv", by=cast.coordinator)


def names_page(client_of, run):
    return client_of("coordinator").get(run.address("import_names"))


def field_of(form, text: str) -> str:
    return next(name for name, field in form.fields.items() if field.label == text)


def test_each_is_offered_as_the_other_and_only_the_usual_one_is_filled_in(cast, client_of) -> None:
    form = names_page(client_of, read(cast)).context["form"]
    seldom, usual = (
        form[field_of(form, text)] for text in ("Social & sundhed", "Social og Sundhed")
    )
    assert usual.value() == "new"
    assert seldom.value() == ""
    assert (f"{SAME}Social og Sundhed", "Samme som ”Social og Sundhed”") in seldom.field.choices
    assert (f"{SAME}Social & sundhed", "Samme som ”Social & sundhed”") in usual.field.choices
    assert "Staves næsten som ”Social og Sundhed” i filen." in seldom.help_text


def test_nothing_is_made_one_by_itself(cast, client_of) -> None:
    run = read(cast)
    form = names_page(client_of, run).context["form"]
    given = {name: form[name].value() or "" for name in form.fields}
    answer = client_of("coordinator").post(run.address("import_names"), given)
    assert answer.status_code == 302
    run.refresh_from_db()
    assert run.choices["area"] == {"social og sundhed": "new"}
    assert states(plan_of(run))[0] == "wrong"


def test_what_is_chosen_on_the_page_is_added_once(cast, client_of) -> None:
    run, browser = read(cast), client_of("coordinator")
    form = names_page(client_of, run).context["form"]
    given = {name: form[name].value() or "" for name in form.fields}
    given |= {
        field_of(form, "Social & sundhed"): f"{SAME}Social og Sundhed",
        field_of(form, "Nordlys Data A/S"): f"{SAME}Nordlys Data",
        field_of(form, "Nordlys Data"): "new",
        field_of(form, "Viggo Holm"): "new",
        field_of(form, "Viggo Holmm"): f"{SAME}Viggo Holm",
    }
    assert browser.post(run.address("import_names"), given).url == run.get_absolute_url()
    people = Person.objects.count()
    mark = browser.get(run.get_absolute_url()).context["plan"].mark
    browser.post(run.address("import_take_in"), {"mark": mark})
    assert list(Area.objects.values_list("name", flat=True)) == ["Social og Sundhed"]
    assert list(Supplier.objects.values_list("name", flat=True)) == ["Nordlys Data"]
    assert Person.objects.count() == people + 1
    assert {str(one.area) for one in Asset.objects.all()} == {"Social og Sundhed"}
    owners = Ownership.objects.current().values_list("person__name", flat=True)
    assert list(owners) == ["Viggo Holm"] * 3


def test_the_choice_holds_for_the_next_file(cast) -> None:
    run = read(cast)
    choose(run, cast.coordinator, ALL)
    take_in(run, by=cast.coordinator, mark=plan_of(run).mark)
    again = read(cast, "Fire;Social & sundhed;Nordlys Data;Viggo Holmm;")
    assert states(plan_of(again)) == ["new"]
    take_in(again, by=cast.coordinator, mark=plan_of(again).mark)
    assert (Area.objects.count(), Supplier.objects.count()) == (1, 1)
    assert Person.objects.filter(name__startswith="Viggo").count() == 1


def test_the_order_of_rows_and_a_spelling_that_is_gone_make_no_difference(cast) -> None:
    run = read(cast, *reversed(ROWS))
    choose(run, cast.coordinator, ALL)
    assert states(plan_of(run)) == ["new"] * 3
    alone = read(cast, ROWS[0])
    assert states(plan_of(alone)) == ["new"]
    take_in(alone, by=cast.coordinator, mark=plan_of(alone).mark)
    assert Area.objects.get().name == "Social og Sundhed"


def test_spellings_that_are_each_the_other_are_refused_beside_the_field(cast, client_of) -> None:
    run = read(cast)
    url = run.address("import_names")
    form = names_page(client_of, run).context["form"]
    one, other = (field_of(form, text) for text in ("Social & sundhed", "Social og Sundhed"))
    given = {"edit_version": run.edit_version, one: f"{SAME}Social og Sundhed"}
    for more in ({other: f"{SAME}Social & sundhed"}, {other: ""}):
        answer = client_of("coordinator").post(url, given | more)
        assert answer.status_code == 400
        errors = answer.context["form"].errors
        assert errors[one] == ["Vælg, hvilken af stavemåderne der skal bruges."]
        assert answer.context["form"][one].value() == f"{SAME}Social og Sundhed"
    run.refresh_from_db()
    assert run.choices == {}


def test_a_choice_that_leads_nowhere_is_asked_again(cast) -> None:
    run = read(cast, ROWS[0])
    choose(run, cast.coordinator, {"area": {"social sundhed": f"{SAME}Findes ikke"}})
    with override("en"):
        plan = plan_of(run)
        assert plan.unknown["area"]["social sundhed"].choice is None
        assert any("Area" in fault for fault in faults(plan))


def test_people_with_an_email_are_told_by_that(cast, client_of) -> None:
    rows = ("Et;;;Viggo Holm <v@x.example>;", "To;;;Viggo Holmm <w@x.example>;")
    form = names_page(client_of, read(cast, *rows)).context["form"]
    values = [
        code for name in form.fields for code, _label in getattr(form.fields[name], "choices", ())
    ]
    assert not any(str(code).startswith(SAME) for code in values)


def test_who_may_be_a_spelling_is_not_added_by_the_one_press(cast, client_of) -> None:
    run = read(cast)
    page = names_page(client_of, run)
    assert [one.text for one in page.context["form"].surely_new] == ["Viggo Holm"]


def test_the_page_is_grouped_by_kind_with_what_needs_a_choice_first(cast, client_of) -> None:
    run = read(cast, *ROWS, "Fire;Bibliotek;;;Ja")
    choose(run, cast.coordinator, {"person": ALL["person"], "area": {"bibliotek": "new"}})
    page = names_page(client_of, run)
    kinds = page.context["form"].kinds
    told = [(kind.code, kind.open_names, kind.settled, kind.is_shown) for kind in kinds]
    assert told == [
        ("area", 2, 1, True),
        ("supplier", 2, 0, True),
        ("word_criticality", 1, 0, True),
        ("person", 0, 2, False),
    ]
    assert kinds[0].told == "2 mangler et valg, 1 er valgt"
    labels = [chosen.label for chosen, _other in kinds[0].waiting]
    assert labels == ["Social & sundhed", "Social og Sundhed"]
    assert 'href="#names-area"' in page.text
    assert 'href="#names-person"' not in page.text
