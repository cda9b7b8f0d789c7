"""Items: writing, order, closed items and attachments."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from kommissorium.conftest import Cast
from kommissorium.core.evidence.models import Event
from kommissorium.meetings.actions.agenda import add_item, attach, move_item
from kommissorium.meetings.models import AgendaItem, Attachment, Meeting

Browser = Callable[[str], Client]
PDF = b"%PDF-1.7\n%%EOF\n"


def fields(**more: Any) -> dict[str, Any]:
    texts = {"presentation": "<p>Sagen</p>", "recommendation": "<p>Godkend</p>"}
    return {"title": "Ny firewall", "type": "decision", **texts, **more}


def closed_item(meeting: Meeting, cast: Cast) -> AgendaItem:
    return add_item(
        meeting,
        by=cast.coordinator,
        title="Hemmelig svaghed",
        type="discussion",
        presentation="<p>Porten står åben</p>",
        is_closed=True,
        closed_ground="Sårbarhed",
    )


def test_the_mandates_items_stand_in_its_order(meeting: Meeting) -> None:
    measures = list(meeting.items.values_list("clause__measure", flat=True))
    assert measures[0] == "agenda_minutes"
    assert measures[-1] == "agenda_any_other_business"
    assert len(measures) == 8


def test_a_new_item_comes_before_any_other_business(meeting: Meeting, client_of: Browser) -> None:
    url = reverse("item_add", args=[meeting.pk])
    assert client_of("coordinator").post(url, fields()).status_code == 302
    titles = list(meeting.items.values_list("title", flat=True))
    assert titles[-2] == "Ny firewall"
    assert len(titles) == 9


def test_only_who_prepares_may_add(meeting: Meeting, client_of: Browser) -> None:
    url = reverse("item_add", args=[meeting.pk])
    for who, status in [("dpo", 403), ("member", 403), ("employee", 404), ("deputy", 302)]:
        assert client_of(who).post(url, fields()).status_code == status, who


def test_texts_are_sanitised(meeting: Meeting, client_of: Browser) -> None:
    evil = '<p onclick="x()">Hej<script>alert(1)</script><img src="https://a.example/x"></p>'
    client_of("coordinator").post(reverse("item_add", args=[meeting.pk]), fields(presentation=evil))
    kept = meeting.items.get(title="Ny firewall").presentation
    assert "Hej" in kept
    assert not any(word in kept for word in ("script", "onclick", "img"))


def test_a_closed_item_needs_a_ground(meeting: Meeting, client_of: Browser) -> None:
    url = reverse("item_add", args=[meeting.pk])
    response = client_of("coordinator").post(url, fields(is_closed="on"))
    assert response.status_code == 400
    assert response.context["form"].errors["closed_ground"]
    assert "Sagen" in response.content.decode()


def test_a_closed_item_is_seen_by_those_the_committee_names(
    meeting: Meeting, cast: Cast, client_of: Browser
) -> None:
    item = closed_item(meeting, cast)
    file = attach(item, by=cast.coordinator, name="svaghed.pdf", data=PDF)
    file_url = reverse("attachment", args=[file.pk])
    for who in ("chair", "dpo", "member", "coordinator"):
        assert client_of(who).get(item.get_absolute_url()).status_code == 200, who
        assert client_of(who).get(file_url).status_code == 200, who
    for who in ("auditor", "executive", "employee", "administrator"):
        assert client_of(who).get(item.get_absolute_url()).status_code == 404, who
        assert client_of(who).get(file_url).status_code == 404, who
        page = client_of(who).get(meeting.get_absolute_url()).content.decode()
        assert "Hemmelig svaghed" not in page, who


def test_what_a_closed_item_is_about_stands_in_no_log(meeting: Meeting, cast: Cast) -> None:
    item = closed_item(meeting, cast)
    file = attach(item, by=cast.coordinator, name="Hemmelig svaghed.pdf", data=PDF)
    assert file.name == "Hemmelig svaghed.pdf"
    logged = "".join(Event.objects.values_list("facts", flat=True))
    assert "Hemmelig" not in logged


def test_two_editors_never_overwrite_each_other(meeting: Meeting, client_of: Browser) -> None:
    item = meeting.items.first()
    url = reverse("item_edit", args=[item.pk])
    first = fields(title="Den førstes", edit_version=item.edit_version)
    assert client_of("coordinator").post(url, first).status_code == 302
    second = fields(title="Den andens", edit_version=item.edit_version)
    response = client_of("chair").post(url, second)
    assert response.status_code == 409
    text = response.content.decode()
    assert "Den førstes" in text
    assert "Den andens" in text
    item.refresh_from_db()
    assert item.title == "Den førstes"
    again = fields(title="Den andens", edit_version=item.edit_version)
    assert client_of("chair").post(url, again).status_code == 302


def test_items_move_by_buttons_and_by_dragging(
    meeting: Meeting, cast: Cast, client_of: Browser
) -> None:
    browser = client_of("coordinator")
    keys = list(meeting.items.values_list("pk", flat=True))
    down = reverse("item_position", args=[keys[0]]) + "?to=down"
    assert browser.post(down).status_code == 302
    assert list(meeting.items.values_list("pk", flat=True))[:2] == [keys[1], keys[0]]
    url = reverse("items_order", args=[meeting.pk])
    assert browser.post(url, {"order": keys}).status_code == 302
    assert list(meeting.items.values_list("pk", flat=True)) == keys
    for wrong in (keys[:-1], [*keys, 999_999], ["x"], [*keys[:-1], keys[0]]):
        assert browser.post(url, {"order": wrong}).status_code == 400
    move_item(meeting.items.first(), by=cast.coordinator, places=-1)
    assert list(meeting.items.values_list("pk", flat=True)) == keys


def test_a_removed_item_of_the_mandate_can_be_put_back(
    meeting: Meeting, client_of: Browser
) -> None:
    browser = client_of("coordinator")
    item = meeting.items.get(clause__measure="executive_reporting")
    assert browser.post(reverse("item_removal", args=[item.pk])).status_code == 302
    page = browser.get(meeting.get_absolute_url())
    assert [clause.pk for clause in page.context["missing"]] == [item.clause_id]
    restore = reverse("item_restore", args=[meeting.pk, item.clause_id])
    for _twice in range(2):
        assert browser.post(restore).status_code == 302
    assert meeting.items.filter(clause=item.clause_id).count() == 1


def test_files_come_in_with_the_item_and_go_out_harmless(
    meeting: Meeting, client_of: Browser
) -> None:
    browser = client_of("coordinator")
    file = SimpleUploadedFile("Bilag æøå.pdf", PDF, "text/html")
    browser.post(reverse("item_add", args=[meeting.pk]), fields(attachments=file))
    kept = Attachment.objects.get()
    response = client_of("member").get(reverse("attachment", args=[kept.pk]))
    assert response.getvalue() == PDF
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith("attachment")
    assert "sandbox" in response["Content-Security-Policy"]
    assert browser.post(reverse("attachment_removal", args=[kept.pk])).status_code == 302
    assert not Attachment.objects.exists()


def bomb() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * (310 * 1024 * 1024))
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("virus.exe", b"MZ"),
        ("brev.pdf", b"MZ not a pdf"),
        ("tom.pdf", b""),
        ("regneark.xlsx", b"PK\x03\x04 broken"),
        ("side.html", b"<script>"),
    ],
)
def test_a_file_that_may_not_come_in_leaves_nothing_behind(
    meeting: Meeting, client_of: Browser, name: str, data: bytes
) -> None:
    file = SimpleUploadedFile(name, data)
    response = client_of("coordinator").post(
        reverse("item_add", args=[meeting.pk]), fields(attachments=file)
    )
    assert response.status_code == 400
    assert response.context["form"].errors["attachments"]
    assert "Ny firewall" in response.content.decode()
    assert meeting.items.count() == 8


def test_a_zip_bomb_is_refused(meeting: Meeting, client_of: Browser) -> None:
    file = SimpleUploadedFile("rapport.docx", bomb())
    response = client_of("coordinator").post(
        reverse("item_add", args=[meeting.pk]), fields(attachments=file)
    )
    assert response.status_code == 400
    assert response.context["form"].errors["attachments"]


def test_pages_ask_a_constant_number_of_questions(
    meeting: Meeting, cast: Cast, client_of: Browser, django_assert_max_num_queries: Any
) -> None:
    for number in range(40):
        item = add_item(meeting, by=cast.coordinator, title=f"Punkt {number}", type="information")
        attach(item, by=cast.coordinator, name=f"{number}.txt", data=f"bilag {number}".encode())
    browser = client_of("coordinator")
    pages = [
        meeting.get_absolute_url(),
        item.get_absolute_url(),
        reverse("item_edit", args=[item.pk]),
        reverse("meeting_history", args=[meeting.pk]),
    ]
    browser.get(pages[0])
    for url in pages:
        with django_assert_max_num_queries(13):
            assert browser.get(url).status_code == 200, url
