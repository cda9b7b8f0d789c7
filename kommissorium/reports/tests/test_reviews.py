"""The year's report: made of the year's approved statuses, decided, frozen, and handed out."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from docx import Document
from pypdf import PdfReader

from kommissorium.accounts.actions import change_municipality
from kommissorium.accounts.models import Municipality
from kommissorium.conftest import Cast
from kommissorium.core.refusals import Refused
from kommissorium.registers.periods import Year
from kommissorium.registers.status import StatusFigure, StatusPart
from kommissorium.reports.actions.periodic_reports import compose_report
from kommissorium.reports.models import QuarterlyStatus, YearReview
from kommissorium.reports.proposals import KIND, REVIEW
from kommissorium.reports.review_composing import HEADINGS
from kommissorium.reports.tests.cases import (
    GROUND,
    approve,
    close,
    last_year,
    review_drafted,
    write,
)
from kommissorium.reports.todo import review_reminders_on, review_todos_of

Browser = Callable[[str], Client]


def status_of(cast: Cast, number: int, *figures: StatusFigure, closes: str = "") -> QuarterlyStatus:
    """Approve the status of a quarter of last year, with these figures of its year wheel."""
    quarter = last_year().quarters[number - 1]
    status = compose_report(KIND, cast.committee, quarter, by=cast.coordinator)
    empty = {one.code: "" for one in status.parts.all() if one.lacks_words}
    write(cast, status, **empty | {"projects": f"Projekt {number}."})
    part = StatusPart("duties", "Årshjulets opgaver", figures, "")
    status.parts.filter(code="duties").update(content=part.data)
    if closes:
        close(cast, KIND, status, **{closes: f"Lukket {number}."})
    approve(cast, KIND, status)
    return status


def figures(value: int, before: int | None) -> tuple[StatusFigure, StatusFigure]:
    done = StatusFigure("duties_done", "Udført", value, before, sums=True)
    return done, StatusFigure("duties_overdue", "Over tiden", value, before, wanted="less")


def set_top_management(cast: Cast, who: str) -> None:
    found = Municipality.current()
    change_municipality(
        found,
        by=cast.administrator,
        name=found.name,
        mfa_required=found.mfa_required,
        anchor_email=found.anchor_email,
        edit_version=found.edit_version,
        top_management=who,
    )


def test_each_input_of_the_standard_has_its_part_and_the_outputs_are_decisions(cast: Cast) -> None:
    made = review_drafted(cast)
    parts = {one.code: one for one in made.parts.all()}
    assert set(parts) == {"conclusion", *HEADINGS}
    for clause in ("a", "b, c", "d1", "d2", "d3", "d4", "e", "f", "g"):
        assert sum(f"(9.3.2 {clause})" in one.heading for one in parts.values()) == 1, clause
    assert "9.3.3" in parts["outputs"].heading
    assert parts["monitoring"].figures and parts["conclusion"].text
    said = ["Projekt", "Alle er grønne."]
    assert any(said[1] in cell for row in parts["monitoring"].table[1] for cell in row)


def test_a_year_has_what_happened_in_its_quarters_and_how_it_stood_at_the_end(cast: Cast) -> None:
    for number, value in ((1, 5), (2, 7), (3, 1), (4, 2)):
        status_of(cast, number, *figures(value, 9 if number == 1 else None))
    made = compose_report(REVIEW, cast.committee, last_year(), by=cast.coordinator)
    part = made.parts.get(code="nonconformities")
    done, overdue = part.figures
    assert (done.value, done.before) == (15, None)
    assert (overdue.value, overdue.before) == (2, 9) and overdue.course == "better"
    assert "2 mod 9" in part.text
    assert "kvartal" not in made.parts.get(code="monitoring").text, "no quarter lacks"


def test_figures_of_the_same_code_in_two_parts_are_two_figures(cast: Cast) -> None:
    def set_part(status: QuarterlyStatus, code: str, *told: StatusFigure) -> None:
        status.parts.filter(code=code).update(content=StatusPart(code, code, told, "").data)

    quarter = last_year().quarters[3]
    status = compose_report(KIND, cast.committee, quarter, by=cast.coordinator)
    empty = {one.code: "" for one in status.parts.all() if one.lacks_words}
    write(cast, status, **empty | {"projects": "Projekt 4."})
    risk = StatusFigure("open", "Uden plan", 7, 9, wanted="less")
    finding = StatusFigure("open", "Åbne fund", 3, 1, wanted="less")
    set_part(status, "duties", risk, StatusFigure("late", "For sent", 1, 2, wanted="less"))
    set_part(status, "awareness", finding)
    approve(cast, KIND, status)
    made = {
        one.code: one
        for one in compose_report(
            REVIEW, cast.committee, last_year(), by=cast.coordinator
        ).parts.all()
    }
    values = {one.label: one.value for one in made["nonconformities"].figures}
    assert values["Uden plan"] == 7
    assert {one.label: one.value for one in made["monitoring"].figures}["Åbne fund"] == 3


def test_quarters_without_an_approved_status_are_said_to_lack(cast: Cast) -> None:
    status_of(cast, 4, *figures(3, 1))
    made = compose_report(REVIEW, cast.committee, last_year(), by=cast.coordinator)
    assert "3 kvartaler" in made.parts.get(code="monitoring").text
    assert made.parts.get(code="nonconformities").figures[1].before is None


def test_what_was_closed_in_a_status_is_closed_in_the_years_report(
    cast: Cast, client_of: Browser
) -> None:
    status_of(cast, 4, *figures(3, 1), closes="awareness")
    made = compose_report(REVIEW, cast.committee, last_year(), by=cast.coordinator)
    part = made.parts.get(code="monitoring")
    assert (part.closes, part.closed_ground) == ("whole", GROUND)
    url = reverse("told_file", args=["review", made.pk, "json-open"])
    assert "Lukket 4." not in client_of("coordinator").get(url).content.decode()


def test_it_is_put_before_the_committee_decided_and_frozen(cast: Cast, client_of: Browser) -> None:
    set_top_management(cast, "Økonomiudvalget")
    made = approve(cast, REVIEW, review_drafted(cast))
    assert isinstance(made, YearReview) and made.is_approved and made.record
    set_top_management(cast, "")
    browser = client_of("member")
    got = {
        form: browser.get(reverse("told_file", args=["review", made.pk, form])).content
        for form in ("pdf", "docx", "json")
    }
    pdf = PdfReader(io.BytesIO(got["pdf"]))
    assert pdf.root_object["/MarkInfo"]["/Marked"]
    assert "Økonomiudvalget" in "".join(one.extract_text() for one in pdf.pages)
    lines = "\n".join(one.text for one in Document(io.BytesIO(got["docx"])).paragraphs)
    assert "Der købes en ny firewall." in lines and "Økonomiudvalget" in lines
    data = json.loads(got["json"])
    assert data["quarter"] == str(last_year()) and data["top_management"] == "Økonomiudvalget"
    page = browser.get(made.get_absolute_url()).content.decode()
    assert str(HEADINGS["risks"]) in page or "9.3.2 f" in page
    with pytest.raises(DatabaseError), transaction.atomic():
        made.parts.update(said="Nej")


def test_the_agenda_says_who_it_is_laid_before(cast: Cast) -> None:
    made = review_drafted(cast)
    assert "direktionen" in recommended(made)
    set_top_management(cast, "Byrådet")
    assert "Byrådet" in recommended(made)


def recommended(made: YearReview) -> str:
    return REVIEW.text(made).recommendation


def test_what_the_year_before_decided_stands_in_the_next_report(cast: Cast) -> None:
    approve(cast, REVIEW, review_drafted(cast, last_year().before))
    made = review_drafted(cast)
    assert "Der købes en ny firewall." in made.parts.get(code="earlier").text


def test_what_cannot_be_composed_is_refused_in_words(cast: Cast, client_of: Browser) -> None:
    browser, url = client_of("coordinator"), reverse("review_new")
    review_drafted(cast)
    this_year = str(timezone.localdate().year)
    for year, text in ((this_year, "er ikke slut"), (str(last_year()), "har allerede én")):
        answer = browser.post(url, {"committee": cast.committee.pk, "quarter": year})
        assert answer.status_code == 400 and text in answer.content.decode(), year
    for year in ("", "26", "2026-1", "²026", "\x00"):
        answer = browser.post(url, {"committee": cast.committee.pk, "quarter": year})
        assert answer.status_code == 400 and "fire cifre" in answer.content.decode(), year


def test_a_year_without_any_status_cannot_be_put_before_the_committee(cast: Cast) -> None:
    year = last_year().before.before
    made = compose_report(REVIEW, cast.committee, year, by=cast.coordinator)
    assert any("Ingen status fra året" in one for one in REVIEW.lacks(made))
    with pytest.raises(Refused):
        REVIEW.propose(made, cast.committee, by=cast.coordinator)


def test_the_list_offers_the_year_that_ended_and_says_when_there_is_none(
    cast: Cast, client_of: Browser
) -> None:
    page = client_of("member").get(reverse("reviews")).content.decode()
    assert "Intet endnu" in page
    browser = client_of("coordinator")
    assert f"Sammensæt {last_year()}" in browser.get(reverse("reviews")).content.decode()
    sent = {"committee": cast.committee.pk, "quarter": str(last_year())}
    answer = browser.post(reverse("review_new"), sent)
    made = YearReview.objects.get()
    assert answer.url == made.get_absolute_url()
    assert browser.get(made.get_absolute_url()).status_code == 200
    assert client_of("member").get(made.get_absolute_url()).status_code == 404
    assert f"Sammensæt {last_year()}" not in browser.get(reverse("reviews")).content.decode()


def test_a_year_is_named_by_its_digits() -> None:
    assert Year.parse(" 2026 ").quarters[3].last == Year(2026).last
    assert Year(2026).before.after == Year(2026)


def test_where_a_top_management_is_named_a_year_without_report_waits(cast: Cast) -> None:
    after = last_year().last + timedelta(days=10)
    due = last_year().quarters[-1].due
    assert list(review_todos_of(cast.coordinator, after)) == [], "nobody is named"
    set_top_management(cast, "Økonomiudvalget")
    [todo] = review_todos_of(cast.coordinator, after)
    assert last_year().label in todo.text and todo.due == due
    assert list(review_todos_of(cast.member, after)) == []
    assert list(review_reminders_on(after)) == [], "there is time"
    [mail] = review_reminders_on(due - timedelta(days=30))
    assert mail.person == cast.coordinator and last_year().label in mail.text
    review_drafted(cast)
    assert list(review_todos_of(cast.coordinator, after)) == []
    assert list(review_reminders_on(due)) == []
