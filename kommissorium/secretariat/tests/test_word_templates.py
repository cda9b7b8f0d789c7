"""The municipality's own Word templates: added, tried, used, and taken out of use."""

from __future__ import annotations

import io
from collections.abc import Callable

import docx
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from kommissorium.accounts.actions import add_word_template
from kommissorium.accounts.models import WordTemplate
from kommissorium.conftest import Cast
from kommissorium.core.evidence.models import Event
from kommissorium.core.tests.documents.word_templates import template, with_parts
from kommissorium.meetings.models import Meeting

Browser = Callable[[str], Client]
URL = "/settings/word/"


def handed_in(data: bytes, name: str = "brev.dotx") -> dict[str, object]:
    return {"file": SimpleUploadedFile(name, data), "kind": "every"}


def lines(data: bytes) -> list[str]:
    document = docx.Document(io.BytesIO(data))
    head = document.sections[0].header.paragraphs
    return [one.text for one in [*head, *document.paragraphs] if one.text]


def test_a_template_is_added_and_every_word_document_looks_so(
    meeting: Meeting, cast: Cast, client_of: Browser
) -> None:
    pack = reverse("meeting_pack", args=[meeting.pk, "docx"])
    browser = client_of("coordinator")
    assert "Med venlig hilsen" not in lines(browser.get(pack).getvalue())
    added = template(is_dotx=True)
    answer = browser.post(URL, handed_in(added), follow=True)
    assert answer.status_code == 200
    assert "brev.dotx" in answer.content.decode()
    dressed = lines(browser.get(pack).getvalue())
    assert dressed[0] == f"Strandby · Tryllerup Kommune · {meeting.committee.name}"
    assert dressed[-1] == "Med venlig hilsen"
    kept = WordTemplate.objects.get()
    assert browser.get(reverse("word_template", args=[kept.pk])).getvalue() == added
    assert "Med venlig hilsen" in lines(
        browser.get(reverse("word_template_trial", args=[kept.pk])).content
    )


def test_its_own_template_goes_before_that_for_all_and_a_new_one_takes_its_place(
    cast: Cast, client_of: Browser
) -> None:
    every = add_word_template("every", template(), "alle.docx", by=cast.coordinator)
    first = add_word_template("minutes", template(), "et.docx", by=cast.administrator)
    second = add_word_template("minutes", template(), "to.docx", by=cast.administrator)
    assert WordTemplate.for_kind("minutes") == second
    assert WordTemplate.for_kind("agenda") == every
    first.refresh_from_db()
    assert first.ended_at is not None
    client_of("coordinator").post(reverse("word_template_end", args=[second.pk]))
    assert WordTemplate.for_kind("minutes") == every
    acts = list(Event.objects.filter(act__contains="word_template").values_list("act", flat=True))
    assert acts.count("accounts.word_template_added") == 3
    assert acts.count("accounts.word_template_ended") == 1


def test_one_out_of_use_is_not_taken_out_again(cast: Cast, client_of: Browser) -> None:
    kept = add_word_template("every", template(), "alle.docx", by=cast.coordinator)
    address = reverse("word_template_end", args=[kept.pk])
    browser = client_of("coordinator")
    browser.post(address)
    assert browser.post(address).status_code == 400
    assert Event.objects.filter(act="accounts.word_template_ended").count() == 1


def test_a_broken_one_is_refused_beside_the_field_and_nothing_is_kept(
    cast: Cast, client_of: Browser
) -> None:
    browser = client_of("administrator")
    for data in (b"", b"nonsense", with_parts(template(), {"word/vbaProject.bin": "x"})):
        answer = browser.post(URL, handed_in(data) | {"kind": "minutes"})
        assert answer.status_code == 400
        assert list(answer.context["form"].errors) == ["file"]
        assert 'value="minutes" selected' in answer.content.decode()
    assert not WordTemplate.objects.exists()


def test_one_that_broke_since_keeps_nobody_from_the_document(
    meeting: Meeting, cast: Cast, client_of: Browser
) -> None:
    kept = add_word_template("agenda", template(""), "uden.docx", by=cast.coordinator)
    answer = client_of("coordinator").get(reverse("meeting_pack", args=[meeting.pk, "docx"]))
    assert answer.status_code == 200
    assert "Med venlig hilsen" not in lines(answer.getvalue())
    answer = client_of("coordinator").get(
        reverse("word_template_trial", args=[kept.pk]), follow=True
    )
    assert "{{indhold}}" in answer.content.decode()
