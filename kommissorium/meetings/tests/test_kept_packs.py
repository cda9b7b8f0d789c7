"""Packs are made once per version, two at a time, and whatever is attached."""

from __future__ import annotations

import io
import os
import time
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from http import HTTPStatus
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from kommissorium.conftest import Cast, plan
from kommissorium.core.documents import pdfs_apart
from kommissorium.core.documents.subprocess_runner import PLACES, locked
from kommissorium.core.tests.documents.pdfs import bomb, pdf_with, text_of
from kommissorium.meetings import kept_packs
from kommissorium.meetings.actions.agenda import add_item, attach
from kommissorium.meetings.kept_packs import KEPT_SECONDS, forget_kept_packs
from kommissorium.meetings.models import Attachment, Meeting

pytestmark = pytest.mark.both("four who read at once")

Browser = Callable[[str], Client]
EXCUSE = "Bilaget kunne ikke sættes ind."


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    """A data folder in which nothing was made yet, and whose places are free."""
    settings.DATA_DIR, settings.FILES_DIR = tmp_path, tmp_path / "files"
    return tmp_path


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Counts of how often each form was written."""
    counts: Counter[str] = Counter()

    def written(form: str, write: Callable[[Any], bytes], pack: Any) -> bytes:
        counts[form] += 1
        return write(pack)

    for form, edition in kept_packs.EDITIONS.items():
        counted = replace(edition, write=partial(written, form, edition.write))
        monkeypatch.setitem(kept_packs.EDITIONS, form, counted)
    return counts


def address(meeting: Meeting, form: str = "print") -> str:
    return reverse("meeting_pack", args=[meeting.pk, form])


def kept(folder: Path) -> set[str]:
    return {file.name for file in folder.glob("packs/*/*") if file.suffix != ".lock"}


def hold_all(folder: Path) -> ExitStack:
    """Take every place, as two other documents that are being made do."""
    held = ExitStack()
    for number in range(PLACES):
        held.enter_context(locked(folder / "slots" / str(number)))
    return held


def get_until_there(browser: Client, url: str) -> bytes:
    """Ask again, as the waiting page does, until the file is there."""
    for _time in range(600):
        answer = browser.get(url)
        if answer.status_code != HTTPStatus.ACCEPTED:
            assert answer.status_code == HTTPStatus.OK
            return answer.getvalue()
        time.sleep(0.1)
    raise AssertionError("it never came")


def test_four_readers_who_print_what_was_made_to_stop_the_site_cause_one_binding(
    committing: Cast, made: Counter[str]
) -> None:
    meeting, deadly = plan(committing), bomb(400, 50_000_000)
    assert len(deadly) < 160_000
    item = meeting.items.first()
    attach(item, by=committing.coordinator, name="Bombe.pdf", data=deadly)
    attach(item, by=committing.coordinator, name="Brev.pdf", data=pdf_with("brevside"))
    got: list[bytes] = []

    def read(browser: Client) -> None:
        try:
            got.append(get_until_there(browser, address(meeting)))
        finally:
            connection.close()

    browsers = [Client() for _ in range(4)]
    for browser, who in zip(browsers, ("member", "chair", "dpo", "coordinator"), strict=True):
        browser.force_login(committing.who(who))
    readers = [Thread(target=read, args=(browser,)) for browser in browsers]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert len(got) == 4
    assert len(set(got)) == 1
    assert made == {"print": 1}
    text = text_of(got[0])
    assert text.count(EXCUSE) == 1
    assert "Bilag 1.1 · Bombe.pdf" in text
    assert "brevside" in text
    assert Attachment.objects.filter(name="Bombe.pdf").exists()


def test_a_file_that_is_refused_stays_attached_and_lies_in_the_accessible_edition(
    meeting: Meeting, cast: Cast, client_of: Browser
) -> None:
    deadly = bomb(400, 50_000_000)
    attach(meeting.items.first(), by=cast.coordinator, name="Bombe.pdf", data=deadly)
    pdf = client_of("member").get(address(meeting, "pdf")).getvalue()
    inside = [file.content for file in PdfReader(io.BytesIO(pdf)).attachment_list]
    assert inside == [deadly]


def test_files_that_are_too_much_together_are_named_and_the_pack_comes(
    meeting: Meeting, cast: Cast, client_of: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    attach(meeting.items.first(), by=cast.coordinator, name="A.pdf", data=pdf_with("ord"))
    monkeypatch.setattr(pdfs_apart, "MAKE_SECONDS", 0.001)
    text = text_of(client_of("member").get(address(meeting)).getvalue())
    assert EXCUSE in text
    assert "ord" not in text.split()


def test_a_pack_is_made_again_when_something_in_it_has_changed_and_not_before(
    meeting: Meeting, cast: Cast, client_of: Browser, made: Counter[str], folder: Path
) -> None:
    browser = client_of("member")
    first = browser.get(address(meeting)).getvalue()
    assert browser.get(address(meeting)).getvalue() == first
    assert client_of("chair").get(address(meeting)).getvalue() == first
    before = kept(folder)
    assert (made["print"], len(before)) == (1, 1)
    attach(meeting.items.first(), by=cast.coordinator, name="B.pdf", data=pdf_with("bilagside"))
    assert "bilagside" in text_of(browser.get(address(meeting)).getvalue())
    assert made["print"] == 2
    assert len(kept(folder)) == 1
    assert kept(folder) != before


def test_a_kept_file_that_is_not_as_it_was_made_is_made_anew(
    meeting: Meeting, client_of: Browser, made: Counter[str], folder: Path
) -> None:
    browser = client_of("member")
    browser.get(address(meeting)).getvalue()
    (name,) = kept(folder)
    file = folder / "packs" / str(meeting.pk) / name
    file.write_bytes(b"%PDF-1.7 slipped in")
    assert b"slipped in" not in browser.get(address(meeting)).getvalue()
    assert made["print"] == 2
    browser.get(address(meeting)).getvalue()
    assert made["print"] == 2
    assert len(kept(folder)) == 1


def test_who_may_not_see_what_is_closed_never_gets_the_file_of_those_who_may(
    meeting: Meeting, cast: Cast, client_of: Browser, folder: Path
) -> None:
    closed = {"is_closed": True, "closed_ground": "Sårbarhed"}
    add_item(meeting, by=cast.coordinator, title="Hemmelig", type="information", **closed)
    for who, sees in [("chair", True), ("auditor", False), ("chair", True), ("auditor", False)]:
        text = text_of(client_of(who).get(address(meeting, "pdf")).getvalue())
        assert ("Hemmelig" in text) == sees, who
    assert client_of("employee").get(address(meeting, "pdf")).status_code == HTTPStatus.NOT_FOUND
    assert len(kept(folder)) == 2


@pytest.mark.parametrize("form", ["pdf", "print", "docx"])
def test_while_two_others_are_made_a_page_says_so_and_asks_again(
    meeting: Meeting, client_of: Browser, folder: Path, form: str
) -> None:
    browser = client_of("member")
    with hold_all(folder):
        answer = browser.get(address(meeting, form))
        assert answer.status_code == HTTPStatus.ACCEPTED
        page = answer.content.decode()
        assert "Andre dokumenter bliver lavet først." in page
        assert '<meta http-equiv="refresh" content="3">' in page
        assert meeting.get_absolute_url() in page
    answer = browser.get(address(meeting, form))
    assert answer.status_code == HTTPStatus.OK
    with hold_all(folder):  # what is there waits for nobody
        assert browser.get(address(meeting, form)).status_code == HTTPStatus.OK


def test_while_somebody_else_has_it_made_a_page_says_that(
    meeting: Meeting, client_of: Browser, folder: Path
) -> None:
    lock = folder / "packs" / str(meeting.pk) / "print-all-da.lock"
    with locked(lock):
        page = client_of("member").get(address(meeting)).content.decode()
    assert "en anden bad om den lige før dig" in page


def test_what_takes_long_is_made_on_while_the_reader_is_told_to_ask_again(
    meeting: Meeting, client_of: Browser, made: Counter[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = client_of("member")
    with monkeypatch.context() as hurried:
        hurried.setattr(kept_packs, "PATIENCE_SECONDS", 0)
        assert browser.get(address(meeting)).status_code == HTTPStatus.ACCEPTED
    assert get_until_there(browser, address(meeting)).startswith(b"%PDF-")
    assert made == {"print": 1}


def test_a_pack_that_cannot_be_made_is_no_page_that_waits_for_ever(
    meeting: Meeting, client_of: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_pack: object) -> bytes:
        raise RuntimeError("the typesetter is gone")

    edition = replace(kept_packs.EDITIONS["print"], write=broken)
    monkeypatch.setitem(kept_packs.EDITIONS, "print", edition)
    with pytest.raises(RuntimeError, match="the typesetter is gone"):
        client_of("member").get(address(meeting))


def test_what_nobody_asks_for_in_a_week_is_forgotten(
    meeting: Meeting, client_of: Browser, folder: Path
) -> None:
    browser = client_of("member")
    for form in ("pdf", "print"):
        browser.get(address(meeting, form)).getvalue()
    for file in folder.glob("packs/*/*"):
        os.utime(file, times=(0, time.time() - KEPT_SECONDS - 9))
    browser.get(address(meeting, "pdf")).getvalue()
    forget_kept_packs()
    (left,) = kept(folder)
    assert left.startswith("pdf-")


def test_who_comes_as_a_pack_is_replaced_is_told_to_ask_again(
    meeting: Meeting, client_of: Browser, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = folder / "packs" / "1" / "docx-all-da-before"
    monkeypatch.setattr("kommissorium.meetings.views.agenda.kept_pack", lambda *_, **__: gone)
    answer = client_of("member").get(address(meeting, "docx"))
    assert answer.status_code == HTTPStatus.ACCEPTED
    assert answer["Retry-After"]
