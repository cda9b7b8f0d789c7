from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from pypdf import PdfReader

from kommissorium.accounts.models import Person
from kommissorium.assets.models import Area
from kommissorium.assets.tests.figure_cases import own, put
from kommissorium.conftest import MOST_OF_PARTS, Cast
from kommissorium.risks.matrix import ScaleCache
from kommissorium.risks.models import CellCount, Scale
from kommissorium.risks.numbers import by_area, development, quarter_ends
from kommissorium.risks.overview import overview_of
from kommissorium.risks.tests.picture_cases import (
    accept,
    assess,
    days_ago,
    level,
    risk,
    scale_in_use,
)

pytestmark = pytest.mark.django_db

type Browsers = Callable[[str], Client]
PAGES = ("risks", "risk_areas", "risk_development")
FILES = ("risks_overview_file", "risk_areas_file", "risk_development_file", "risks_print")
MOST_QUERIES = 12


@pytest.fixture(autouse=True)
def english(cast: Cast) -> None:
    Person.objects.update(language="en")


def text(html: bytes) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html.decode()).split())


def shown(client: Client, name: str, query: str = "") -> str:
    answer = client.get(reverse(name) + query)
    assert answer.status_code == 200
    return text(answer.content)


def test_the_overview_begins_with_the_answer_in_words_and_its_numbers_open_the_list(
    cast: Cast, client_of: Browsers
) -> None:
    level(cast, 2)
    found = assess(cast)
    high = [risk(found, (4, 4), (4, 4) if number == 0 else (1, 1)) for number in range(3)]
    risk(found, (1, 1))
    accept(cast, high[0], amount=1_250_000)
    browser = client_of("executive")
    page = shown(browser, "risks")
    for sentence in (
        "3 risks lie above the risk level.",
        "1 of them is accepted.",
        "2 of them are not accepted.",
        "Once the treatment works, 1 will still lie above it.",
        "1 acceptance of risk is in force, for 1,250,000 kr.",
    ):
        assert sentence in page
    sentences = overview_of(cast.executive).answer()
    listed = [one.url for one in sentences if "/list/" in one.url]
    numbers = [browser.get(url).context["listing"].number for url in listed]
    assert numbers == [3, 1, 2, 1]


@pytest.mark.parametrize(
    ("has_level", "cell", "sentence"),
    [
        (True, (1, 1), "No risk lies above the risk level."),
        (False, (4, 4), "No risk level holds today. So nobody can say what is too much."),
    ],
)
def test_the_answer_says_so_where_nothing_lies_above_or_nobody_set_a_level(
    cast: Cast, client_of: Browsers, has_level: bool, cell: tuple[int, int], sentence: str
) -> None:
    if has_level:
        level(cast, 2)
    risk(assess(cast), cell)
    assert sentence in shown(client_of("chair"), "risks")


def test_each_cell_of_both_matrices_opens_as_many_risks_as_it_says(
    cast: Cast, client_of: Browsers
) -> None:
    found = assess(cast)
    cells = [((4, 4), (2, 2)), ((4, 4), (4, 1)), ((3, 2), None), ((1, 4), (1, 1))]
    for cell, left in cells:
        risk(found, cell, left)
    browser = client_of("auditor")
    context = browser.get(reverse("risks")).context
    opened = 0
    for matrix in (context["before"], context["after"]):
        for cell in matrix.cells:
            assert bool(cell.link) == bool(cell.count)
            if cell.link:
                assert browser.get(cell.link).context["listing"].number == cell.count
                assert len(browser.get(cell.link).context["rows"]) == cell.count
                opened += cell.count
    assert opened == 4 + 3
    assert context["unsaid"] == 1


def test_what_the_matrix_has_no_cell_for_is_told_in_words(cast: Cast, client_of: Browsers) -> None:
    other = scale_in_use()
    small = Scale.objects.create(
        family="small",
        name="Lille",
        size=3,
        likelihoods=other.likelihoods[:3],
        consequences=other.consequences[:3],
        bands=other.bands,
        cells=[row[:3] for row in other.cells[:3]],
        made_at=timezone.now(),
    )
    risk(assess(cast), (2, 2), (1, 1))
    risk(assess(cast, scale=small), (2, 2), (1, 1))
    risk(assess(cast), None, (1, 1))
    browser = client_of("coordinator")
    page = shown(browser, "risks")
    assert "3 risks in all" in page
    assert "1 risk is not in the matrices: it was assessed by a scale" in page
    assert "1 risk has no scores" in page
    address = f"{reverse('risk_list')}?consequence=2&likelihood=2"
    assert browser.get(address).context["listing"].number == 1


def test_a_day_gone_by_stands_beside_today_with_what_became_of_each_risk(
    cast: Cast, client_of: Browsers
) -> None:
    level(cast, 2)
    old = assess(cast, since=100, until=10)
    up, down, same, _gone = (risk(old, cell) for cell in [(1, 1), (4, 4), (4, 3), (2, 2)])
    new = assess(cast, since=10)
    risk(new, (4, 4), lineage=up.lineage)
    risk(new, (1, 1), lineage=down.lineage)
    risk(new, (4, 3), lineage=same.lineage)
    risk(new, (3, 3))
    risk(assess(cast, since=200), (1, 2))  # held all along
    browser = client_of("executive")
    day = days_ago(50).isoformat()
    page = shown(browser, "risks", f"?then={day}")
    for words in ("↑ 1 is higher", "+ 1 is new", "↓ 1 is lower", "− 1 is gone"):
        assert words in page
    assert "2 lay above the risk level. Today it is 3." in page
    for way, title in (("up", up.lineage), ("down", down.lineage)):
        rows = browser.get(f"{reverse('risk_list')}?moved={way}&since={day}").context["rows"]
        assert [row.lineage for row, _cells in rows] == [title]
    rows = browser.get(f"{reverse('risk_list')}?moved=new&since={day}").context["rows"]
    assert [(row.consequence, row.likelihood) for row, _cells in rows] == [(3, 3)]


def test_a_day_before_the_first_assessment_and_one_to_come_are_answered_in_words(
    cast: Cast, client_of: Browsers
) -> None:
    risk(assess(cast, since=10))
    browser = client_of("chair")
    assert "No risk assessment held on" in shown(browser, "risks", "?then=2001-01-01")
    today = timezone.localdate().isoformat()
    assert "Choose a past day." in shown(browser, "risks", f"?then={today}")
    assert "Write the day as a date." in shown(browser, "risks", "?then=igår")


def test_the_areas_count_their_own_risks_once_each(cast: Cast) -> None:
    level(cast, 2)
    north, south = Area.objects.create(name="Nord"), Area.objects.create(name="Øst")
    systems = [put(name, area=north) for name in ("A", "B")] + [put("C", area=south)]
    shared = assess(cast, assets=systems)
    first = risk(shared, (4, 4), (1, 1))
    risk(shared, (1, 1))
    risk(assess(cast, area=south, scope="area"), (4, 4))
    risk(assess(cast), (3, 4))
    accept(cast, first)
    rows = {
        row.area.name if row.area else "": (row.total, row.above, row.unaccepted, row.left_above)
        for row in by_area(cast.auditor, ScaleCache.known())
    }
    assert rows == {"Nord": (2, 1, 0, 0), "Øst": (3, 2, 1, 0), "": (1, 1, 1, 0)}
    assert list(rows) == ["Nord", "Øst", ""]


def test_the_development_tells_each_quarter_by_the_level_of_that_day(cast: Cast) -> None:
    ends = quarter_ends(timezone.localdate())
    ago = [(timezone.localdate() - day).days for day in ends]
    level(cast, 3, since=ago[-3] + 5, until=ago[-1])
    level(cast, 1, since=ago[-1])
    risk(assess(cast, since=ago[-4] + 1, until=ago[-2]), (4, 4))
    later = assess(cast, since=ago[-2])
    risk(later, (1, 4))
    risk(later, (2, 2))
    rank = scale_in_use().rank_of
    found = development(ScaleCache.known())
    told = [(row.total, row.above) for row in found.rows]
    worst = int(rank(4, 4) > 3)
    now = int(rank(1, 4) > 1) + int(rank(2, 2) > 1)
    before = int(rank(1, 4) > 3) + int(rank(2, 2) > 3)
    assert told == [(1, None), (1, worst), (2, before), (2, now), (2, now)]
    assert [row.day for row in found.rows] == [*ends[-4:], timezone.localdate()]
    assert found.is_drawn
    drawn = [one.values for one in found.picture.lines]
    assert drawn == [list(values) for values in zip(*told, strict=True)]


def test_quarters_end_where_the_calendar_says() -> None:
    ends = quarter_ends(date(2026, 2, 28), 3)
    assert ends == [date(2025, 6, 30), date(2025, 9, 30), date(2025, 12, 31)]


def test_the_document_has_two_pages_that_say_what_the_page_says(
    cast: Cast, client_of: Browsers
) -> None:
    level(cast, 2)
    found = assess(cast, "Borger.nu")
    for number in range(12):
        risk(
            found, (4, 4), (1, 1), title=f"Risiko nummer {number} med et ret langt navn, der fylder"
        )
    answer = client_of("chair").get(reverse("risks_print"))
    reader = PdfReader(BytesIO(answer.content))
    words = " ".join(page.extract_text() for page in reader.pages)
    assert len(reader.pages) == 2
    assert "12 risks lie above the risk level." in words
    assert "Borger.nu" in words


def test_the_workbooks_hold_what_the_pages_show(cast: Cast, client_of: Browsers) -> None:
    level(cast, 2)
    risk(assess(cast), (4, 4), (1, 1))
    browser = client_of("auditor")
    answer = browser.get(reverse("risks_overview_file") + f"?then={days_ago(3)}")
    book = load_workbook(BytesIO(answer.getvalue()))
    assert len(book.sheetnames) == 4
    for name in book.sheetnames[1:]:
        rows = list(book[name].iter_rows(min_row=2, min_col=2, values_only=True))
        assert [number for row in rows for number in row if number] == [1]
    for name in ("risk_areas_file", "risk_development_file"):
        sheet = load_workbook(BytesIO(browser.get(reverse(name)).getvalue())).active
        assert sheet is not None
        assert [cell.value for cell in sheet[2]][1] == 1


@pytest.mark.parametrize("who", ["employee", "administrator", "system_owner"])
def test_who_does_not_read_all_gets_the_overview_of_own_risks_and_no_other_picture(
    cast: Cast, client_of: Browsers, who: str
) -> None:
    system = put("Borger.nu")
    own(system, cast, "system_owner")
    risk(assess(cast, assets=[system]), (3, 3))
    risk(assess(cast), (4, 4), title="Ikke deres")
    browser = client_of(who)
    page = shown(browser, "risks")
    assert "Ikke deres" not in page
    assert ("1 risk in all" if who == "system_owner" else "No risks are yours") in page
    for name in (*PAGES[1:], *FILES[1:]):
        assert browser.get(reverse(name)).status_code == 404, name
    sheet = load_workbook(
        BytesIO(browser.get(reverse("risks_overview_file")).getvalue())
    ).worksheets
    rows = sheet[1].iter_rows(min_row=2, min_col=2, values_only=True)
    numbers = [number for row in rows for number in row if number]
    assert numbers == ([1] if who == "system_owner" else [])


@pytest.mark.parametrize("name", PAGES)
def test_a_picture_without_any_risk_says_what_will_stand_there(
    cast: Cast, client_of: Browsers, name: str
) -> None:
    assert "No risk assessment holds yet" in shown(client_of("coordinator"), name)
    assert "No risk assessment holds yet" in shown(client_of("member"), name)


def test_a_picture_asks_as_many_questions_of_few_risks_as_of_many(
    cast: Cast, client_of: Browsers
) -> None:
    level(cast, 2)
    level(cast, 1, group="supplier")
    areas = [Area.objects.create(name=f"Område {number}") for number in range(5)]
    browser = client_of("chair")
    addresses = [reverse(name) for name in (*PAGES, "risks_print", "risk_list")]
    addresses.append(f"{reverse('risks')}?then={days_ago(50)}")
    asked = {}
    for many in (1, 20):
        for number in range(many):
            old = risk(assess(cast, since=90, until=9), (2, 2))
            system = put(f"System {many} {number}", area=areas[number % 5])
            one = risk(assess(cast, since=9, assets=[system]), (4, 4), lineage=old.lineage)
            accept(cast, one)
        for address in addresses:
            browser.get(address)
            with CaptureQueriesContext(connection) as queries:
                assert browser.get(address).status_code == 200
            asked[many, address] = len(queries)
            most = MOST_QUERIES if address == reverse("risk_list") else MOST_OF_PARTS
            assert len(queries) <= most, address
    for address in addresses:
        assert asked[1, address] == asked[20, address]


def test_the_counts_are_kept_by_the_database_when_a_risk_of_today_is_deleted(cast: Cast) -> None:
    found = assess(cast, since=None)
    one = risk(found, (4, 4))
    type(one).objects.filter(pk=one.pk).update(is_in_force=True)
    assert sum(row.number for row in CellCount.objects.all()) == 2  # before and after
    one.delete()
    assert sum(row.number for row in CellCount.objects.all()) == 0
