"""Projects: told, over budget, with milestones, and for whom they are."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from kommissorium.conftest import Cast
from kommissorium.core.evidence.models import Event
from kommissorium.core.refusals import Conflict, Refused
from kommissorium.projects.actions.projects import (
    add_project,
    change_milestone,
    change_project,
    remove_milestone,
    tell_project,
)
from kommissorium.projects.models import Project, ProjectUpdate
from kommissorium.projects.register import REGISTER
from kommissorium.projects.tests.cases import (
    fresh,
    milestone,
    project,
    tell,
    values_of,
    when,
)

pytestmark = pytest.mark.both("numbers too large for a column")

TODAY = timezone.localdate


def sent(cast: Cast, **others: object) -> dict[str, object]:
    values = values_of(cast, **others) | {"owner": cast.system_owner.pk}
    return {name: "" if value is None else value for name, value in values.items()}


def test_a_project_is_put_on_the_list_by_its_page_and_is_green(cast: Cast, client_of) -> None:
    browser = client_of("coordinator")
    assert "Intet endnu" in browser.get("/projects/").content.decode()
    answer = browser.post(reverse("project_new"), sent(cast, budget="1.250.000"))
    found = fresh(Project.objects.get())
    assert answer.url == found.get_absolute_url()
    assert (found.budget, found.now_standing, found.now_spent) == (1_250_000, "green", 0)
    shown = browser.get("/projects/").content.decode()
    assert found.title in shown and "Grøn" in shown


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"due": "2001-01-01"}, "due"),
        ({"begins": "2999-01-01"}, "due"),
        ({"budget": "mange"}, "budget"),
        ({"budget": "-1"}, "budget"),
        ({"budget": "9999999999"}, "budget"),
        ({"title": ""}, "title"),
        ({"risks": ["risks:999999"]}, "risks"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(cast: Cast, client_of, wrong, field) -> None:
    answer = client_of("coordinator").post(reverse("project_new"), sent(cast, **wrong))
    assert answer.status_code == 400 and set(answer.context["form"].errors) == {field}
    assert "Ingen trafik uden om den." in answer.content.decode()
    assert not Project.objects.exists()


def test_spent_over_the_budget_is_kept_with_a_warning(cast: Cast, client_of) -> None:
    found, browser = project(cast), client_of("system_owner")
    url = reverse("project_tell", args=[found.pk])
    words = {"standing": "red", "reason": "Prisen steg.", "spent": "130.000", "asked": "30.000"}
    answer = browser.post(url, words, follow=True)
    shown = answer.content.decode().replace("\xa0", " ")
    assert "30.000 kr. mere" in shown and "Budgettet er overskredet" in shown
    now = fresh(found)
    assert (now.now_spent, now.now_asked, now.over_budget) == (130_000, 30_000, 30_000)
    assert REGISTER.counts.on(TODAY())["over_budget"] == 1


def test_an_owner_who_types_nonsense_sees_it_beside_the_field_and_loses_nothing(
    cast: Cast, client_of
) -> None:
    found, browser = project(cast), client_of("system_owner")
    told = {"standing": "yellow", "reason": "Prisen steg.", "spent": "10", "asked": ""}
    step = {"title": "Udstyret er bestilt", "due": found.due.isoformat(), "reached_on": ""}
    after, before = found.due + timedelta(days=1), found.begins - timedelta(days=1)
    for name, given, wrong in (
        ("project_tell", told, {"spent": "-10.000"}),
        ("project_tell", told, {"asked": "-1"}),
        ("project_tell", told, {"standing": "blue"}),
        ("milestone_new", step, {"due": after.isoformat()}),
        ("milestone_new", step, {"due": before.isoformat()}),
        ("milestone_new", step, {"reached_on": (TODAY() + timedelta(days=1)).isoformat()}),
    ):
        answer = browser.post(reverse(name, args=[found.pk]), given | wrong)
        assert answer.status_code == 400, wrong
        assert set(answer.context["form"].errors) == set(wrong)
        assert given.get("reason", given.get("title")) in answer.text
    assert found.updates.count() == 1
    assert not found.milestones.exists()


def test_a_milestone_lies_within_its_project(cast: Cast, client_of) -> None:
    found = project(cast)
    for wrong in (found.begins - timedelta(days=1), found.due + timedelta(days=1)):
        with pytest.raises(Refused) as refused:
            milestone(cast, found, due=wrong)
        assert "due" in refused.value.errors
    one = milestone(cast, found)
    shorter = values_of(cast, due=found.due - timedelta(days=1))
    with pytest.raises(Refused) as refused:
        change_project(found, by=cast.coordinator, values=shorter, edit_version=1)
    assert one.title in refused.value.errors["due"]


def test_a_milestone_is_not_reached_before_its_day_has_come(cast: Cast) -> None:
    one = milestone(cast, project(cast))
    values = {"title": one.title, "due": one.due, "reached_on": TODAY() + timedelta(days=1)}
    with pytest.raises(Refused):
        change_milestone(one, by=cast.system_owner, values=values, edit_version=1)
    values["reached_on"] = TODAY()
    change_milestone(one, by=cast.system_owner, values=values, edit_version=1)
    with pytest.raises(Conflict):
        change_milestone(one, by=cast.coordinator, values=values, edit_version=1)
    remove_milestone(one, by=cast.system_owner)
    acts = Event.objects.filter(act__startswith="projects.milestone").values_list("act", flat=True)
    assert len(acts) == 3


def test_who_is_not_its_owner_tells_nothing(cast: Cast) -> None:
    found = project(cast)
    for person in (cast.member, cast.chair, cast.employee):
        with pytest.raises(PermissionDenied):
            tell_project(found, by=person, values={})
    with pytest.raises(PermissionDenied):
        add_project(by=cast.system_owner, values=values_of(cast))


def test_the_second_to_change_it_sees_both(cast: Cast, client_of) -> None:
    found, browser = project(cast), client_of("coordinator")
    url = reverse("project_change", args=[found.pk])
    words = sent(cast) | {"edit_version": 1}
    assert browser.post(url, words | {"title": "Et navn"}).status_code == 302
    answer = browser.post(url, words | {"title": "Et andet"})
    assert answer.status_code == 409
    assert "Et navn" in answer.content.decode() and "Et andet" in answer.content.decode()


def test_what_was_told_never_changes_and_is_known_on_a_day(cast: Cast) -> None:
    with when(TODAY() - timedelta(days=100)):
        found = project(cast)
    with when(TODAY() - timedelta(days=50)):
        tell(cast, found, "red")
    tell(cast, found, "done")
    then = Project.objects.open_on(TODAY() - timedelta(days=50)).get()
    assert then.now_standing == "red"
    assert not Project.objects.open_on().exists()
    assert not Project.objects.open_on(TODAY() - timedelta(days=101)).exists()
    with pytest.raises(DatabaseError), transaction.atomic():
        ProjectUpdate.objects.update(standing="green")


def test_a_silent_project_asks_its_owner_and_nobody_else(cast: Cast, client_of) -> None:
    with when(TODAY() - timedelta(days=200)):
        found = project(cast, due=TODAY() + timedelta(days=300))
    mine = [one.url for one in REGISTER.todos(cast.system_owner, TODAY())]
    assert mine == [reverse("project_tell", args=[found.pk])]
    assert [one.to for one in _mails()] == [cast.system_owner.pk]
    assert not list(REGISTER.todos(cast.member, TODAY()))
    browser = client_of("system_owner")
    for home in ("/projects/", "/projects/?mine=1"):
        assert (mine[0] in browser.get(home).text) == (home == "/projects/"), home
    assert mine[0] not in client_of("member").get("/projects/").text
    tell(cast, found)
    assert mine[0] not in browser.get("/projects/").text
    assert not list(REGISTER.todos(cast.system_owner, TODAY()))


def test_without_an_owner_the_coordinator_is_told(cast: Cast) -> None:
    project(cast)
    cast.system_owner.is_active = False
    cast.system_owner.save()
    urls = [one.url for one in REGISTER.todos(cast.coordinator, TODAY())]
    assert "/projects/?without_owner=1" in urls


def _mails():  # type: ignore[no-untyped-def]
    from types import SimpleNamespace

    return [SimpleNamespace(to=one.person.pk) for one in REGISTER.reminders(TODAY())]
