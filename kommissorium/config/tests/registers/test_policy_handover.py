"""An approved version is handed over with its approved text, its approvers, and the comments."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.urls import reverse
from pypdf import PdfReader

from kommissorium.config.tests.schema_check import faults
from kommissorium.config.tests.searching import body_of
from kommissorium.conftest import Cast
from kommissorium.policies.actions.reviewing import add_comment, answer_comment, ask_for_comments
from kommissorium.policies.models import Version
from kommissorium.policies.proposal import KIND
from kommissorium.policies.tests.cases import (
    approved,
    decided_above,
    decision_on,
    drafted,
    overall,
    today,
)

pytestmark = pytest.mark.django_db


def handed(client_of, found: Version) -> tuple[dict[str, object], zipfile.ZipFile]:
    path = reverse("policy_version_handover", args=[found.pk])
    first, again = (body_of(client_of("coordinator").get(path)) for _twice in "12")
    assert first == again
    archive = zipfile.ZipFile(io.BytesIO(first))
    told = json.loads(archive.read("metadata.json"))
    assert faults(told, "kommissorium-policy-1") == []
    return told, archive


def test_it_has_the_text_the_record_the_decision_and_the_comments(cast: Cast, client_of) -> None:
    found = drafted(cast)
    ends = today() + timedelta(days=7)
    ask_for_comments(found, [cast.member], ends=ends, by=cast.coordinator)
    said = add_comment(found, heading="kontrol", text="Hvem ser efter?", by=cast.member)
    answer_comment(said, answer="Lederen.", by=cast.coordinator)
    KIND.propose(found, cast.committee, by=cast.coordinator)
    KIND.approve(found, decision_on(cast, found, "with_changes"), by=cast.chair)
    told, archive = handed(client_of, found)
    roles = [one["role"] for one in told["file"]]
    assert roles == ["text", "text", "record", "decision", "comments"]
    assert [one["public"] for one in told["file"]] == [True, True, True, True, False]
    assert hashlib.sha256(archive.read("record.json")).hexdigest() == told["recordSha256"]
    decision, comments = (
        PdfReader(io.BytesIO(archive.read(one["id"]))).pages[0].extract_text()
        for one in told["file"][3:]
    )
    assert "Godkendt med" in decision and found.decision and found.decision.number in decision
    assert "Hvem ser efter?" in comments and "Lederen." in comments


def test_what_a_body_above_decided_lies_there_too(cast: Cast, client_of) -> None:
    found = approved(cast, overall(cast))
    decided_above(cast, found)
    told, archive = handed(client_of, found)
    assert [one["role"] for one in told["file"]].count("decision") == 2
    assert json.loads(archive.read("record.json"))["upper"]["case_number"] == "2026-17"


def test_what_is_not_approved_is_not_handed_over(cast: Cast, client_of) -> None:
    path = reverse("policy_version_handover", args=[drafted(cast).pk])
    assert client_of("coordinator").get(path).status_code == 404
