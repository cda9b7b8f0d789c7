"""The lists of owners, and handing over many at once."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from kommissorium.accounts.models import Person
from kommissorium.assets.actions.assets import add_asset
from kommissorium.assets.actions.owners import appoint, hand_over
from kommissorium.assets.models import (
    Asset,
    Completeness,
    Ownership,
    RegisterSettings,
    Role,
)
from kommissorium.assets.tests.owner_cases import make_register
from kommissorium.conftest import Cast
from kommissorium.registers.actions.kept import keep_figures

Browser = Callable[[str], Client]
MOST_QUERIES = 12
OWNERS, HAND_OVER = "/assets/owners/", "/assets/owners/hand-over/"


@pytest.fixture
def register(cast: Cast) -> dict[str, Asset]:
    return make_register(cast)


def shown(browser: Client, **query: object) -> list[str]:
    rows = browser.get(reverse("owners"), query).context["rows"]
    return [str(getattr(row, "asset", row)) for row in rows]


def test_the_lists_show_who_owns_what_has_nobody_and_what_leavers_own(
    cast: Cast, register: dict[str, Asset], client_of: Browser
) -> None:
    browser = client_of("coordinator")
    assert shown(browser) == [cast.deputy.name, cast.member.name]
    assert shown(browser, view="without") == ["Borgerdata", "Kælderen", "Åbent system"]
    assert shown(browser, view="left") == ["Borgerdata"]
    assert shown(browser, view="many") == []
    assert shown(browser, view="person", person=cast.member.pk) == ["Sagssystemet"] * 2
    assert shown(browser, view="nonsense") == shown(browser, view="person", person="x")
    RegisterSettings.objects.create(pk=1, many_assets=2)
    for number in range(2):
        asset = add_asset(by=cast.coordinator, kind="system", values={"name": f"Nr. {number}"})
        appoint(asset, Role.DATA_OWNER, cast.member, by=cast.coordinator)
    assert shown(browser, view="many") == [cast.member.name]


def test_the_number_of_assets_stands_under_each_role(
    cast: Cast, register: dict[str, Asset], client_of: Browser
) -> None:
    asset = register["sag"]
    appoint(asset, Role.DATA_OWNER, cast.member, by=cast.coordinator)
    row = client_of("auditor").get(OWNERS, {"q": cast.member.name}).context["rows"][0]
    counts = (row.owned_count, row.system_owner_count, row.data_owner_count, row.manager_count)
    assert counts == (1, 1, 1, 1)
    browser = client_of("auditor")
    assert shown(browser, sort="-manager") == [cast.member.name, cast.deputy.name]
    assert shown(browser, sort="manager") == [cast.deputy.name, cast.member.name]
    data = browser.get(reverse("owners_file"), {"q": cast.member.name}).getvalue()
    sheet = load_workbook(io.BytesIO(data)).worksheets[0]
    assert [cell.value for cell in sheet[2]][4:] == [1, 1, 1, 1, 0]


def test_words_kind_and_area_narrow_every_list(
    cast: Cast, register: dict[str, Asset], client_of: Browser
) -> None:
    browser, area = client_of("coordinator"), register["sag"].area
    assert area is not None
    assert shown(browser, view="without", q="ÅBENT") == ["Åbent system"]
    assert shown(browser, view="without", kind="archive") == ["Kælderen"]
    assert shown(browser, view="without", area=area.pk) == ["Borgerdata"]
    assert shown(browser, view="without", area="none") == ["Kælderen", "Åbent system"]
    assert shown(browser, view="without", area="none", kind="x") == ["Kælderen", "Åbent system"]
    assert shown(browser, view="left", q=f"borger {cast.deputy.name}") == ["Borgerdata"]
    assert shown(browser, kind="data_set") == [cast.deputy.name]
    assert shown(browser, view="without", sort="-name")[0] == "Åbent system"
    assert shown(browser, view="left", q="zzz") == []


def test_those_chosen_get_an_owner_and_the_receipt_says_how_many(
    cast: Cast, register: dict[str, Asset], client_of: Browser
) -> None:
    browser = client_of("coordinator")
    keys = [register["arkiv"].pk, register["bare"].pk]
    query = {"view": "without", "one": keys}
    form = browser.get(HAND_OVER, query).context["form"]
    values = {"chosen": form.initial["chosen"], "person": cast.chair.pk, "from_date": "2026-01-02"}
    values["from_date"] = (timezone.localdate() - timedelta(days=1)).isoformat()
    answer = browser.post(f"{HAND_OVER}?view=without", values, follow=True)
    assert answer.redirect_chain[-1][0] == f"{OWNERS}?view=person&person={cast.chair.pk}"
    assert cast.chair.name in str(next(iter(answer.context["messages"])))
    held = Ownership.objects.filter(person=cast.chair).values_list("role", "asset__name")
    assert set(held) == {("archive_owner", "Kælderen"), ("system_owner", "Åbent system")}


def test_all_that_was_found_is_handed_over_at_once(
    cast: Cast, register: dict[str, Asset], client_of: Browser
) -> None:
    browser = client_of("coordinator")
    query = {"view": "person", "person": cast.member.pk, "q": "sags", "all": 1}
    chosen = browser.get(HAND_OVER, query).context["chosen"]
    assert len(chosen.rows) == 2
    values = {"chosen": chosen.keys, "person": cast.chair.pk, "from_date": timezone.localdate()}
    assert browser.post(f"{HAND_OVER}?view=person&person=1", values).status_code == 302
    assert Ownership.objects.current().filter(person=cast.chair).count() == 2


def test_nothing_is_handed_over_where_one_cannot_be(
    cast: Cast, register: dict[str, Asset], client_of: Browser
) -> None:
    browser = client_of("coordinator")
    rows = Ownership.objects.filter(person=cast.member)
    keys = ",".join(str(row.pk) for row in rows)
    early = timezone.localdate() - timedelta(days=400)
    values = {"chosen": keys, "person": cast.chair.pk, "from_date": early}
    answer = browser.post(f"{HAND_OVER}?view=left", values)
    assert answer.status_code == 400
    assert "Sagssystemet" in str(answer.context["form"].errors["from_date"])
    assert not Ownership.objects.filter(person=cast.chair).exists()
    for wrong in ("", "x,y", "999999", f"{keys},999999"):
        answer = browser.post(f"{HAND_OVER}?view=left", {**values, "chosen": wrong})
        assert answer.status_code == 400, wrong
    assert browser.get(HAND_OVER, {"view": "without"}).status_code == 400


def test_one_is_appointed_and_let_go_on_the_asset_itself(
    cast: Cast, register: dict[str, Asset], client_of: Browser
) -> None:
    browser, asset = client_of("coordinator"), register["bare"]
    url = reverse("owner_appoint", args=[asset.pk, "system_owner"])
    day = timezone.localdate() - timedelta(days=2)
    values = {"person": cast.chair.pk, "from_date": day}
    assert browser.post(url, values)["Location"] == asset.get_absolute_url()
    end = reverse("owner_release", args=[asset.pk, "system_owner"])
    assert cast.chair.name in browser.get(end).content.decode()
    assert browser.post(end, {"to_date": day}).status_code == 302
    assert Ownership.objects.get(asset=asset).to_date == day
    assert browser.get(end).status_code == 400
    wrong = reverse("owner_appoint", args=[asset.pk, "archive_owner"])
    assert browser.get(wrong).status_code == 404
    assert browser.post(url, {"person": cast.deputy.pk, "from_date": day}).status_code == 400


def test_a_leaver_stands_on_the_page_as_one_who_has_left(
    cast: Cast, register: dict[str, Asset], client_of: Browser
) -> None:
    shown = _in_english(client_of("coordinator"), cast).get(OWNERS, {"view": "without"})
    page = shown.content.decode()
    assert re.search(rf"{cast.deputy.name}.{{0,300}}Has left", page, re.DOTALL)
    assert page.count("None</td>") == 2


def test_each_list_is_saved_as_a_workbook_as_it_is_narrowed(
    cast: Cast, register: dict[str, Asset], client_of: Browser
) -> None:
    browser = client_of("auditor")
    for query, names in (
        ({}, [cast.deputy.name, cast.member.name]),
        ({"view": "without", "q": "åbent"}, ["Åbent system"]),
        ({"view": "left"}, ["Borgerdata"]),
    ):
        answer = browser.get(reverse("owners_file"), query)
        sheet = load_workbook(io.BytesIO(answer.getvalue())).worksheets[0]
        assert [row[0].value for row in sheet.iter_rows(min_row=2)] == names


@pytest.mark.parametrize("view", ["all", "without", "left", "many", "person"])
def test_a_list_of_owners_asks_few_questions_however_long_it_is(
    cast: Cast, register: dict[str, Asset], client_of: Browser, view: str
) -> None:
    since = timezone.localdate()
    for number in range(60):
        asset = Asset.objects.create(
            kind="system",
            name=f"Nr. {number}",
            registered_on=since,
            created_at=timezone.now(),
            changed_at=timezone.now(),
        )
        if number % 2:
            person = cast.deputy if number % 4 == 1 else cast.member
            row = {"asset": asset, "person": person, "from_date": since}
            Ownership.objects.create(role=Role.SYSTEM_OWNER, **row)
    browser = client_of("head_of_it")
    query = {"view": view, "person": cast.member.pk}
    browser.get(OWNERS, query)
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(OWNERS, query).status_code == 200
    assert len(asked) <= MOST_QUERIES, "\n".join(one["sql"] for one in asked)


@pytest.mark.parametrize(
    ("who", "status"),
    [("employee", 404), ("administrator", 404), ("auditor", 200), ("member", 200)],
)
def test_only_who_reads_the_registers_sees_the_owners(
    cast: Cast, register: dict[str, Asset], client_of: Browser, who: str, status: int
) -> None:
    browser = client_of(who)
    for name in ("owners", "owners_file", "completeness", "completeness_file"):
        assert browser.get(reverse(name)).status_code == status, name
    assert browser.get(HAND_OVER).status_code == (403 if status == 200 else 404)


def test_an_empty_register_says_what_will_stand_there(cast: Cast, client_of: Browser) -> None:
    browser = _in_english(client_of("coordinator"), cast)
    for view, words in (
        ("all", "Nobody owns anything yet"),
        ("without", "Everything has an owner"),
        ("left", "Nobody who has left owns anything"),
        ("many", "Nobody owns too many"),
    ):
        assert words in browser.get(OWNERS, {"view": view}).content.decode()
    assert "The register is empty" in browser.get(reverse("completeness")).content.decode()


def _in_english(browser: Client, cast: Cast) -> Client:
    Person.objects.filter(pk=cast.coordinator.pk).update(language="en")
    return browser


def test_data_owners_are_given_to_many_systems_at_once(
    cast: Cast, register: dict[str, Asset], client_of: Browser
) -> None:
    browser, wish = client_of("coordinator"), {"view": "without_data"}
    listed = {row.pk for row in browser.get(reverse("owners"), wish).context["rows"]}
    assert listed == {register["sag"].pk, register["bare"].pk}
    chosen = {**wish, "one": [register["sag"].pk, register["bare"].pk]}
    page = browser.get(reverse("hand_over"), chosen).content.decode()
    assert "Dataejer" in page
    today = timezone.localdate().isoformat()
    posted = {"chosen": ",".join(map(str, listed)), "person": cast.chair.pk, "from_date": today}
    browser.post(f"{reverse('hand_over')}?view=without_data", posted)
    held = Ownership.objects.current().filter(asset__in=listed, person=cast.chair)
    assert {row.role for row in held} == {"data_owner"}
    assert held.count() == 2
    assert not browser.get(reverse("owners"), wish).context["rows"].object_list


def test_who_owned_what_on_a_day_gone_by_is_told_by_the_dates(
    cast: Cast, register: dict[str, Asset], client_of: Browser
) -> None:
    today = timezone.localdate()
    day = today - timedelta(days=5)
    keep_figures("assets", day)
    held = Ownership.objects.get(asset=register["sag"], role="system_owner", to_date=None)
    since = today - timedelta(days=2)
    hand_over([held], cast.chair, by=cast.coordinator, from_date=since)
    browser, wish = client_of("auditor"), {"on": day.isoformat()}
    assert shown(browser, **wish) == [cast.deputy.name, cast.member.name]
    assert cast.chair.name in shown(browser)
    assert shown(browser, view="person", person=cast.chair.pk, **wish) == []
    answer = browser.get(OWNERS, {**wish, "view": "without"})
    assert answer.context["wish"].view == "all", "which had none is not kept"
    whole = Completeness.newest(day)
    assert whole is not None
    numbers = [number for _label, number in answer.context["numbers"]]
    assert numbers == [whole.assets, whole.without_owner, 2, 2, 4]
    page = answer.content.decode()
    assert "Som det var den" in page
    assert "?view=without" not in page
    book = load_workbook(io.BytesIO(browser.get(f"{OWNERS}file/", wish).getvalue()))
    assert book.worksheets[0].max_row == 3
    for nonsense in ("i går", (today + timedelta(days=1)).isoformat()):
        assert browser.get(OWNERS, {"on": nonsense}).status_code == 400
