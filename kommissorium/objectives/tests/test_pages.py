"""Objectives by their pages: drafted, put right, measured, handed over, and what is not one's own."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone

from kommissorium.assets.actions.assets import add_asset
from kommissorium.conftest import Cast
from kommissorium.objectives.models import Objective, ObjectiveSet
from kommissorium.objectives.tests.cases import approved, drafted, measure, only

YEAR = timezone.localdate().year
SENT = {
    "title": "Øvelser",
    "why": "Vi skal kunne det.",
    "serves": "Beredskabspolitikken",
    "indicator": "",
    "direction": "at_least",
    "target": "1.250,5",
    "unit": "timer",
    "due": f"{YEAR}-12-31",
    "every": "6",
}


def test_a_year_is_drafted_by_its_pages(cast: Cast, client_of) -> None:
    browser = client_of("coordinator")
    empty = browser.get(reverse("objectives")).content.decode()
    assert "Der er ikke sat mål" in empty
    answer = browser.post(reverse("objective_set_new"))
    found = ObjectiveSet.objects.get()
    assert answer.url == found.get_absolute_url()
    assert "Der er ingen mål i det." in browser.get(answer.url).content.decode()
    words = {"year": YEAR, "statement": "Mere ro.", "edit_version": found.edit_version}
    url = reverse("proposal_change", args=["objectives", found.pk])
    assert browser.post(url, words).url == found.get_absolute_url()
    new = reverse("objective_new", args=[found.pk])
    answer = browser.post(new, SENT | {"owner": cast.member.pk})
    one = found.objectives.get()
    assert answer.url == found.get_absolute_url() or answer.url == one.get_absolute_url()
    assert (str(one.target), one.every, one.owner) == ("1250.50", 6, cast.member)
    assert "Mindst 1.250,5\xa0timer" in browser.get(found.get_absolute_url()).content.decode()
    assert browser.get(reverse("proposal_file", args=["objectives", found.pk])).status_code == 200
    removed = browser.post(reverse("objective_remove", args=[one.pk]))
    assert removed.url == found.get_absolute_url() and not found.objectives.exists()


def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(
    cast: Cast, client_of
) -> None:
    found = drafted(cast)
    url = reverse("objective_new", args=[found.pk])
    answer = client_of("coordinator").post(url, SENT | {"target": "mange", "why": ""})
    assert answer.status_code == 400
    assert set(answer.context["form"].errors) == {"target", "why"}
    assert "Beredskabspolitikken" in answer.content.decode()


def test_the_second_to_save_sees_both_texts(cast: Cast, client_of) -> None:
    found = drafted(cast)
    one, browser = only(found), client_of("coordinator")
    url = reverse("objective_change", args=[one.pk])
    sent = SENT | {"owner": cast.member.pk, "edit_version": one.edit_version}
    assert browser.post(url, sent).status_code == 302
    answer = browser.post(url, sent | {"title": "Min egen"})
    assert answer.status_code == 409
    assert "Øvelser" in answer.content.decode() and "Min egen" in answer.content.decode()


def test_what_is_no_draft_any_more_cannot_be_changed(cast: Cast, client_of) -> None:
    found, browser = approved(cast), client_of("coordinator")
    for url in (
        reverse("proposal_change", args=["objectives", found.pk]),
        reverse("objective_new", args=[found.pk]),
        reverse("objective_remove", args=[only(found).pk]),
    ):
        answer = browser.get(url)
        assert answer.status_code == 400 and "godkendt" in answer.content.decode(), url
    shown = browser.get(found.get_absolute_url()).content.decode()
    assert reverse("objective_new", args=[found.pk]) not in shown


def test_the_owner_measures_by_hand_and_a_count_is_only_noted(cast: Cast, client_of) -> None:
    add_asset(by=cast.coordinator, kind="system", values={"name": "Løn"})
    found = approved(cast, {}, {"indicator": "assets:without_owner", "direction": "at_most"})
    by_hand, counted = found.objectives.order_by("pk")
    browser = client_of("system_owner")
    url = reverse("objective_measure", args=[by_hand.pk])
    today = timezone.localdate().isoformat()
    assert browser.post(url, {"day": today, "note": ""}).status_code == 400
    assert browser.post(url, {"value": "3,5", "day": today, "note": "God"}).status_code == 302
    assert str(by_hand.measurements.get().value) == "3.50"
    url = reverse("objective_measure", args=[counted.pk])
    assert set(browser.get(url).context["form"].fields) == {"note", "edit_version"}
    assert browser.post(url, {"value": "0"}).status_code == 302
    assert counted.measurements.get().value == 1
    shown = browser.get(counted.get_absolute_url()).content.decode()
    assert "Nået" in shown and reverse("objective_set", args=[found.pk]) not in shown


def test_an_approved_objective_is_handed_over_and_nothing_else(cast: Cast, client_of) -> None:
    one = only(approved(cast))
    url = reverse("objective_change", args=[one.pk])
    browser = client_of("coordinator")
    names = {"owner", "risk_level", "edit_version"}
    assert set(browser.get(url).context["form"].fields) == names
    assert browser.post(url, {"edit_version": 1}).status_code == 400
    sent = {"owner": cast.member.pk, "title": "Andet", "edit_version": 1}
    assert browser.post(url, sent).status_code == 302
    now = Objective.objects.get(pk=one.pk)
    assert (now.owner, now.title) == (cast.member, one.title)


def test_the_list_tells_how_each_stands_and_narrows_to_it(cast: Cast, client_of) -> None:
    found = approved(cast, {"title": "Målt"}, {"title": "Glemt", "owner": cast.member})
    measure(cast, found.objectives.select_related("set").get(title="Målt"), 4)
    browser = client_of("auditor")

    def titles(query: str) -> list[str]:
        page = browser.get(f"{reverse('objectives')}?{query}")
        return sorted(one.title for one in page.context["page"])

    assert titles("") == ["Glemt", "Målt"]
    assert titles("progress=late") == ["Glemt"]
    assert titles("progress=reached") == ["Målt"]
    assert titles("q=tvedegaard") == ["Målt"]
    assert titles("progress=nonsense") == ["Glemt", "Målt"]
    assert client_of("employee").get(reverse("objectives")).status_code == 404
