"""An incident from the report to the evaluation, by the pages that each person uses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kommissorium.assets.actions.assets import add_asset
from kommissorium.conftest import Cast, in_days, time_is
from kommissorium.incidents.models import Evaluation, Incident
from kommissorium.incidents.tests.cases import HOUR, notification, reported, triaged
from kommissorium.incidents.tests.test_reports import form
from kommissorium.tasks.models import Task

Browser = Callable[[str], Client]


def moment(name: str, at: object = None) -> dict[str, str]:
    local = timezone.localtime(at)  # type: ignore[arg-type]
    return {f"{name}_0": local.date().isoformat(), f"{name}_1": f"{local:%H:%M}"}


def triage_form(**others: str) -> dict[str, str]:
    return {
        "edit_version": "1",
        "title": "Mail til forkert modtager",
        "nature": "incident",
        "type": "misdirected",
        "severity": "3",
        "hits_confidentiality": "on",
        "assets": "LØN\n",
        "persons": "1.200",
        "is_attack": "no",
        "is_breach": "yes",
        "is_significant": "no",
        "plan_activated": "no",
        **moment("aware_at"),
        "aware_because": "Medarbejderen ringede.",
        **others,
    }


def test_from_report_to_evaluation(cast: Cast, client_of: Browser) -> None:
    asset = add_asset(by=cast.coordinator, kind="system", values={"name": "Løn"})
    start = timezone.now()
    client_of("employee").post("/incidents/report/", form())
    found = Incident.objects.get()
    page, coordinator = found.get_absolute_url(), client_of("coordinator")
    assert coordinator.get(f"{page}triage/").status_code == 200
    assert coordinator.post(f"{page}triage/", triage_form()).status_code == 302
    found.refresh_from_db()
    assert found.persons == 1200 and list(found.assets.all()) == [asset]
    row = notification(found)
    advice = {"advice": "Anmeld det.", "edit_version": str(row.edit_version)}
    asked = client_of("dpo").get(f"{row.get_absolute_url()}advice/").text
    assert found.what in asked and asset.name in asked, "the case stands beside the advice"
    assert client_of("dpo").post(f"{row.get_absolute_url()}advice/", advice).status_code == 302
    assert "71 t. 5" in client_of("chair").get(page).content.decode()
    assert "71 t. 5" in client_of("chair").get(f"{page}clocks/").content.decode()
    handler = {"person": str(cast.head_of_it.pk), "role": "lead"}
    assert coordinator.post(f"{page}handler/", handler).status_code == 302
    assert coordinator.post(f"{page}begin/").status_code == 302
    head = client_of("head_of_it")
    with time_is(start + 50 * HOUR):
        head = client_of("head_of_it")
        text = head.get(f"{row.get_absolute_url()}text/").context["form"]["text"].value()
        assert text.index("Hvad er der sket") < text.index("Kategorier af personoplysninger")
        assert "Løn" in text and "1.200" in text
        version = str(notification(found).edit_version)
        sent = {**moment("sent_at"), "receipt": "DT-77", "edit_version": version}
        assert head.post(f"{row.get_absolute_url()}sent/", sent).status_code == 302
        assert notification(found).was_late is False
        other = notification(found, "gdpr_34")
        need = {"needed": "no", "because": "Lav risiko.", "edit_version": str(other.edit_version)}
        assert head.post(f"{other.get_absolute_url()}need/", need).status_code == 302
        task = {"title": "Ret skabelonen", "owner": str(cast.head_of_it.pk), "due": "2999-01-01"}
        assert head.post(f"{page}task/", task).status_code == 302
        found.refresh_from_db()
        words = {"effects": "Ingen kendte.", "remedy": "Slettet af modtageren."}
        over = {**words, "edit_version": str(found.edit_version)}
        assert head.post(f"{page}close/", over).status_code == 302
        coordinator = client_of("coordinator")
        assert coordinator.post(f"{page}evaluation/").status_code == 302
    made, coordinator = Evaluation.objects.get(), client_of("coordinator")
    assert coordinator.get(made.get_absolute_url()).status_code == 200
    assert Task.objects.get().is_closed
    sheet = coordinator.get(reverse("incident_breaches"))
    assert sheet.status_code == 200


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"nature": ""}, "nature"),
        ({"title": ""}, "title"),
        ({"severity": ""}, "severity"),
        ({"is_breach": ""}, "is_breach"),
        ({"assets": "Lønsystemet"}, "assets"),
        ({"aware_because": ""}, "aware_because"),
        ({"aware_at_0": "2999-01-01"}, "aware_at"),
        ({"aware_at_0": "", "aware_at_1": ""}, "aware_at"),
        ({"persons": "mange"}, "persons"),
    ],
)
def test_a_triage_that_lacks_something_says_what(
    cast: Cast, client_of: Browser, fields: dict[str, str], wrong: str
) -> None:
    add_asset(by=cast.coordinator, kind="system", values={"name": "Løn"})
    found = reported(cast)
    address = reverse("incident_triage", args=[found.pk])
    answer = client_of("coordinator").post(address, triage_form(**fields))
    assert answer.status_code == 400
    assert wrong in answer.context["form"].errors
    assert not found.notifications.exists() and not found.awareness.exists()


def test_all_that_a_triage_lacks_is_told_at_once(cast: Cast, client_of: Browser) -> None:
    found = reported(cast)
    page = f"{found.get_absolute_url()}triage/"
    said = {"edit_version": "1", "nature": "incident", "is_breach": "yes"}
    answer = client_of("coordinator").post(page, said | moment("aware_at", in_days(1, 9)))
    assert answer.status_code == 400
    assert set(answer.context["form"].errors) == {
        *("title", "type", "severity", "hits_confidentiality", "is_attack", "is_significant"),
        *("plan_activated", "aware_at", "aware_because"),
    }


def test_the_triage_says_what_an_incident_is_to_be_told_with(
    cast: Cast, client_of: Browser
) -> None:
    found = reported(cast)
    shown = client_of("coordinator").get(f"{found.get_absolute_url()}triage/").text
    assert shown.count("(kræves, når det er en sikkerhedshændelse)") == 6
    assert shown.count("(kræves, når det er et brud eller en væsentlig hændelse)") == 2


def test_a_case_is_closed_with_both_effects_and_remedy(cast: Cast, client_of: Browser) -> None:
    found = triaged(cast, is_breach="no")
    answer = client_of("coordinator").post(f"{found.get_absolute_url()}close/", {})
    assert set(answer.context["form"].errors) == {"effects", "remedy"}
    assert "valgfrit" not in answer.text


def test_a_notification_says_all_it_lacks_at_once(cast: Cast, client_of: Browser) -> None:
    found = triaged(cast, timezone.now() - 80 * HOUR)
    row = notification(found)
    address = row.get_absolute_url()  # type: ignore[union-attr]
    browser = client_of("coordinator")
    answer = browser.post(f"{address}sent/", {"edit_version": "1", **moment("sent_at")})
    assert set(answer.context["form"].errors) == {"receipt", "late_because"}
    assert "(kræves, når fristen var overskredet)" in answer.text
    answer = browser.post(f"{address}need/", {"edit_version": "1", "needed": "no"})
    assert set(answer.context["form"].errors) == {"because"}


def test_no_incident_ends_the_case_and_asks_nothing_more(cast: Cast, client_of: Browser) -> None:
    found = reported(cast)
    address = reverse("incident_triage", args=[found.pk])
    said = {"edit_version": "1", "title": "Falsk alarm", "nature": "none"}
    assert client_of("coordinator").post(address, said).status_code == 302
    found.refresh_from_db()
    assert found.state == "closed" and not found.notifications.exists()
    again = {"because": "Det var alligevel noget."}
    page = f"{found.get_absolute_url()}reopen/"
    assert client_of("coordinator").post(page, again).status_code == 302
    found.refresh_from_db()
    assert found.state == "reported"


def test_two_who_triage_at_once_are_told(cast: Cast, client_of: Browser) -> None:
    add_asset(by=cast.coordinator, kind="system", values={"name": "Løn"})
    found = reported(cast)
    address = reverse("incident_triage", args=[found.pk])
    browser = client_of("coordinator")
    assert browser.post(address, triage_form()).status_code == 302
    second = browser.post(address, triage_form(title="En anden"))
    assert second.status_code == 409
    assert "En anden" in second.content.decode()


def test_it_is_told_since_when_a_moment_lies_in_the_night_of_the_change(
    cast: Cast, client_of: Browser
) -> None:
    found = reported(cast, discovered_at=timezone.localtime() - timedelta(days=400))
    address = reverse("incident_triage", args=[found.pk])
    night = {"aware_at_0": "2025-10-26", "aware_at_1": "02:30", "assets": ""}
    assert client_of("coordinator").post(address, triage_form(**night)).status_code == 302
    assert notification(found).due_at.isoformat() == "2025-10-29T00:30:00+00:00"  # type: ignore[union-attr]
