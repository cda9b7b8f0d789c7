"""Both editions of a status and a report: nothing closed is ever in the open one."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from kommissorium.conftest import Cast
from kommissorium.core.files.actions import store_file
from kommissorium.core.refusals import Refused
from kommissorium.registers.agenda import AgendaContext
from kommissorium.registers.status import StatusFigure, StatusPart
from kommissorium.reports.actions.periodic_reports import (
    Kind,
    close_part,
    recompose,
    take_word_back,
)
from kommissorium.reports.conclusion import conclude
from kommissorium.reports.documents import report_word
from kommissorium.reports.models import KeptPart
from kommissorium.reports.models.periodic_reports import PeriodicReport
from kommissorium.reports.periodic_proposal import open_content
from kommissorium.reports.proposals import BOARD, KIND
from kommissorium.reports.tests.cases import (
    GROUND,
    approve,
    approved,
    board_drafted,
    close,
    drafted,
    write,
)

Browser = Callable[[str], Client]
CANARY = "Zinkhvid"
FIGURE, ROW = "Grafitgrå", "Okkergul"


def closed(cast: Cast, kind: Kind) -> PeriodicReport:
    """Draft one with a closed part of text, figures and a table, and one with a closed table."""
    told = drafted(cast) if kind is KIND else board_drafted(cast)
    close(cast, kind, told, incidents=f"{CANARY} stod åben.")
    figure = StatusFigure("incidents", FIGURE, 987654, 1, wanted="less")
    part = StatusPart("incidents", "Hændelser", [figure], "", ["A"], [[f"{CANARY}-række"]])
    told.parts.filter(code="incidents").update(content=part.data)
    table = {"figures": [], "columns": ["Risiko"], "rows": [[ROW]]}
    told.parts.filter(code="risks" if kind is BOARD else "network").update(content=table)
    code = "risks" if kind is BOARD else "network"
    close(cast, kind, told, "table", **{code: "Det ses her."})
    return told


def words(data: bytes, form: str) -> str:
    """Return all that a file says: its text, its metadata, and what is attached to it."""
    if form == "pdf":
        pdf = PdfReader(io.BytesIO(data))
        text = "".join(one.extract_text() for one in pdf.pages)
        xmp = pdf.xmp_metadata.stream.get_data().decode() if pdf.xmp_metadata else ""
        return text + str(pdf.metadata) + xmp + str(list(pdf.attachments)) + str(pdf.outline)
    if form == "docx":
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            return "".join(file.read(name).decode("utf-8", "ignore") for name in file.namelist())
    return data.decode()


def nothing_closed(text: str) -> bool:
    return not any(one in text for one in (CANARY, FIGURE, ROW, "987654", "987.654"))


@pytest.mark.parametrize("kind", [KIND, BOARD])
def test_nothing_closed_is_in_the_open_edition_as_a_draft_and_as_approved(
    cast: Cast, client_of: Browser, kind: Kind
) -> None:
    told, browser = closed(cast, kind), client_of("coordinator")
    for one in (told, approve(cast, kind, told)):
        for form in ("pdf", "docx", "json"):
            whole, opened = (
                browser.get(reverse("told_file", args=[kind.slug, one.pk, name])).content
                for name in (form, f"{form}-open")
            )
            assert CANARY in words(whole, form) and ROW in words(whole, form), form
            assert nothing_closed(words(opened, form)), form
            assert "Offentlighedsloven" in words(opened, form).replace("\n", " "), form
            assert "Offentlighedsloven" in words(whole, form).replace("\n", " "), form
    kept = kind.model.objects.get(pk=told.pk)
    assert nothing_closed(kept.open_record.content) and CANARY in kept.record.content
    assert json.loads(kept.open_record.content)["edition"] == "open"
    with pytest.raises(DatabaseError), transaction.atomic():
        kind.model.objects.filter(pk=told.pk).update(open_record=None)


def test_who_does_not_see_closed_items_reads_the_open_edition_alone(
    cast: Cast, client_of: Browser
) -> None:
    told = approve(cast, KIND, closed(cast, KIND))
    urls = [told.get_absolute_url(), reverse("proposal_file", args=["status", told.pk])]
    urls += [reverse("told_file", args=["status", told.pk, form]) for form in ("docx", "json")]
    forms = ["json", "pdf", "docx", "json"]
    for who, sees in (("member", True), ("executive", False), ("auditor", False), ("dpo", True)):
        for url, form in zip(urls, forms, strict=True):
            said = words(client_of(who).get(url).content, form)
            assert nothing_closed(said) != sees, (who, url)
    page = client_of("executive").get(told.get_absolute_url()).content.decode()
    assert "Du læser udgaven uden" in page and GROUND in page


def test_the_executive_board_reads_all_of_its_own_report(cast: Cast, client_of: Browser) -> None:
    told = approve(cast, BOARD, closed(cast, BOARD))
    assert CANARY in client_of("executive").get(told.get_absolute_url()).content.decode()
    assert CANARY not in client_of("auditor").get(told.get_absolute_url()).content.decode()


def test_neither_agenda_nor_history_says_what_is_closed(cast: Cast, client_of: Browser) -> None:
    told = closed(cast, KIND)
    text = KIND.text(told)
    tables = KIND.facts([str(told.pk)], AgendaContext.__new__(AgendaContext))
    assert nothing_closed(f"{text}{tables}{KIND.in_words(told)}")
    approve(cast, KIND, told)
    history = client_of("executive").get(reverse("proposal_history", args=["status", told.pk]))
    assert nothing_closed(history.content.decode()) and GROUND in history.content.decode()


def test_the_programs_conclusion_says_nothing_of_a_closed_part() -> None:
    figures = [StatusFigure("above", "Over", 5, 3, wanted="less")]
    parts = [
        StatusPart("risks", "Risici", figures),
        StatusPart(
            "incidents", "Hændelser", [StatusFigure("incidents", FIGURE, 9, 1, wanted="less")]
        ),
    ]
    made = conclude(parts, "før")
    whole = KeptPart(
        code="conclusion",
        heading="Konklusion",
        proposed=made.sentence,
        content={"figures": [], "sentences": made.sentences},
    )
    other = KeptPart(code="incidents", heading="Hændelser", closes="whole", closed_ground=GROUND)
    assert FIGURE in whole.data["text"]
    opened = open_content({"parts": [whole.data, other.data]})["parts"]
    assert FIGURE not in opened[0]["text"] and "5" in opened[0]["text"]
    assert opened[0]["sentences"] == [] and opened[1]["text"] == ""


def test_a_conclusion_by_hand_is_said_to_be_read_by_all(cast: Cast, client_of: Browser) -> None:
    told = closed(cast, KIND)
    browser, said = client_of("coordinator"), "Konklusionen er skrevet i hånden"
    assert said not in browser.get(told.get_absolute_url()).content.decode()
    write(cast, told, conclusion="Det går.")
    assert said in browser.get(told.get_absolute_url()).content.decode()


def test_a_part_is_closed_on_a_ground_and_opened_again(cast: Cast, client_of: Browser) -> None:
    told, browser = drafted(cast), client_of("coordinator")
    url = reverse("told_close", args=["status", told.pk, "network"])
    law = {"ground_law": "ofl-31", "ground": "viser svage steder"}
    answer = browser.post(url, {"closes": "whole", "ground": "fordi"})
    assert answer.status_code == 400 and "Vælg" in answer.content.decode()
    answer = browser.post(url, {"closes": "table", **law})
    assert answer.status_code == 400 and "ingen tabel" in answer.content.decode()
    assert "viser svage steder" in answer.content.decode()
    assert browser.post(url, {"closes": "x", **law}).status_code == 400
    assert browser.post(url, {"closes": "whole", **law}).status_code == 302
    part = told.parts.get(code="network")
    assert (part.closes, part.closed_ground) == ("whole", GROUND)
    assert "viser svage steder" in browser.get(url).content.decode()
    assert browser.post(url, {"closes": "-"}).status_code == 302
    assert not told.parts.get(code="network").closes
    missing = reverse("told_close", args=["status", told.pk, "findes-ikke"])
    assert browser.get(missing).status_code == 404


def test_who_may_not_draft_closes_nothing_and_an_approved_one_is_never_closed(cast: Cast) -> None:
    told = approved(cast)
    with pytest.raises(Refused):
        close_part(KIND, told, "network", "whole", GROUND, by=cast.coordinator)
    draft = drafted(cast, 2)
    with pytest.raises(PermissionDenied):
        close_part(KIND, draft, "network", "whole", GROUND, by=cast.chair)
    assert told.open_record is None and told.record


def test_composing_again_keeps_what_is_closed(cast: Cast) -> None:
    told = drafted(cast)
    close(cast, KIND, told, network="Åben port.")
    recompose(KIND, told, by=cast.coordinator)
    assert told.parts.get(code="network").closes == "whole"


def test_the_edited_word_file_is_handed_to_who_sees_the_whole(
    cast: Cast, client_of: Browser
) -> None:
    told = closed(cast, KIND)
    file = store_file(report_word(KIND.content(told)), "a.docx")
    take_word_back(KIND, told, {}, file, tells_the_same=True, by=cast.coordinator)
    KIND.propose(told, cast.committee, by=cast.coordinator)
    url = reverse("told_edited", args=["status", told.pk])
    for who, status in (("member", 200), ("executive", 404), ("auditor", 404)):
        assert client_of(who).get(url).status_code == status, who
        page = client_of(who).get(told.get_absolute_url()).content.decode()
        assert (url in page) == (status == 200), who
