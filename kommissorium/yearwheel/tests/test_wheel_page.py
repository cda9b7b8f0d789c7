"""The wheel on its page and as files: whose it is, what it is narrowed to, and at what cost."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from kommissorium.committees.actions.committee import found_committee
from kommissorium.conftest import Cast, plan
from kommissorium.core.evidence.models import Event
from kommissorium.yearwheel.actions import adopt_duties, delegate, finish, skip
from kommissorium.yearwheel.duty_proposals import propose_duties
from kommissorium.yearwheel.models import Duty, Occurrence
from kommissorium.yearwheel.tests.conftest import Add, day
from kommissorium.yearwheel.wheel import Wheel

pytestmark = pytest.mark.both("narrows by words and days")

Browser = Callable[[str], Client]
MOST_QUERIES = 12
FORMS = ("pdf-a4", "pdf-a3", "xlsx", "ics")


def wheel(cast: Cast, browser: Client, year: int, **query: Any) -> Any:
    return browser.get(reverse("wheel", args=[cast.committee.pk, year]), query)


def titles(page: Any) -> list[str]:
    return [arc.entry.title for arc in page.context["picture"].arcs]


def listed(page: Any) -> list[str]:
    return [
        line.title
        for _month, lines, _folded in page.context["months"]
        for line in lines
        if line.entry is not None
    ]


def test_the_picture_and_the_list_hold_the_same(cast: Cast, add: Add, client_of: Browser) -> None:
    add(title="Øvelse i beredskab", due=day(9))
    add(title="Alarm", due=day(5))
    plan(cast)
    page = wheel(cast, client_of("member"), day(5).year)
    assert page.status_code == 200
    assert titles(page) == listed(page) == ["Alarm", "Øvelse i beredskab"]
    text = page.content.decode()
    for arc in page.context["picture"].arcs:
        assert text.count(f'href="{arc.entry.url}"') == 2
    assert text.index('class="disc-arc"') < text.index('class="disc-list"')


def test_nothing_on_the_page_is_styled_or_scripted_inline(
    cast: Cast, add: Add, client_of: Browser
) -> None:
    add(title='<b>"Farlig" & titel</b>')
    text = wheel(cast, client_of("chair"), day(20).year).content.decode()
    assert not re.search(r"<[^>]+\sstyle=", text)
    assert "<script>" not in text
    assert "<b>" not in text
    # Numbers of the picture have points in every language.
    assert not re.search(r'\sd="[^"]*,', text)


def test_filters_stand_in_the_address_as_on_the_list(
    cast: Cast, add: Add, client_of: Browser
) -> None:
    browser, year = client_of("member"), day(5).year
    add(title="hans", due=day(5), tags=("vigtig",))
    done = add(title="gjort", due=day(5), months=1, responsible_person=cast.chair)
    finish(done.occurrences.open().get(), by=cast.chair, result="no_fault")
    tag = Duty.objects.get(title="hans").tags.get()
    assert titles(wheel(cast, browser, year, tag=tag.pk)) == ["hans"]
    assert titles(wheel(cast, browser, year, person=cast.head_of_it.pk)) == ["hans"]
    assert titles(wheel(cast, browser, year, state="done")) == ["gjort"]
    page = wheel(cast, browser, year, state="done")
    assert listed(page) == ["gjort"]
    assert "state=done" in page.content.decode()


def test_years_before_and_after_can_be_turned_to(cast: Cast, add: Add, client_of: Browser) -> None:
    add(title="hver måned", months=1, due=day(5))
    browser, year = client_of("chair"), day(5).year
    assert titles(wheel(cast, browser, year + 30)) == ["hver måned"] * 12
    assert titles(wheel(cast, browser, year - 1)) == []
    for far in (1, 9999):
        assert wheel(cast, browser, far).status_code == 200
    assert browser.get(f"/yearwheel/{cast.committee.pk}/0/wheel/").status_code == 404
    assert browser.get(f"/yearwheel/{cast.committee.pk}/10000/wheel/").status_code == 404


def test_an_empty_wheel_says_what_the_first_step_is(cast: Cast, client_of: Browser) -> None:
    url = reverse("duty_proposals", args=[cast.committee.pk])
    year = day(0).year
    assert url in wheel(cast, client_of("coordinator"), year).content.decode()
    assert url not in wheel(cast, client_of("member"), year).content.decode()
    plan(cast)
    page = wheel(cast, client_of("coordinator"), day(0).year)
    assert url in page.content.decode()


def test_everybody_sees_what_is_theirs_to_see(cast: Cast, add: Add, client_of: Browser) -> None:
    add(title="alles")
    add(title="Emmas", responsible_person=cast.employee)
    year = day(20).year
    for who in ("coordinator", "chair", "dpo", "member", "executive", "auditor"):
        assert sorted(titles(wheel(cast, client_of(who), year))) == ["Emmas", "alles"], who
    assert titles(wheel(cast, client_of("employee"), year)) == ["Emmas"]
    for who in ("administrator",):
        browser = client_of(who)
        assert wheel(cast, browser, year).status_code == 404
        for form in FORMS:
            url = reverse("wheel_file", args=[cast.committee.pk, year, form])
            assert browser.get(url).status_code == 404
        nothing = browser.get(reverse("wheels", args=["all", year]))
        assert titles(nothing) == []


@pytest.fixture
def other(cast: Cast, add: Add) -> Duty:
    """A duty of a second committee that only the coordinator and the auditor follow."""
    committee = found_committee(name="Beredskabsudvalget", by=cast.coordinator)
    return add(title="den andens", committee=committee, responsible_person=cast.head_of_it)


def test_several_wheels_all_one_and_mine(
    cast: Cast, add: Add, other: Duty, client_of: Browser
) -> None:
    add(title="min", responsible_person=cast.coordinator)
    add(title="en andens")
    year = day(20).year

    def seen(who: str, which: str) -> list[str]:
        return sorted(titles(client_of(who).get(reverse("wheels", args=[which, year]))))

    assert seen("coordinator", "all") == ["den andens", "en andens", "min"]
    assert seen("coordinator", "mine") == ["min"]
    # Who follows one committee sees all of it, and of the other what is theirs.
    assert seen("head_of_it", "all") == ["den andens", "en andens", "min"]
    assert seen("head_of_it", "mine") == ["den andens", "en andens"]
    assert seen("member", "all") == ["en andens", "min"]
    assert seen("member", "mine") == []
    page = client_of("coordinator").get(reverse("wheels", args=["all", year]))
    assert "Beredskabsudvalget" in page.content.decode()
    browser = client_of("coordinator")
    assert browser.get(reverse("wheels", args=["yours", year])).status_code == 404
    assert browser.get(reverse("wheel_now")).url == reverse("wheels", args=["all", day(0).year])
    alone = client_of("member").get(reverse("wheel_now")).url
    assert alone == reverse("wheel", args=[cast.committee.pk, day(0).year])


def test_what_is_handed_over_is_mine(cast: Cast, add: Add, client_of: Browser) -> None:
    duty = add(title="lånt")
    delegate(duty.occurrences.get(), by=cast.head_of_it, to=cast.member)
    Occurrence.objects.update(delegate=cast.member)
    page = client_of("member").get(reverse("wheels", args=["mine", day(20).year]))
    assert titles(page) == ["lånt"]


def test_wheels_read_together_are_those_read_one_by_one(cast: Cast, add: Add, other: Duty) -> None:
    adopt_duties(cast.committee, propose_duties(cast.committee), by=cast.coordinator)
    add(rhythm="meeting", months=None, due=None, title="ved hvert møde")
    add(rhythm="meeting", months=None, due=None, committee=other.committee, title="der")
    plan(cast)
    both = [cast.committee, other.committee]
    together = Wheel(*both).entries(day(-30), day(500))
    apart = [entry for one in both for entry in Wheel(one).entries(day(-30), day(500))]
    assert sorted(together, key=lambda entry: entry.key) == sorted(
        apart, key=lambda entry: entry.key
    )


def test_the_page_asks_few_queries_with_300_duties(
    cast: Cast, add: Add, other: Duty, client_of: Browser
) -> None:
    adopt_duties(cast.committee, propose_duties(cast.committee), by=cast.coordinator)
    rows = list(Duty.objects.filter(committee=cast.committee))
    for number in range(300 - len(rows)):
        add(title=f"Pligt {number}", months=12, tags=(f"mærke {number % 5}",))
    for occurrence in Occurrence.objects.open()[:20]:
        skip(occurrence, by=cast.coordinator, because="Fordi")
    plan(cast)
    assert Duty.objects.filter(committee=cast.committee).count() == 300
    year = day(20).year
    urls = [
        reverse("wheel", args=[cast.committee.pk, year]),
        reverse("wheel", args=[cast.committee.pk, year + 1]),
        reverse("wheels", args=["all", year]),
        reverse("wheels", args=["mine", year]),
    ]
    events = Event.objects.count()
    for who in ("coordinator", "head_of_it"):
        browser = client_of(who)
        browser.get(reverse("tasks"))  # the first request of a sign-in writes its session
        for url in urls:
            with CaptureQueriesContext(connection) as queries:
                assert browser.get(url).status_code == 200
            assert len(queries) <= MOST_QUERIES, (
                who,
                url,
                "\n".join(query["sql"][:200] for query in queries),
            )
    assert Event.objects.count() == events


@pytest.fixture
def filled(cast: Cast, add: Add) -> int:
    """One done with a conclusion, one late, one to come, and a meeting. Returns the year."""
    late = add(title="Øvelse", due=day(3), months=6)  # few enough for the front of a sheet
    finish(late.occurrences.get(), by=cast.head_of_it, result="critical", conclusion="Hemmeligt")
    add(title="=1+1", due=day(4))
    skipped = add(title="Udeladt", due=day(4))
    skip(skipped.occurrences.get(), by=cast.coordinator, because="Fordi")
    plan(cast)
    return day(3).year


@pytest.mark.parametrize("form", ["pdf-a4", "pdf-a3"])
def test_paper_is_one_accessible_sheet(
    cast: Cast, filled: int, form: str, client_of: Browser
) -> None:
    answer = client_of("member").get(reverse("wheel_file", args=[cast.committee.pk, filled, form]))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    assert f"{filled}" in answer["Content-Disposition"]
    reader = PdfReader(io.BytesIO(answer.content))
    assert len(reader.pages) == 1
    box = reader.pages[0].mediabox
    assert (round(box.width), round(box.height)) == (
        (595, 842) if form == "pdf-a4" else (1191, 842)
    )
    text = "\n".join(page.extract_text() for page in reader.pages)
    assert "Øvelse" in text
    assert "Hemmeligt" not in text
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    figures = [str(one) for one in _alternatives(reader.trailer["/Root"]["/StructTreeRoot"])]
    assert any(str(filled) in alt for alt in figures)


def _alternatives(node: Any, depth: int = 0) -> list[Any]:
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        return [alt for kid in node for alt in _alternatives(kid, depth + 1)]
    if not hasattr(node, "get") or depth > 30:
        return []
    own = [node["/Alt"]] if "/Alt" in node else []
    return own + (_alternatives(node["/K"], depth + 1) if "/K" in node else [])


def test_excel_holds_the_list_and_no_formula(cast: Cast, filled: int, client_of: Browser) -> None:
    url = reverse("wheel_file", args=[cast.committee.pk, filled, "xlsx"])
    book = load_workbook(io.BytesIO(client_of("member").get(url).content))
    due, _meetings = book.worksheets
    rows = list(due.iter_rows(values_only=True))
    names = [row[1] for row in rows[1:]]
    assert {"Øvelse", "=1+1", "Udeladt"} <= set(names)
    assert all(cell.data_type != "f" for row in due.iter_rows() for cell in row)
    narrowed = client_of("member").get(url, {"state": "skipped"})
    [only] = list(load_workbook(io.BytesIO(narrowed.content)).worksheets[0].values)[1:]
    assert only[1] == "Udeladt"


def test_the_calendar_file_has_whole_days_and_no_skipped_ones(
    cast: Cast, filled: int, client_of: Browser
) -> None:
    url = reverse("wheel_file", args=[cast.committee.pk, filled, "ics"])
    text = client_of("member").get(url).content.decode()
    assert f"DTSTART;VALUE=DATE:{day(4):%Y%m%d}" in text
    assert "Udeladt" not in text
    assert "Hemmeligt" not in text
    uids = re.findall(r"UID:(\S+)", text)
    assert len(uids) == len(set(uids)) > 1


def test_a_form_that_is_none_is_not_found(cast: Cast, filled: int, client_of: Browser) -> None:
    browser = client_of("member")
    url = reverse("wheel_file", args=[cast.committee.pk, filled, "docx"])
    assert browser.get(url).status_code == 404
    assert browser.get(reverse("wheels_file", args=["all", filled, "exe"])).status_code == 404
    assert browser.get(reverse("wheels_file", args=["mine", filled, "ics"])).status_code == 200
