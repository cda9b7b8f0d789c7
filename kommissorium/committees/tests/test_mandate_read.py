from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from kommissorium.committees.models import Clause, Mandate
from kommissorium.committees.tests.conftest import TEXT, long_text
from kommissorium.core.files.models import StoredFile


@pytest.fixture
def url(other):
    return reverse("mandate_read", args=[other.pk])


def upload(data, name="mandate.txt"):
    return {"way": "file", "file": SimpleUploadedFile(name, data)}


def test_who_may_read_a_mandate_in(client_of, cast):
    url = reverse("mandate_read", args=[cast.committee.pk])
    for who, status in [("employee", 404), ("member", 403), ("dpo", 403), ("executive", 403)]:
        assert client_of(who).get(url).status_code == status, who
        assert client_of(who).post(url, {"way": "text", "text": TEXT}).status_code == status, who
    assert Mandate.objects.count() == 1
    assert client_of("chair").get(url).status_code == 200


def test_there_are_three_ways(client_of, url):
    page = client_of("coordinator").get(url)
    assert [form.chosen for form in page.context["ways"]] == ["file", "text", "template"]


def test_a_pasted_text_becomes_a_draft(client_of, other, url):
    answer = client_of("coordinator").post(url, {"way": "text", "text": TEXT})
    draft = Mandate.objects.get(committee=other)
    assert answer.url == reverse("mandate_edit", args=[draft.pk])
    assert not draft.is_approved
    assert draft.source_text == TEXT
    assert draft.source_file is None
    assert [clause.number for clause in draft.clauses.all()] == ["M1", "M2", "T1", "T2", "K1"]


def test_an_uploaded_file_is_kept(client_of, other, url):
    answer = client_of("coordinator").post(url, upload(TEXT.encode(), "kommissorium æøå.txt"))
    assert answer.status_code == 302
    draft = Mandate.objects.get(committee=other)
    assert draft.source_name == "kommissorium æøå.txt"
    assert draft.source_file.read() == TEXT.encode()


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_template_is_a_start(client_of, other, url, language):
    answer = client_of("coordinator").post(url, {"way": "template", "template": language})
    assert answer.status_code == 302
    draft = Mandate.objects.get(committee=other)
    assert draft.language == language
    assert draft.clauses.count() > 20


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"way": "file"}, "file"),
        ({"way": "text"}, "text"),
        ({"way": "text", "text": "  \n "}, "text"),
        ({"way": "text", "text": "Dear all, the cake is in the kitchen."}, "text"),
        ({"way": "text", "text": "x" * 60_001}, "text"),
        ({"way": "text", "text": long_text(251)}, "text"),
        ({"way": "template", "template": "fr"}, "template"),
    ],
)
def test_what_cannot_be_read_is_refused_beside_its_field(client_of, other, url, values, field):
    answer = client_of("coordinator").post(url, values)
    assert answer.status_code == 400
    assert answer.context["form"].errors[field]
    assert not Mandate.objects.filter(committee=other).exists()


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "empty.txt"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "old.doc"),
        (b"\x00\x01\x02\x03" * 50, "bytes.txt"),
        (b"%PDF-1.7 broken", "broken.pdf"),
        (b"PK\x03\x04 broken", "broken.docx"),
        (TEXT.encode(), "mandate.exe"),
        (TEXT.encode(), "mandate.html"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_and_not_kept(client_of, other, url, data, name):
    answer = client_of("coordinator").post(url, upload(data, name))
    assert answer.status_code == 400
    assert answer.context["form"].errors["file"]
    assert not Mandate.objects.filter(committee=other).exists()
    assert not StoredFile.objects.exists()


def test_a_way_that_is_none_is_refused(client_of, other, url):
    for values in ({}, {"way": "telepathy", "text": TEXT}):
        assert client_of("coordinator").post(url, values).status_code == 400
    assert not Mandate.objects.filter(committee=other).exists()


def test_what_was_pasted_is_not_lost(client_of, url):
    answer = client_of("coordinator").post(
        url, {"way": "text", "text": "Cake <b>in</b> the kitchen"}
    )
    assert "Cake &lt;b&gt;in&lt;/b&gt; the kitchen" in answer.text


def test_a_second_draft_has_to_wait(client_of, cast, draft):
    url = reverse("mandate_read", args=[cast.committee.pk])
    page = client_of("coordinator").get(url)
    assert f"/mandates/{draft.pk}/edit/" in page.text
    answer = client_of("coordinator").post(url, {"way": "text", "text": TEXT})
    assert answer.status_code == 400
    assert cast.committee.mandates.count() == 2


def test_nothing_is_in_force_by_reading(client_of, cast):
    url = reverse("mandate_read", args=[cast.committee.pk])
    before = Clause.objects.filter(mandate=cast.mandate).count()
    client_of("coordinator").post(url, {"way": "text", "text": TEXT})
    assert cast.committee.mandate_on(cast.since) == cast.mandate
    assert Clause.objects.filter(mandate=cast.mandate).count() == before
