"""Objectives linked to strategy, risk level and area; what is realised, and how it developed."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from kommissorium.assets.actions.areas import add_area
from kommissorium.conftest import Cast
from kommissorium.objectives.actions import change_objective
from kommissorium.objectives.models import Measurement
from kommissorium.objectives.past import trend_of
from kommissorium.objectives.register import REGISTER
from kommissorium.objectives.status import by_area, statuses_on
from kommissorium.objectives.tests.cases import approved, drafted, level_in_force, measure, only
from kommissorium.objectives.tests.test_pages import SENT

TODAY = timezone.localdate()


def test_what_it_is_linked_to_is_chosen_and_shown(cast: Cast, client_of) -> None:
    level, area = level_in_force(cast), add_area(by=cast.coordinator, name="Skoler", head=None)
    found, browser = drafted(cast), client_of("coordinator")
    url = reverse("objective_change", args=[only(found).pk])
    page = browser.get(url).content.decode()
    assert "Risikoniveau, fra" in page and "Skoler" in page
    sent = SENT | {"owner": cast.member.pk, "risk_level": level.pk, "area": area.pk}
    sent |= {"serves_link": "https://havneby.example/strategi", "edit_version": 1}
    assert browser.post(url, sent).status_code == 302
    one = only(found)
    assert (one.risk_level, one.area) == (level, area)
    shown = browser.get(one.get_absolute_url()).content.decode()
    assert "https://havneby.example/strategi" in shown and "Risikoniveau, fra" in shown


def test_without_unit_or_with_a_strange_address_it_is_refused_beside_the_field(
    cast: Cast, client_of
) -> None:
    url = reverse("objective_new", args=[drafted(cast).pk])
    sent = SENT | {"owner": cast.member.pk}
    answer = client_of("coordinator").post(url, sent | {"unit": " "})
    assert answer.status_code == 400 and set(answer.context["form"].errors) == {"unit"}
    assert "Skriv, hvad der måles i" in answer.content.decode()
    assert "Vi skal kunne det." in answer.content.decode(), "what was typed is still there"
    answer = client_of("coordinator").post(url, sent | {"serves_link": "javascript:alert(1)"})
    assert answer.status_code == 400 and set(answer.context["form"].errors) == {"serves_link"}
    answer = client_of("coordinator").post(url, sent | {"risk_level": "999999"})
    assert answer.status_code == 400 and set(answer.context["form"].errors) == {"risk_level"}


def test_a_new_level_is_told_where_the_objectives_stand_and_as_something_to_do(
    cast: Cast, client_of
) -> None:
    level_in_force(cast, ago=9)
    one = only(approved(cast))
    browser, home = client_of("coordinator"), reverse("objectives")
    told = "udgået risikoniveau"
    assert told not in browser.get(one.set.get_absolute_url()).content.decode()
    newer = level_in_force(cast)
    assert told in browser.get(one.set.get_absolute_url()).content.decode()
    assert "Afløst af et nyt" in browser.get(one.get_absolute_url()).content.decode()
    assert f"{home}?link=old" in {todo.url for todo in REGISTER.todos(cast.coordinator, TODAY)}
    assert [row.pk for row in browser.get(f"{home}?link=old").context["page"]] == [one.pk]
    url = reverse("objective_change", args=[one.pk])
    assert "fra" in browser.get(url).content.decode(), "the one it has can stay"
    sent = {"owner": cast.member.pk, "risk_level": newer.pk, "edit_version": 1}
    assert browser.post(url, sent).status_code == 302
    assert not list(browser.get(f"{home}?link=old").context["page"])
    assert [row.pk for row in browser.get(f"{home}?link=current").context["page"]] == [one.pk]
    history = reverse("thing_history", args=["objectives.objective", one.pk])
    said = browser.get(history).content.decode()
    assert "Risikoniveau, fra" in said and "risks.level" not in said


def test_an_owner_is_changed_without_losing_an_old_link(cast: Cast, client_of) -> None:
    old = level_in_force(cast, ago=9)
    one = only(approved(cast))
    level_in_force(cast)
    values = {"owner": cast.member, "risk_level": old}
    change_objective(one, by=cast.coordinator, values=values, edit_version=1)
    one.refresh_from_db()
    assert (one.owner, one.risk_level) == (cast.member, old)


def test_realised_and_complied_with_stand_apart_by_area(cast: Cast, client_of) -> None:
    area = add_area(by=cast.coordinator, name="Skoler", head=None)
    words = [{"title": name} for name in ("Holdt", "Faldet", "Glemt", "Aldrig")]
    found = approved(cast, *words, {"title": "Skolernes", "area": area})
    one = {row.title: row for row in found.objectives.select_related("set", "owner")}
    measure(cast, one["Holdt"], 4)
    measure(cast, one["Faldet"], 4, ago=5)
    measure(cast, one["Faldet"], 3)
    measure(cast, one["Glemt"], 4, ago=200)
    measure(cast, one["Aldrig"], 1)
    measure(cast, one["Skolernes"], 5)
    with override("en"):
        rows = [
            (row.name, row.objectives, row.realised, row.complied)
            for row in by_area(statuses_on(TODAY))
        ]
    assert rows == [("The whole municipality", 4, 3, 1), ("Skoler", 1, 1, 1)]
    page = client_of("auditor").get(found.get_absolute_url())
    assert [row.name for row in page.context["areas"]] == ["Hele kommunen", "Skoler"]
    listed = client_of("auditor").get(f"{reverse('objectives')}?area={area.pk}").context["page"]
    assert [row.title for row in listed] == ["Skolernes"]


def test_the_development_tells_of_each_quarter_how_it_stood_when_it_ended(
    cast: Cast, client_of
) -> None:
    one = only(approved(cast, {"due": TODAY + timedelta(days=900)}))
    measure(cast, one, 1, ago=200)
    measure(cast, one, 2)
    rows = trend_of(one, list(Measurement.objects.select_related("objective")), TODAY)
    assert [int(row.status.latest.value) for row in rows if row.status.latest][-1] == 2
    assert (rows[0].percent, rows[-1].percent, len(rows)) == (25, 50, len({r.label for r in rows}))
    assert 3 <= len(rows) <= 4
    for number in range(9):
        measure(cast, one, number)
    browser, url = client_of("auditor"), one.get_absolute_url()
    shown = browser.get(url)
    assert (len(shown.context["measurements"]), shown.context["number"]) == (8, 11)
    assert "Se alle 11 målinger" in shown.content.decode()
    assert len(browser.get(f"{url}?all=1").context["measurements"]) == 11
