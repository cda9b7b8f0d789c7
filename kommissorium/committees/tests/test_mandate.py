from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from kommissorium.committees.actions.mandates import approve_mandate
from kommissorium.committees.models import Mandate
from kommissorium.committees.reader import builtin, read_text
from kommissorium.committees.tests.conftest import TEXT
from kommissorium.conftest import LATE

EVERYBODY = ["coordinator", "chair", "member", "dpo", "executive", "auditor", "employee"]


@pytest.mark.parametrize("who", EVERYBODY)
def test_everybody_may_read_an_approved_mandate(client_of, cast, who):
    page = client_of(who).get(cast.mandate.get_absolute_url())
    assert page.status_code == 200
    for clause in cast.mandate.clauses.exclude(kind="member"):
        assert clause.number in page.text


def test_every_clause_tells_what_measures_it_and_how_often(client_of, cast):
    page = client_of("member").get(cast.mandate.get_absolute_url())
    assert "Measured by: Continuity is tested" in page.text
    assert "At least once a year" in page.text


def test_outsiders_get_the_text_and_no_history(client_of, cast):
    page = client_of("employee").get(cast.mandate.get_absolute_url())
    assert page.context["entries"] == []
    assert f'"{cast.committee.get_absolute_url()}"' not in page.text
    assert client_of("member").get(cast.mandate.get_absolute_url()).context["entries"]


@pytest.mark.parametrize("name", ["mandate", "mandate_export", "mandate_source", "mandate_changes"])
def test_a_draft_is_there_for_those_who_work_on_it_alone(client_of, draft, name):
    url = reverse(name, args=[draft.pk])
    for who in ("member", "dpo", "auditor", "employee", "administrator"):
        assert client_of(who).get(url).status_code == 404, who


def test_a_draft_says_that_nothing_of_it_is_in_force(client_of, draft):
    page = client_of("chair").get(draft.get_absolute_url())
    assert "Nothing in it is in force" in page.text
    assert f"/mandates/{draft.pk}/approval/" in page.text
    assert f"/mandates/{draft.pk}/edit/" in page.text


def test_an_executive_may_approve_a_draft_but_not_correct_it(client_of, draft):
    page = client_of("executive").get(draft.get_absolute_url())
    assert f"/mandates/{draft.pk}/approval/" in page.text
    assert f"/mandates/{draft.pk}/edit/" not in page.text


def test_an_own_clause_is_marked(client_of, draft):
    page = client_of("chair").get(draft.get_absolute_url())
    assert "Waters the plants" in page.text
    assert "Own clause" in page.text


def test_the_export_has_the_form_of_the_reader(client_of, draft):
    answer = client_of("coordinator").get(reverse("mandate_export", args=[draft.pk]))
    assert answer["Content-Type"] == "application/json"
    assert "attachment" in answer["Content-Disposition"]
    assert json.loads(answer.content) == read_text(TEXT).as_json()


def test_danish_letters_are_written_as_they_are(client_of, cast):
    answer = client_of("employee").get(reverse("mandate_export", args=[cast.mandate.pk]))
    assert "æ" in answer.content.decode()
    assert json.loads(answer.content) == read_text(builtin("da")).as_json()


def test_without_a_file_there_is_no_source(client_of, cast):
    url = reverse("mandate_source", args=[cast.mandate.pk])
    assert client_of("coordinator").get(url).status_code == 404


def test_the_source_is_handed_out_harmless_and_byte_for_byte(client_of, cast, other):
    text = f"{TEXT}<script>alert(1)</script>\n".encode()
    file = SimpleUploadedFile("kommissør; a=b.md", text)
    coordinator = client_of("coordinator")
    url = reverse("mandate_read", args=[other.pk])
    assert coordinator.post(url, {"way": "file", "file": file}).status_code == 302
    mandate = Mandate.objects.get(committee=other)
    approve_mandate(
        mandate, by=cast.executive, adopted_by="Us", effective_from=cast.since, because=LATE
    )
    answer = client_of("employee").get(reverse("mandate_source", args=[mandate.pk]))
    assert answer.content == text
    assert answer["Content-Disposition"].startswith("attachment")
    assert "\n" not in answer["Content-Disposition"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].startswith("sandbox")
    assert not answer["Content-Type"].startswith("text/html")


def test_text_from_a_mandate_is_never_markup(client_of, cast, draft):
    draft.clauses.filter(kind="task").update(text="<img src=x onerror=alert(1)> A < B & C")
    page = client_of("chair").get(draft.get_absolute_url())
    assert "<img src=x" not in page.text
    assert "A &lt; B &amp; C" in page.text


def test_only_those_who_see_the_evidence_get_the_link_to_it(client_of, cast):
    link = f"/records/{cast.mandate.record_id}/"
    assert link in client_of("coordinator").get(cast.mandate.get_absolute_url()).text
    assert link not in client_of("member").get(cast.mandate.get_absolute_url()).text
