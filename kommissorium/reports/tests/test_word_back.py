"""A status edited in Word is taken back: what differs is seen first, and nothing is lost."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from docx.document import Document
from docx.oxml.ns import qn

from kommissorium.accounts.actions import add_word_template
from kommissorium.conftest import Cast
from kommissorium.core.evidence.models import Event
from kommissorium.core.files.models import StoredFile
from kommissorium.core.tests.documents.word_templates import saved, template, with_parts
from kommissorium.reports.actions.periodic_reports import recompose
from kommissorium.reports.models import QuarterlyStatus
from kommissorium.reports.proposals import KIND
from kommissorium.reports.tests.cases import approved, decision_on, drafted, proposed, write

Browser = Callable[[str], Client]
FIREWALL = "Firewall"


def url_of(status: QuarterlyStatus) -> str:
    return reverse("told_take_back", args=[KIND.slug, status.pk])


def fetched(browser: Client, status: QuarterlyStatus) -> Document:
    answer = browser.get(reverse("told_file", args=[KIND.slug, status.pk, "docx"]))
    return docx.Document(io.BytesIO(answer.content))


def heading(document: Document, words: str) -> object:
    return next(one for one in document.paragraphs if one.text == words)


def write_under(document: Document, words: str, text: str) -> None:
    """Write a paragraph under a heading, before what stands there."""
    new = document.add_paragraph(text, style="Normal")
    heading(document, words)._p.addnext(new._p)  # type: ignore[attr-defined]


def hand_in(browser: Client, status: QuarterlyStatus, data: bytes, name: str = "a.docx") -> object:
    return browser.post(url_of(status), {"file": SimpleUploadedFile(name, data)})


def take(browser: Client, status: QuarterlyStatus, page: object) -> object:
    kept = re.search(r'name="kept" value="([^"]+)"', page.content.decode())  # type: ignore[attr-defined]
    assert kept
    return browser.post(url_of(status), {"kept": kept[1]})


def texts(status: QuarterlyStatus) -> dict[str, str]:
    return {one.code: one.text for one in status.parts.all()}


def edited_by_word(browser: Client, status: QuarterlyStatus) -> bytes:
    document = fetched(browser, status)
    write_under(document, FIREWALL, "Udskiftet i maj.")
    next(one for one in document.paragraphs if one.text == "Alle er grønne.").runs[
        0
    ].text = "To er røde."
    return saved(document)


def test_what_was_edited_is_seen_taken_and_what_the_committee_approves(
    cast: Cast, client_of: Browser
) -> None:
    add_word_template("status", template(), "brev.docx", by=cast.administrator)
    status, browser = drafted(cast), client_of("coordinator")
    before = texts(status)
    data = edited_by_word(browser, status)
    page = hand_in(browser, status, data)
    shown = page.content.decode()
    assert page.status_code == 200 and "Alle er grønne." in shown and "To er røde." in shown
    assert [one.code for one in page.context["edited"].parts] == ["projects", "firewall"]
    assert page.context["edited"].tells_the_same and texts(status) == before
    assert take(browser, status, page).url == status.get_absolute_url()
    wanted = {"projects": "To er røde.", "firewall": "Udskiftet i maj."}
    assert texts(status) == before | wanted
    status.refresh_from_db()
    file = status.word_file
    event = Event.objects.get(act="registers.told_word_taken_back")
    assert json.loads(event.facts)["sha256"] == file.pk
    KIND.propose(status, cast.committee, by=cast.coordinator)
    KIND.approve(status, decision_on(cast, status), by=cast.chair)
    status.refresh_from_db()
    assert json.loads(status.record.content)["edited_word"] == file.pk
    member = client_of("member")
    assert "Word, som den blev redigeret" in member.get(status.get_absolute_url()).content.decode()
    assert member.get(reverse("told_edited", args=[KIND.slug, status.pk])).getvalue() == data
    with pytest.raises(DatabaseError), transaction.atomic():
        QuarterlyStatus.objects.filter(pk=status.pk).update(word_file=None)


def test_a_file_that_was_only_saved_again_differs_in_nothing(
    cast: Cast, client_of: Browser
) -> None:
    status, browser = drafted(cast), client_of("coordinator")
    write(cast, status, awareness="En linje.\n\nEn til.")
    page = hand_in(browser, status, saved(fetched(browser, status)))
    assert page.context["edited"].parts == [] and page.context["edited"].tells_the_same
    take(browser, status, page)
    assert texts(status)["awareness"] == "En linje.\n\nEn til."


def test_the_language_is_the_one_in_which_it_was_fetched(cast: Cast, client_of: Browser) -> None:
    status, browser = drafted(cast), client_of("coordinator")
    data = saved(fetched(browser, status))
    cast.coordinator.language = "en"
    cast.coordinator.save()
    page = hand_in(browser, status, data)
    assert page.context["edited"].parts == [] and page.context["edited"].tells_the_same


def test_what_cannot_be_taken_is_named_and_the_file_is_not_kept(
    cast: Cast, client_of: Browser
) -> None:
    status, browser = drafted(cast), client_of("coordinator")
    before = texts(status)
    document = fetched(browser, status)
    write_under(document, FIREWALL, "Udskiftet i maj.")
    document.tables[0].rows[1].cells[-1].paragraphs[0].add_run("999")
    own = document.add_paragraph("Et nyt kapitel", style="Heading 1")
    own._p.addnext(document.add_paragraph("Uden for alt")._p)
    projects = status.parts.get(code="projects").heading
    heading(document, "Antivirus").runs[0].text = "Antivira"  # type: ignore[attr-defined]
    gone = heading(document, projects)
    gone._p.getparent().remove(gone._p)  # type: ignore[attr-defined]
    page = hand_in(browser, status, saved(document))
    edited, shown = page.context["edited"], page.content.decode()
    assert not edited.tells_the_same and edited.missing == [projects]
    assert len(edited.figures) == 1 and edited.outside == [
        "Antivira",
        "Et nyt kapitel Uden for alt",
    ]
    assert "Uden for alt" in shown
    take(browser, status, page)
    status.refresh_from_db()
    said = texts(status)
    assert said["firewall"] == "Udskiftet i maj." and status.word_file is None
    assert said["projects"] == before["projects"] and "999" not in json.dumps(said)


def test_figures_whose_heading_was_deleted_do_not_become_text(
    cast: Cast, client_of: Browser
) -> None:
    status, browser = drafted(cast), client_of("coordinator")
    document = fetched(browser, status)
    for one in document.paragraphs:
        marks = [mark.get(qn("w:name")) for mark in one._p.iter(qn("w:bookmarkStart"))]
        if any(mark.startswith("figures_") for mark in marks):
            one._p.getparent().remove(one._p)
    page = hand_in(browser, status, saved(document))
    assert page.context["edited"].parts == [] and page.context["edited"].figures


def test_who_changed_the_draft_meanwhile_is_not_written_over(
    cast: Cast, client_of: Browser
) -> None:
    status, browser = drafted(cast), client_of("coordinator")
    page = hand_in(browser, status, edited_by_word(browser, status))
    write(cast, status, projects="En anden skrev.")
    again = take(browser, status, page)
    assert again.status_code == 409 and "En anden skrev." in again.content.decode()
    assert texts(status)["projects"] == "En anden skrev."
    assert take(browser, status, again).status_code == 302
    assert texts(status)["projects"] == "To er røde."


def test_a_text_changed_here_afterwards_lets_the_file_go_and_says_so(
    cast: Cast, client_of: Browser
) -> None:
    status, browser = drafted(cast), client_of("coordinator")
    for change in ("write", "recompose"):
        take(browser, status, hand_in(browser, status, edited_by_word(browser, status)))
        status.refresh_from_db()
        assert status.word_file
        if change == "write":
            write(cast, status, projects="Alle er grønne.", firewall="Ny.")
        else:
            recompose(KIND, status, by=cast.coordinator)
        assert not QuarterlyStatus.objects.exclude(word_file=None).exists()
        write(cast, status, projects="Alle er grønne.")
    assert browser.get(reverse("told_edited", args=[KIND.slug, status.pk])).status_code == 404
    history = browser.get(reverse("proposal_history", args=["status", status.pk]))
    assert "ligger ikke længere ved siden af" in history.content.decode()


def test_bad_files_are_refused_in_words_beside_the_field(cast: Cast, client_of: Browser) -> None:
    status, other, browser = drafted(cast), drafted(cast, 2), client_of("coordinator")
    good = edited_by_word(browser, status)
    stored = StoredFile.objects.count()
    for data, words in (
        (edited_by_word(browser, other), "hører til en anden"),
        (saved(docx.Document()), "ikke hentet herfra"),
        (with_parts(good, {"word/vbaProject.bin": "x"}), "makroer"),
        (good[:-300], "kan ikke læses"),
        (b"%PDF-1.7", "kan ikke læses"),
        (b"x" * (26 * 1024 * 1024), "25 MB"),
        (b"", ""),
    ):
        answer = hand_in(browser, status, data)
        assert answer.status_code == 400 and words in str(answer.context["form"].errors), words
    assert browser.post(url_of(status), {"kept": "x"}).status_code == 400
    assert browser.post(url_of(status), {}).status_code == 400
    assert StoredFile.objects.count() == stored


def test_a_text_too_long_is_refused_in_words_and_nothing_is_written(
    cast: Cast, client_of: Browser
) -> None:
    status, browser = drafted(cast), client_of("coordinator")
    before = texts(status)
    document = fetched(browser, status)
    write_under(document, FIREWALL, "æ" * 5001)
    answer = hand_in(browser, status, saved(document))
    assert answer.status_code == 400
    assert "Firewall: Teksten" in str(answer.context["form"].errors)
    assert texts(status) == before


def test_what_was_proposed_or_approved_is_not_taken_back(cast: Cast, client_of: Browser) -> None:
    browser = client_of("coordinator")
    for status, words in ((proposed(cast), "Tag det tilbage"), (approved(cast, 2), "godkendt")):
        answer = browser.get(url_of(status))
        assert answer.status_code == 400 and words in answer.content.decode()
        assert url_of(status) not in browser.get(status.get_absolute_url()).content.decode()


def test_another_persons_mark_of_a_file_counts_for_nothing(cast: Cast, client_of: Browser) -> None:
    status, other, browser = drafted(cast), drafted(cast, 2), client_of("coordinator")
    page = hand_in(browser, status, edited_by_word(browser, status))
    kept = re.search(r'name="kept" value="([^"]+)"', page.content.decode())
    assert kept and browser.post(url_of(other), {"kept": kept[1]}).status_code == 400
