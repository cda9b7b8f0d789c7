"""The list of assets: what each person sees, search, filters, order, columns and pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from html import unescape
from re import DOTALL, findall, sub
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kommissorium.accounts.models import Person
from kommissorium.assets.actions.areas import add_area
from kommissorium.assets.actions.assets import add_asset, end_asset
from kommissorium.assets.actions.owners import appoint
from kommissorium.assets.models import Asset, AssetDocument, Required, Supplier
from kommissorium.conftest import Cast
from kommissorium.core.ui.navigation import PER_PAGE

pytestmark = pytest.mark.both("sorts, narrows and searches")

type ClientOf = Callable[[Any], Client]
MOST_QUERIES = 12


def put(cast: Cast, name: str, kind: str = "system", **values: Any) -> Asset:
    """Put an asset into the register."""
    return add_asset(by=cast.coordinator, kind=kind, values={"name": name, **values})


def asked(client_of: ClientOf, question: str = "", who: Any = "coordinator") -> str:
    """Return the text of the list for this request, in English."""
    browser = client_of(who)
    answer = browser.get(f"/assets/?{question}")
    assert answer.status_code == 200
    return str(answer.content.decode())


def named(client_of: ClientOf, question: str = "", who: Any = "coordinator") -> list[str]:
    """Return the names in the list, in its order."""
    text = asked(client_of, question, who)
    found = findall(r'<th scope="row">(?:(?!</th>).)*?<a [^>]*>(.*?)</a>', text, DOTALL)
    return [unescape(name) for name in found]


def cells(client_of: ClientOf, question: str = "") -> dict[str, str]:
    """Return the texts of the list's only row, by the headings a narrow screen shows."""
    found = findall(r'<td data-label="(.*?)"[^>]*>(.*?)</td>', asked(client_of, question), DOTALL)
    plain = {heading: unescape(sub(r"<[^>]+>", "", text)) for heading, text in found}
    return {heading: " ".join(text.split()) for heading, text in plain.items()}


@pytest.fixture(autouse=True)
def english(cast: Cast) -> None:
    """Make everybody read English, so that words can be looked for."""
    Person.objects.update(language="en")


@pytest.fixture
def few(cast: Cast) -> None:
    """Four assets that differ in everything one can choose by."""
    area = add_area(by=cast.coordinator, name="Ældre og sundhed")
    supplier = Supplier.objects.create(name="Ørsbæk Data A/S")
    care = put(
        cast,
        "Omsorgsjournal",
        alias="Æbleskoven",
        local_id="S-17",
        purpose="Hjemmeplejens journal",
        area=area,
        criticality="society",
        personal_data=["ordinary", "sensitive"],
        lifecycle="in_use",
        supplier=supplier,
    )
    appoint(care, "system_owner", cast.system_owner, by=cast.coordinator)
    put(cast, "Bookinglisten", criticality="none", personal_data=["none"], lifecycle="planned")
    put(cast, "Ansøgerdata", kind="data_set", personal_data=["cpr"])
    put(cast, "Fjernarkivet", kind="archive", place="Kælderen", contents="Byggesager fra Ålsgårde")


@pytest.mark.parametrize(
    ("who", "count"),
    [("coordinator", 4), ("auditor", 4), ("executive", 4), ("member", 4), ("system_owner", 1)],
)
def test_readers_of_the_registers_see_all_and_owners_their_own(
    cast: Cast, few: None, client_of: ClientOf, who: str, count: int
) -> None:
    person = cast.who(who)
    assert len(named(client_of, who=person)) == count


@pytest.mark.parametrize("who", ["employee", "administrator"])
def test_who_has_no_part_in_the_registers_is_told_so(
    few: None, client_of: ClientOf, who: str
) -> None:
    text = asked(client_of, who=who)
    assert "Omsorgsjournal" not in text
    assert "empty-title" in text
    assert "/assets/new/" not in text


def test_only_the_coordinator_is_offered_to_add(few: None, client_of: ClientOf) -> None:
    assert "/assets/new/system/" in asked(client_of)
    assert "/assets/new/" not in asked(client_of, who="auditor")


@pytest.mark.parametrize(
    "words", ["omsorg", "ÆBLESKOVEN", "æbleskoven", "s-17", "HJEMMEPLEJENS", "ørsbæk", "ØRSBÆK"]
)
def test_name_alias_number_purpose_and_supplier_are_searched(
    few: None, client_of: ClientOf, words: str
) -> None:
    assert named(client_of, f"q={words}") == ["Omsorgsjournal"]


def test_every_word_must_be_there(few: None, client_of: ClientOf) -> None:
    assert named(client_of, "q=journal+data") == ["Omsorgsjournal"]
    assert named(client_of, "q=journal+byggesager") == []


@pytest.mark.parametrize("words", ["ålsgårde", "ÅLSGÅRDE", "kælder"])
def test_what_an_archive_holds_and_where_it_is_are_searched(
    few: None, client_of: ClientOf, words: str
) -> None:
    assert named(client_of, f"q={words}") == ["Fjernarkivet"]


@pytest.mark.parametrize("words", ["%25", "_", "\\", "100%25"])
def test_signs_that_mean_something_to_a_database_are_signs(
    few: None, client_of: ClientOf, words: str
) -> None:
    assert named(client_of, f"q={words}") == []


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("kind=data_set", ["Ansøgerdata"]),
        ("kind=archive", ["Fjernarkivet"]),
        ("area=none", ["Ansøgerdata", "Bookinglisten", "Fjernarkivet"]),
        ("criticality=society", ["Omsorgsjournal"]),
        ("criticality=none", ["Bookinglisten"]),
        ("criticality=unset", ["Ansøgerdata", "Fjernarkivet"]),
        ("personal=any", ["Ansøgerdata", "Omsorgsjournal"]),
        ("personal=sensitive", ["Omsorgsjournal"]),
        ("personal=none", ["Bookinglisten"]),
        ("personal=unset", ["Fjernarkivet"]),
        ("lifecycle=planned", ["Bookinglisten"]),
        ("lifecycle=unset", ["Ansøgerdata", "Fjernarkivet"]),
        ("supplier=%C3%B8rsb%C3%A6k", ["Omsorgsjournal"]),
        ("owner=tvedegaard", ["Omsorgsjournal"]),
        ("without_owner=1", ["Ansøgerdata", "Bookinglisten", "Fjernarkivet"]),
        ("without_owner=1&kind=system", ["Bookinglisten"]),
        ("criticality=society&lifecycle=planned", []),
        ("q=data&criticality=unset", ["Ansøgerdata"]),
    ],
)
def test_the_address_narrows_the_list(
    few: None, client_of: ClientOf, question: str, names: list[str]
) -> None:
    assert named(client_of, question) == names


@pytest.mark.parametrize(
    "question",
    [
        "kind=spoon",
        "area=999999999999999999999",
        "area=x",
        "criticality=very",
        "sort=spoon",
        "page=0",
        "page=99",
        "page=x",
        "columns=spoon",
        "personal=%00",
        "q=%00",
    ],
)
def test_nonsense_in_the_address_narrows_nothing(
    few: None, client_of: ClientOf, question: str
) -> None:
    assert len(named(client_of, question)) == 4


@pytest.mark.parametrize("name", ["supplier", "owner"])
def test_a_key_nobody_has_finds_nothing(few: None, client_of: ClientOf, name: str) -> None:
    for key in ("999999999", "9" * 40):
        assert named(client_of, f"{name}={key}") == []


def test_a_key_stands_in_its_field_as_a_name(cast: Cast, few: None, client_of: ClientOf) -> None:
    supplier = Supplier.objects.get()
    question = f"supplier={supplier.pk}&owner={cast.system_owner.pk}"
    assert named(client_of, question) == ["Omsorgsjournal"]
    text = asked(client_of, question)
    assert f'value="{supplier.name}"' in text
    assert f'value="{cast.system_owner.name}"' in text


def test_a_key_tells_no_name_to_who_may_not_see_the_row(
    cast: Cast, few: None, client_of: ClientOf
) -> None:
    question = f"supplier={Supplier.objects.get().pk}&owner={cast.system_owner.pk}"
    text = asked(client_of, question, who="employee")
    assert "Ørsbæk" not in text
    assert cast.system_owner.name not in text


def test_an_owner_who_has_left_is_found_and_marked(
    cast: Cast, few: None, client_of: ClientOf
) -> None:
    assert named(client_of, "left=1") == []
    Person.objects.filter(pk=cast.system_owner.pk).update(is_active=False)
    assert named(client_of, "left=1") == ["Omsorgsjournal"]
    assert "Omsorgsjournal" in named(client_of, "without_owner=1")
    assert cells(client_of, "left=1")["Owner"] == "Anne Tvedegaard Has left"


def require(asset: Asset, *until: int | None) -> None:
    """Require these documents alone of an asset: days they still hold; None is missing."""
    rows = list(Required.objects.filter(asset=asset).order_by("pk"))
    for row, days in zip(rows, until, strict=False):
        document, last = None, None
        if days is not None:
            last = timezone.localdate() + timedelta(days=days)
            document = AssetDocument.objects.create(
                asset=asset,
                type=row.type,
                source="link",
                label="Aftale",
                url="https://tryllerup.example/",
                dated_on=timezone.localdate(),
                review_by=last,
                added_at=timezone.now(),
            )
        Required.objects.filter(pk=row.pk).update(document=document, review_by=last)
    Required.objects.filter(pk__in=[row.pk for row in rows[len(until) :]]).delete()


def test_missing_and_expired_documents_are_found_and_counted(
    cast: Cast, client_of: ClientOf
) -> None:
    require(put(cast, "Alt i orden"), 0, 30)
    require(put(cast, "Mangler"), 10, None)
    require(put(cast, "Udløbet"), 10, -1)
    require(put(cast, "Kræver intet"))
    assert named(client_of, "missing=1") == ["Mangler"]
    assert named(client_of, "expired=1") == ["Udløbet"]
    assert named(client_of, "expired=1&missing=1") == []
    for question, words in [
        ("q=orden", "2 of 2"),
        ("q=mangler", "1 of 2"),
        ("q=udl%C3%B8bet", "1 of 2 Expired"),
        ("q=intet", "None demanded"),
    ]:
        assert cells(client_of, question)["Documents"] == words


def test_what_was_waived_is_neither_missing_nor_expired(cast: Cast, client_of: ClientOf) -> None:
    asset = put(cast, "Undtaget")
    require(asset, None, -5)
    Required.objects.filter(asset=asset).update(waived_at=timezone.now(), waived_because="Nej")
    assert named(client_of, "missing=1") == named(client_of, "expired=1") == []
    assert cells(client_of)["Documents"] == "0 of 2, 2 waived"


def test_what_was_taken_out_stands_in_a_list_of_its_own(
    cast: Cast, few: None, client_of: ClientOf
) -> None:
    gone = put(cast, "Gammelt system")
    end_asset(gone, by=cast.coordinator, because="Erstattet")
    assert "Gammelt system" not in named(client_of)
    assert named(client_of, "ended=1") == ["Gammelt system"]
    assert named(client_of, "ended=1&q=gammelt") == ["Gammelt system"]


def test_names_come_in_danish_order(cast: Cast, client_of: ClientOf) -> None:
    for name in ["Åben", "aftale", "Ødegård", "Zink", "Æble", "Bil"]:
        put(cast, name)
    ordered = ["aftale", "Bil", "Zink", "Æble", "Ødegård", "Åben"]
    assert named(client_of) == ordered
    assert named(client_of, "sort=-name") == ordered[::-1]


def test_a_column_sorts_and_empty_ones_come_last_either_way(
    cast: Cast, few: None, client_of: ClientOf
) -> None:
    assert named(client_of, "sort=criticality")[:2] == ["Omsorgsjournal", "Bookinglisten"]
    assert named(client_of, "sort=-criticality")[:2] == ["Bookinglisten", "Omsorgsjournal"]
    assert named(client_of, "sort=-area")[0] == "Omsorgsjournal"
    assert named(client_of, "sort=kind") == [
        *("Bookinglisten", "Omsorgsjournal", "Ansøgerdata", "Fjernarkivet"),
    ]


def test_areas_sort_as_danes_do_and_a_register_without_any_sorts_too(
    cast: Cast, client_of: ClientOf
) -> None:
    put(cast, "Ingen steder")
    assert named(client_of, "sort=area") == ["Ingen steder"]
    for name in ("Århus", "Ringe", "Ærø"):
        put(cast, name, area=add_area(by=cast.coordinator, name=name))
    assert named(client_of, "sort=area") == ["Ringe", "Ærø", "Århus", "Ingen steder"]
    assert named(client_of, "sort=-area") == ["Århus", "Ærø", "Ringe", "Ingen steder"]


def test_the_usual_columns_leave_the_kind_out_where_one_kind_is_shown(
    few: None, client_of: ClientOf
) -> None:
    usual = cells(client_of, "q=omsorg")
    assert usual["Kind"] == "IT system"
    assert usual["Criticality"] == "Critical to society"
    assert usual["Area"] == "Ældre og sundhed"
    assert "Kind" not in cells(client_of, "q=omsorg&kind=system")


@pytest.mark.parametrize("question", ["columns=supplier,alias", "columns=alias&columns=supplier"])
def test_the_address_chooses_the_columns(few: None, client_of: ClientOf, question: str) -> None:
    found = cells(client_of, f"q=omsorg&{question}")
    assert found == {"Also called": "Æbleskoven", "Supplier": "Ørsbæk Data A/S"}


def test_what_people_wrote_is_text_in_the_list(cast: Cast, client_of: ClientOf) -> None:
    put(cast, "<b>Fed</b>", alias='"><script>alert(1)</script>')
    text = asked(client_of, "columns=alias&q=script")
    assert "<script>alert" not in text
    assert "<b>Fed" not in text
    assert named(client_of) == ["<b>Fed</b>"]


def test_the_kinds_are_counted_as_the_rest_of_the_address_narrows_them(
    few: None, client_of: ClientOf
) -> None:
    def counts(question: str) -> list[str]:
        return findall(r'"kind-number">(\d+)<', asked(client_of, question))

    assert counts("") == ["4", "2", "1", "1"]
    assert counts("kind=archive") == ["4", "2", "1", "1"]
    assert counts("criticality=unset") == ["2", "0", "1", "1"]
    assert counts("q=data") == ["2", "1", "1", "0"]


@pytest.fixture
def many(cast: Cast) -> None:
    """A thousand and more."""
    now, today = timezone.now(), timezone.localdate()
    Asset.objects.bulk_create(
        Asset(
            kind="system" if number % 2 else "data_set",
            name=f"Journal {number:04}",
            criticality="society" if number % 10 == 0 else "",
            registered_on=today,
            created_at=now,
            changed_at=now,
        )
        for number in range(1205)
    )


@pytest.mark.parametrize(
    "question",
    ["", "q=journal", "q=journal&criticality=unset", "sort=changed_at", "left=&missing="],
)
def test_the_pages_together_hold_each_asset_once(
    many: None, client_of: ClientOf, question: str
) -> None:
    whole = 1084 if "unset" in question else 1205
    pages = -(-whole // PER_PAGE)
    first, last = named(client_of, question), named(client_of, f"{question}&page={pages}")
    assert first[0] == ("Journal 0001" if "unset" in question else "Journal 0000")
    assert (len(first), last[-1]) == (PER_PAGE, "Journal 1204")
    assert len(last) == whole - PER_PAGE * (pages - 1)
    assert f"{whole:,}".replace(",", ".") in asked(client_of, question).replace(",", ".")


def test_a_key_of_another_page_costs_no_question_too_many(
    cast: Cast, few: None, client_of: ClientOf
) -> None:
    browser = client_of("member")
    browser.get("/assets/")
    question = f"supplier={Supplier.objects.get().pk}&owner={cast.system_owner.pk}&q=journal"
    with CaptureQueriesContext(connection) as asked_for:
        assert browser.get(f"/assets/?{question}").status_code == 200
    assert len(asked_for) <= MOST_QUERIES


def test_an_empty_register_shows_the_coordinator_the_first_step(client_of: ClientOf) -> None:
    text = asked(client_of)
    assert "/assets/new/system/" in text
    assert "filter-row" not in text
    assert "/assets/new/" not in asked(client_of, who="auditor")


def test_a_kind_of_which_there_is_none_says_so(cast: Cast, client_of: ClientOf) -> None:
    put(cast, "Eneste system")
    for who in ("coordinator", "auditor"):
        text = asked(client_of, "kind=archive", who=who)
        assert "None of this kind is registered yet" in text
        assert "Nothing yet" not in text


def test_a_list_where_nothing_fits_leads_back_to_all(few: None, client_of: ClientOf) -> None:
    text = asked(client_of, "q=findesikke")
    assert "empty-title" in text
    assert '<a class="button button-primary" href="/assets/"' in text
