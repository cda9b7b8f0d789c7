"""What was frozen is shown as it was, is taken out as a file, and the verifier knows the file."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from kommissorium.compliance.actions.freezing import freeze_answer, freeze_month_ends
from kommissorium.compliance.fulfilment import timeline
from kommissorium.compliance.history_queries import history_of
from kommissorium.compliance.models import ANSWER_PDF, FrozenAnswer
from kommissorium.compliance.months import months_of
from kommissorium.compliance.tests.story import held_meeting, planned_meeting
from kommissorium.conftest import Cast, in_days, queries_of, time_is
from kommissorium.core.evidence.export import write_export
from kommissorium.core.evidence.kept import forget_kept
from kommissorium.core.evidence.models import Record
from kommissorium.core.evidence.verifier import check_export, which_record

LATER = 130  # days: four months end, and a meeting is held


def file_url(cast: Cast, form: str, query: str = "") -> str:
    return reverse("compliance_file", args=[cast.committee.pk, form]) + query


def page_url(cast: Cast, query: str) -> str:
    return reverse("mandate_compliance", args=[cast.committee.pk]) + query


def text_of(pdf: bytes) -> str:
    pages = PdfReader(io.BytesIO(pdf)).pages
    return re.sub(r"[\s\u200b\u00ad]", "", "".join(page.extract_text() for page in pages))


@pytest.mark.parametrize("form", ["pdf", "xlsx"])
def test_whoever_takes_it_out_freezes_it_once(cast, client_of, form):
    browser = client_of("auditor")
    first = browser.get(file_url(cast, form)).content
    row = FrozenAnswer.objects.get()
    assert (row.on, row.why) == (timezone.localdate(), "download")
    assert row.record.event.actor == str(cast.auditor.pseudonym)
    again = browser.get(file_url(cast, form)).content
    assert FrozenAnswer.objects.get() == row
    assert (first == again) or form == "xlsx"


def test_the_verifier_names_the_pdf_by_the_record_that_stands_on_it(
    cast, client_of, tmp_path: Path
):
    pdf = client_of("auditor").get(file_url(cast, "pdf")).content
    row = FrozenAnswer.objects.get()
    kept = Record.objects.get(kind=ANSWER_PDF)
    assert row.record.content_hash in text_of(pdf)
    assert f"Låstdokument{row.record_id}" in text_of(pdf)
    file = tmp_path / "evidence.zip"
    with file.open("wb") as target:
        write_export(target)
    assert check_export(str(file), []).holds
    told = which_record(str(file), pdf)
    day, name = row.on.isoformat(), cast.committee.name
    assert f"answer on the mandate in record {row.record_id} ({name}, {day})" in told
    assert f"record {kept.pk}, frozen on" in told
    assert which_record(str(file), pdf + b" ") == ""


def test_a_frozen_day_says_so_and_gives_its_record_and_pdf(cast, client_of):
    on = timezone.localdate() - timedelta(days=3)
    row = freeze_answer(cast.committee, on, by=None, why=FrozenAnswer.Why.MONTH_END)
    query = f"?on={on}"
    page = client_of("auditor").get(page_url(cast, query)).content.decode()
    assert "som det var kendt dengang" in page
    assert f'href="{reverse("record", args=[row.record_id])}"' in page
    assert f'href="{file_url(cast, "pdf", query)}"' in page
    assert "blive besvaret anderledes" not in page
    others = client_of("member").get(page_url(cast, query)).content.decode()
    assert f"Låst dokument {row.record_id}" in others
    assert f'href="{reverse("record", args=[row.record_id])}"' not in others
    client_of("member").get(file_url(cast, "pdf", query))
    assert FrozenAnswer.objects.get() == row, "what is frozen is taken out as it is"


def test_other_rules_are_told_and_change_nothing(cast, client_of, monkeypatch):
    on = timezone.localdate() - timedelta(days=3)
    row = freeze_answer(cast.committee, on, by=None, why=FrozenAnswer.Why.MONTH_END)
    before = client_of("auditor").get(page_url(cast, f"?on={on}")).context["fulfilment"].counts
    monkeypatch.setattr("kommissorium.compliance.frozen.rules_hash", lambda: "0" * 64)
    monkeypatch.setattr("kommissorium.compliance.frozen.coded", lambda words: "another")
    forget_kept()  # as a process of another version begins
    response = client_of("auditor").get(page_url(cast, f"?on={on}"))
    number = len(response.context["fulfilment"].findings)
    assert f"Efter reglerne i dag ville {number} punkter blive besvaret anderledes" in (
        response.content.decode()
    )
    assert response.context["fulfilment"].counts == before
    assert FrozenAnswer.objects.get() == row


def test_the_timeline_is_read_from_records_and_says_what_was_computed(cast, client_of):
    held_meeting(cast, 60)
    with time_is(in_days(LATER, 9)):
        today = timezone.localdate()
        freeze_month_ends()
        found = months_of(cast.committee, today, 36)
        history = history_of(cast.committee)
        by_rules = timeline(history, history.clauses_on(today), found.ends)
        assert [one.states for one in found.lines] == [one.states for one in by_rules]
        assert len(found.frozen) >= 4 and today not in found.frozen
        address = reverse("compliance_timeline", args=[cast.committee.pk])
        response = client_of("member").get(address)
        assert response.context["computed"] == [today]
        assert "Månederne vises, som svarene blev låst." in response.content.decode()
        planned_meeting(cast, 20)
        assert [one.states[:-1] for one in months_of(cast.committee, today, 36).lines] == [
            one.states[:-1] for one in found.lines
        ]


def test_months_that_are_frozen_ask_no_more(cast):
    with time_is(in_days(LATER, 9)):
        today = timezone.localdate()
        freeze_month_ends()
        few = queries_of(lambda: months_of(cast.committee, today, 3))
        assert queries_of(lambda: months_of(cast.committee, today, 36)) == few
        assert few <= queries_of(lambda: history_of(cast.committee, today)) + 2
