"""The usual headings of a case presentation: offered, and never sent out empty."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils.translation import override

from kommissorium.conftest import Cast
from kommissorium.core.tests.documents.pdfs import text_of
from kommissorium.meetings.actions.agenda import add_item
from kommissorium.meetings.actions.call import add_late_item, call_meeting
from kommissorium.meetings.models import AgendaItem, Meeting
from kommissorium.meetings.pack_builder import write_pack
from kommissorium.meetings.presentation_skeleton import (
    headings,
    with_skeleton,
    without_empty_headings,
)

DPO = "Databeskyttelsesrådgiverens rådgivning"


def test_headings_come_in_order_and_what_is_written_stays() -> None:
    own = "<p>Indledning</p><h3>Økonomi</h3><p>10 kr.</p><h3>Eget</h3><p>Egen tekst</p>"
    found = with_skeleton(own, "decision")
    assert found.startswith("<p>Indledning</p><h3>Resumé</h3><h3>Baggrund</h3>")
    assert "<h3>Økonomi</h3><p>10 kr.</p><h3>Eget</h3><p>Egen tekst</p><h3>Lovgrundlag" in found
    assert f"<h3>{DPO}</h3><h3>Videre proces</h3>" in found
    assert with_skeleton(found, "decision") == found
    assert without_empty_headings(found) == own


@pytest.mark.parametrize("type_", AgendaItem.Type.values)
def test_a_skeleton_alone_is_nothing_and_each_type_has_one(type_: str) -> None:
    for language in ("da", "en"):
        with override(language):
            made = with_skeleton("", type_)
            assert made.count("<h3>") == sum(type_ in one.types for one in headings()) >= 3
            assert without_empty_headings(made) == ""
    assert (DPO in with_skeleton("", type_)) is (type_ != "information")


def test_an_own_heading_is_the_writers_affair() -> None:
    for html in ("<h3>Eget</h3>", "<h3>Eget</h3><h3>Mere</h3><p>Tekst</p>", "", "<p>Tekst</p>"):
        assert without_empty_headings(html) == html


@pytest.mark.django_db
def test_they_are_inserted_before_anything_is_saved_and_nothing_typed_is_lost(
    meeting: Meeting, client_of: Any
) -> None:
    client = client_of("coordinator")
    item = meeting.items.all()[0]
    typed = {
        "title": "",
        "type": "decision",
        "presentation": "<p>Allerede skrevet</p>",
        "recommendation": "<p>At det vedtages</p>",
        "is_closed": "on",
        "closed_ground_law": "ofl-31",
        "closed_ground": "Net",
        "skeleton": "1",
    }
    for url in (f"/meetings/{meeting.pk}/items/add/", f"/items/{item.pk}/edit/"):
        before = AgendaItem.objects.count()
        answer = client.post(url, {**typed, "edit_version": "7"})
        assert answer.status_code == 200
        form = answer.context["form"]
        assert not form.errors
        assert form["presentation"].value().startswith("<p>Allerede skrevet</p><h3>Resumé</h3>")
        assert form["recommendation"].value() == "<p>At det vedtages</p>"
        assert form["is_closed"].value() is True
        page = answer.content.decode()
        assert '<option value="ofl-31" selected>' in page and 'value="Net"' in page
        assert 'name="edit_version" value="7"' in page
        assert AgendaItem.objects.count() == before
        assert page.index('type="submit" tabindex="-1"') < page.index('name="skeleton"')
    item.refresh_from_db()
    assert item.presentation == ""
    answer = client.post(url, {**typed, "presentation": "<p>x</p>" * 100_000})
    assert answer.status_code == 400


@pytest.mark.django_db
def test_empty_headings_stay_in_the_draft_and_are_not_sent_out(
    cast: Cast, meeting: Meeting, client_of: Any
) -> None:
    written = with_skeleton("<h3>Baggrund</h3><p>Fordi</p>", "decision")
    new = {"by": cast.coordinator, "title": "Sag", "type": "decision", "presentation": written}
    item = add_item(meeting, **new)
    client = client_of("coordinator")
    assert "Videre proces" in client.get(f"/items/{item.pk}/edit/").content.decode()
    assert "Videre proces" not in client.get(f"/items/{item.pk}/").content.decode()
    assert "Videre proces" not in text_of(write_pack(meeting, "pdf", with_closed=True))
    call_meeting(meeting, by=cast.coordinator)
    meeting.refresh_from_db()
    late = add_late_item(meeting, late_because="Hastede", **new)
    item.refresh_from_db()
    assert item.presentation == late.presentation == "<h3>Baggrund</h3><p>Fordi</p>"
    assert "Videre proces" not in meeting.call.record.content
