"""The setup assistant: from an empty municipality to the first agenda."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kommissorium.accounts.models import Municipality, OrganisationRole, Person
from kommissorium.committees.actions.committee import found_committee
from kommissorium.committees.actions.mandates import draft_mandate
from kommissorium.committees.actions.seats import take_seat
from kommissorium.committees.models import Committee, Holding, Mandate, Seat
from kommissorium.committees.reader import builtin, read_text
from kommissorium.conftest import LATE, Cast, in_days, time_is
from kommissorium.core.files.actions import store_file
from kommissorium.core.mail.models import OutboxMail
from kommissorium.meetings.actions.earlier_meetings import (
    EarlierMeeting,
    register_earlier_meeting,
)
from kommissorium.secretariat import getting_started
from kommissorium.secretariat.getting_started import SetupProgress, progress

Browser = Callable[[str], Client]


def seat_rows(number: int, **filled: str) -> dict[str, str]:
    rows = {"form-TOTAL_FORMS": str(number), "form-INITIAL_FORMS": str(number)}
    for row, key in enumerate(Seat.objects.values_list("pk", flat=True)[:number]):
        rows |= {f"form-{row}-seat": str(key), f"form-{row}-name": "", f"form-{row}-email": ""}
    return rows | {name.replace("_", "-", 2): value for name, value in filled.items()}


def vacate(cast: Cast) -> None:
    """Let everybody leave the committee, as it stands while a municipality is being set up."""
    Holding.objects.all().delete()
    Municipality.objects.update(setup_finished_at=None)


def test_each_step_that_is_done_is_passed_by(cast: Cast, client_of: Browser) -> None:
    browser = client_of("coordinator")
    assert browser.get(reverse("setup"))["Location"] == reverse("setup_rhythm")


def test_the_first_step_of_an_empty_municipality_names_the_committee(
    cast: Cast, client_of: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(getting_started, "progress", SetupProgress)
    browser = client_of("coordinator")
    version = str(Municipality.current().edit_version)
    sent = {"name": "Tryllerup Kommune", "begins_with": "all", "edit_version": version}
    assert browser.get(reverse("setup"))["Location"] == reverse("setup_municipality")
    taken = browser.post(reverse("setup_municipality"), {**sent, "committee": str(cast.committee)})
    assert taken.status_code == 400
    assert taken.context["form"].errors["committee"]
    made = browser.post(reverse("setup_municipality"), {**sent, "committee": "Et nyt udvalg"})
    assert made["Location"] == reverse("setup_mandate")
    assert Committee.objects.filter(name="Et nyt udvalg").exists()


def test_a_text_that_is_no_mandate_stores_nothing(
    cast: Cast, client_of: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    committee = found_committee(name="Et nyt udvalg", by=cast.coordinator)
    monkeypatch.setattr(getting_started, "progress", lambda: SetupProgress(committee))
    browser, before = client_of("coordinator"), Mandate.objects.count()
    for text in ("", "   ", "x" * 70_000):
        response = browser.post(reverse("setup_mandate"), {"way": "text", "text": text})
        assert response.status_code == 400
    assert Mandate.objects.count() == before
    read = browser.post(reverse("setup_mandate"), {"way": "text", "text": builtin("en")})
    draft = Mandate.objects.get(committee=committee)
    assert read["Location"] == reverse("setup_mandate")
    assert not draft.is_approved


def test_seats_are_filled_on_one_page_or_not_at_all(cast: Cast, client_of: Browser) -> None:
    vacate(cast)
    browser, url = client_of("coordinator"), reverse("setup_seats")
    number = len(browser.get(url).context["rows"])
    assert number == 8  # six seats, and two rows the mandate leaves open
    lacking = seat_rows(number, form_0_name="Nina Ny", form_1_email="uden@tryllerup.example")
    response = browser.post(url, lacking)
    assert response.status_code == 400
    assert "Nina Ny" in response.content.decode()
    twice = seat_rows(
        number,
        form_0_name="Nina Ny",
        form_0_email="nina@tryllerup.example",
        form_1_name="Nina Ny",
        form_1_email="nina@tryllerup.example",
    )
    response = browser.post(url, twice)
    assert response.status_code == 400
    assert response.context["rows"][1][1].errors["name"]
    assert not Person.objects.filter(name="Nina Ny").exists()
    good = seat_rows(number, form_0_name="Nina Ny", form_0_email="nina@tryllerup.example")
    ticked = {"form-0-is_executive": "on", "form-0-is_dpo": "on"}
    assert browser.post(url, good | ticked).status_code == 302
    person = Person.objects.get(name="Nina Ny")
    assert person.current_roles == {"executive", "dpo"}
    assert person.holdings.count() == 1


def test_a_known_e_mail_with_another_name_is_refused(cast: Cast, client_of: Browser) -> None:
    vacate(cast)
    browser, url = client_of("coordinator"), reverse("setup_seats")
    sent = seat_rows(6, form_0_name="En anden", form_0_email=cast.chair.email or "")
    response = browser.post(url, sent)
    assert response.status_code == 400
    assert cast.chair.name in response.content.decode()
    known = seat_rows(6, form_0_name=cast.chair.name, form_0_email=(cast.chair.email or "").upper())
    assert browser.post(url, known).status_code == 302
    assert cast.chair.holdings.count() == 1


def test_invitations_go_to_those_who_are_chosen(cast: Cast, client_of: Browser) -> None:
    vacate(cast)
    browser = client_of("coordinator")
    names: Any = {"form_0_name": "Nina Ny", "form_0_email": "nina@tryllerup.example"}
    names |= {"form_1_name": "Otto Ny", "form_1_email": "otto@tryllerup.example"}
    browser.post(reverse("setup_seats"), seat_rows(6, **names))
    url = reverse("setup_invitations")
    people = browser.get(url).context["people"]
    assert {person.name for person in people} == {"Nina Ny", "Otto Ny"}
    assert browser.post(url, {}).status_code == 400
    nina = Person.objects.get(name="Nina Ny")
    assert browser.post(url, {"people": [nina.pk]}).status_code == 302
    sent = OutboxMail.objects.filter(kind="accounts.invitation")
    assert list(sent.values_list("recipient", flat=True)) == [nina.email]
    stranger = browser.post(url, {"people": [cast.auditor.pk]})
    assert stranger.status_code == 400


def test_the_end_tells_what_is_missing_and_can_be_left(cast: Cast, client_of: Browser) -> None:
    browser, url = client_of("coordinator"), reverse("setup_end")
    urls = [step.url for step in browser.get(url).context["first_steps"].left]
    assert reverse("meetings_plan", args=[cast.committee.pk]) in urls
    assert browser.post(url)["Location"] == reverse("overview")
    assert Municipality.current().setup_finished_at


def test_the_rhythm_leads_to_the_plan_of_the_year(cast: Cast, client_of: Browser) -> None:
    sent = {
        "name": cast.committee.name,
        "weekday": "1",
        "start_time": "09:00",
        "minutes": "90",
        "call_days": "4",
        "review_days": "7",
        "avoided_weeks": "uge tretten",
        "edit_version": cast.committee.edit_version,
    }
    browser, url = client_of("coordinator"), reverse("setup_rhythm")
    response = browser.post(url, sent)
    assert response.status_code == 400
    assert list(response.context["form"].errors) == ["avoided_weeks"]
    response = browser.post(url, {**sent, "avoided_weeks": "29-31"})
    assert response["Location"] == reverse("setup_dates")
    cast.committee.refresh_from_db()
    assert (cast.committee.weekday, cast.committee.minutes) == (1, 90)


def test_who_sits_on_the_executive_board_is_noted_once(cast: Cast, client_of: Browser) -> None:
    vacate(cast)
    chief = cast.executive
    row = {"form_0_name": chief.name, "form_0_email": chief.email or ""}
    sent = {**seat_rows(6, **row), "form-0-is_executive": "on"}
    assert client_of("coordinator").post(reverse("setup_seats"), sent).status_code == 302
    roles = OrganisationRole.objects.filter(person=chief, kind="executive")
    assert roles.count() == 1


def test_a_seat_filled_meanwhile_never_gives_the_name_another_seat(
    cast: Cast, client_of: Browser
) -> None:
    vacate(cast)
    browser, url = client_of("coordinator"), reverse("setup_seats")
    sent = seat_rows(6, form_0_name="Nina Ny", form_0_email="nina@tryllerup.example")
    first = Seat.objects.get(pk=sent["form-0-seat"])
    take_seat(first, by=None, person=cast.chair, from_date=cast.since, because=LATE)
    response = browser.post(url, sent)
    assert response.status_code == 400
    assert response.context["rows"][0][1].errors["name"]
    assert not Person.objects.filter(name="Nina Ny").exists()
    assert list(first.holdings.values_list("person", flat=True)) == [cast.chair.pk]
    unknown = {**sent, "form-0-seat": "999999"}
    assert browser.post(url, unknown).status_code == 400
    assert browser.post(url, {**sent, "form-0-seat": "x"}).status_code == 400


def test_the_finished_assistant_is_the_coordinators_alone(cast: Cast, client_of: Browser) -> None:
    url = reverse("setup_seats")
    assert client_of("administrator").get(url).status_code == 404
    Municipality.objects.update(setup_finished_at=None)
    assert client_of("administrator").get(url).status_code == 200


def test_a_committee_with_a_past_is_shown_the_way_to_its_earlier_meetings(
    cast: Cast, client_of: Browser
) -> None:
    way = reverse("earlier_meeting_add", args=[cast.committee.pk])
    assert way in client_of("coordinator").get(reverse("setup_end")).text
    file = store_file(b"%PDF-1.7 referat", "referat.pdf")
    held = EarlierMeeting(cast.since, file, "referat.pdf")
    register_earlier_meeting(cast.committee, held, by=cast.coordinator)
    # A meeting of the past is none in the calendar: the year is still to be planned.
    assert not progress().has_meetings


def test_a_committee_that_begins_today_has_no_earlier_meetings(
    cast: Cast, client_of: Browser
) -> None:
    with time_is(in_days((cast.since - timezone.localdate()).days, 12)):
        page = client_of("coordinator").get(reverse("setup_end"))
    assert reverse("earlier_meeting_add", args=[cast.committee.pk]) not in page.text


def draft_anew(cast: Cast, text: str) -> Mandate:
    """Let the municipality be set up again, with a mandate that is read and waits."""
    vacate(cast)
    Seat.objects.all().delete()
    return draft_mandate(cast.committee, read_text(text), by=cast.coordinator, source_text=text)


def sent_of(page: Any, **changed: str) -> dict[str, Any]:
    """Return what a browser sends of the reading's form."""
    form = page.context["form"]
    sent: dict[str, Any] = {"clauses-TOTAL_FORMS": len(form.clauses.forms)}
    for part in (form.title, *form.clauses.forms):
        for name in part.fields:
            value = part[name].value()
            sent[part.add_prefix(name)] = "" if value is None else value
    return sent | changed


def test_only_what_was_doubtful_is_asked_about(cast: Cast, client_of: Browser) -> None:
    text = builtin("da") + "\n\nUdvalget\nZebraer er stribede heste.\n"
    draft_anew(cast, text)
    page = client_of("coordinator").get(reverse("setup_mandate"))
    doubtful = [row.summary for row in page.context["form"].doubtful]
    assert 0 < len(doubtful) < 8
    assert any("…" in summary or "står åben" in summary for summary in doubtful)
    assert "Zebraer" in page.text


def test_two_readings_that_differ_are_settled_by_a_button(cast: Cast, client_of: Browser) -> None:
    draft = draft_anew(cast, builtin("da"))
    browser, url = client_of("coordinator"), reverse("setup_mandate")
    text = "Direktøren kan på udvalgets vegne godkende procedurer mellem møderne."
    page = browser.get(url)
    clauses = page.context["form"].clauses.forms
    place = next(at for at, one in enumerate(clauses) if one["kind"].value() == "responsibility")
    typed = {
        f"clauses-{place}-text": text,
        f"clauses-{place}-measure": "underlying_policies",
    }
    page = browser.post(url, sent_of(page, **typed), follow=True)
    button = f'value="{place}:chair_mandate"'
    assert button in page.text
    settled = browser.post(url, sent_of(page, settle=f"{place}:chair_mandate"))
    assert button not in settled.text
    browser.post(url, sent_of(settled))
    assert draft.clauses.get(text=text).measure == "chair_mandate"
    assert button not in browser.get(url).text


def test_the_reading_is_corrected_approved_and_seated_in_one_press(
    cast: Cast, client_of: Browser
) -> None:
    draft = draft_anew(cast, builtin("da"))
    browser, url = client_of("coordinator"), reverse("setup_mandate")
    page = browser.get(url)
    row = next(one for one in page.context["form"].doubtful if one.is_member)
    name = row.form.add_prefix("function")
    sent = sent_of(page, **{name: "Chef for Trylleri", "approve": "1", "adopted_by": ""})
    lacking = browser.post(url, {**sent, "effective_from": timezone.localdate().isoformat()})
    assert lacking.status_code == 400
    assert "Chef for Trylleri" in lacking.text
    late = {**sent, "adopted_by": "Direktionen", "effective_from": "2001-01-01", "because": "Før"}
    refused = browser.post(url, late)
    assert refused.status_code == 400
    assert refused.context["approval"].errors["effective_from"]
    draft.refresh_from_db()
    assert (draft.is_approved, draft.edit_version) == (False, 1)
    good = {**late, "effective_from": timezone.localdate().isoformat(), "because": ""}
    assert browser.post(url, good)["Location"] == reverse("setup_seats")
    draft.refresh_from_db()
    assert draft.is_approved
    assert Seat.objects.filter(function="Chef for Trylleri").exists()


def test_two_who_read_at_once_both_keep_what_they_wrote(cast: Cast, client_of: Browser) -> None:
    draft_anew(cast, builtin("da"))
    browser, url = client_of("coordinator"), reverse("setup_mandate")
    sent = sent_of(browser.get(url))
    assert browser.post(url, {**sent, "title": "Hendes"})["Location"] == url
    both = browser.post(url, {**sent, "title": "Hans"})
    assert both.status_code == 409
    assert "Hendes" in both.text
    assert both.context["form"].title["title"].value() == "Hans"
    assert browser.post(url, {"discard": "1"})["Location"] == url
    assert browser.get(url).context["state"].draft is None


def test_the_seat_the_mandate_leaves_open_is_made_when_it_is_named(
    cast: Cast, client_of: Browser
) -> None:
    vacate(cast)
    browser, url = client_of("coordinator"), reverse("setup_seats")
    rows = [row for _seat, row in browser.get(url).context["rows"]]
    secretary = next(row for row in rows if row["name"].value())
    assert secretary["name"].value() == cast.coordinator.name
    clause = next(row["clause"].value() for row in rows if row["clause"].value())
    sent = {
        "form-TOTAL_FORMS": "1",
        "form-INITIAL_FORMS": "1",
        "form-0-clause": str(clause),
        "form-0-name": "Nina Ny",
    }
    assert browser.post(url, sent).status_code == 400
    sent["form-0-function"] = "Chef for Trylleri"
    assert browser.post(url, sent).status_code == 302
    assert Seat.objects.get(function="Chef for Trylleri").holdings.get().person.name == "Nina Ny"
    again = browser.post(url, sent)
    assert again.status_code == 400, "made meanwhile"
    assert Seat.objects.filter(function="Chef for Trylleri").count() == 1


def test_each_step_leads_to_the_next_within_the_frame(cast: Cast, client_of: Browser) -> None:
    Municipality.objects.update(setup_finished_at=None)
    browser = client_of("coordinator")
    for step in ("municipality", "mandate", "seats", "rhythm", "dates", "wheel", "invitations"):
        page = browser.get(reverse(f"setup_{step}"))
        assert len(page.context["steps"]) == 6, step
    sent = {"proposal": ["incidents"]}
    done = browser.post(reverse("setup_wheel"), sent)
    assert done["Location"] == reverse("setup_invitations")
    assert progress().has_duties


def test_the_day_of_the_rest_is_asked_where_there_is_a_rest(
    cast: Cast, client_of: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(getting_started, "progress", SetupProgress)
    browser, version = client_of("coordinator"), str(Municipality.current().edit_version)
    sent = {"name": "Tryllerup Kommune", "committee": "Nyt udvalg", "edit_version": version}
    page = reverse("setup_municipality")
    refused = browser.post(page, {**sent, "begins_with": "meetings", "later_from": ""})
    assert refused.status_code == 400
    assert list(refused.context["form"].errors) == ["later_from"]
    assert list(browser.post(page, sent).context["form"].errors) == ["begins_with"]
    assert browser.post(page, {**sent, "begins_with": "all"}).status_code == 302
