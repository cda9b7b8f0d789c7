"""Plans, activities and figures: valid values, refusals in words, and who sees whom."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from kommissorium.accounts.actions import close_login
from kommissorium.assets.actions.areas import add_area
from kommissorium.awareness.actions.figures import (
    erase_due_persons,
    note_completion,
    write_figures,
)
from kommissorium.awareness.kind import KIND, PLAN
from kommissorium.awareness.models import AwarenessActivity, Completion, GroupFigures
from kommissorium.awareness.tests.cases import (
    CAMPAIGN,
    PHISHING,
    approved,
    drafted,
    figures,
    named,
    values_of,
)
from kommissorium.conftest import time_is
from kommissorium.core.evidence.models import Event, RowVersion
from kommissorium.core.refusals import Refused
from kommissorium.registers.actions.activities import (
    call_off_activity,
    draft_plan,
    note_finding,
    plan_activity,
)
from kommissorium.registers.actions.imports import hand_in, take_in
from kommissorium.registers.importing.kinds import plan_of
from kommissorium.registers.models import ImportedRow
from kommissorium.registers.tests.activity_cases import hold, soon

HEAD = "E-mail;Område;Rolle;Gennemført;Fremdrift"


@pytest.fixture
def plan(cast):
    return approved(cast, {}, PHISHING)


@pytest.fixture
def course(plan):
    return named(plan, "Kursus i sikker")


def test_a_plan_needs_a_campaign_and_a_course_for_the_executive_board(cast):
    assert len(PLAN.lacks(drafted(cast, {}))) == 2
    assert len(PLAN.lacks(drafted(cast, CAMPAIGN, {"audience": "executive"}))) == 0


def test_the_next_plan_begins_with_what_was_planned_a_year_later(cast, plan):
    call_off_activity(KIND, named(plan, "Falsk mail"), by=cast.coordinator, because="Sparet.")
    made = draft_plan(KIND, by=cast.coordinator)
    assert made.year == plan.year + 1
    titles = set(made.activities.values_list("title", flat=True))
    assert titles == {one.title for one in plan.activities.filter(called_off_at=None)}
    assert {one.planned_for.year for one in made.activities.all()} == {made.year}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("held_on", lambda: timezone.localdate() + timedelta(days=1)),
        ("held_on", lambda: timezone.localdate() - timedelta(days=1)),
        ("held_on", lambda: None),
        ("conclusion", lambda: ""),
        ("outcome", lambda: "splendid"),
    ],
)
def test_held_in_the_future_before_the_plan_or_without_a_conclusion_is_refused(
    cast, course, client_of, field, value
):
    typed = {
        "held_on": timezone.localdate().isoformat(),
        "outcome": "partly",
        "conclusion": "Det gik.",
        "edit_version": course.edit_version,
    }
    given = value()
    typed[field] = given.isoformat() if isinstance(given, date) else given or ""
    answer = client_of("coordinator").post(course.address("activity_hold"), typed)
    assert answer.status_code == 400
    assert answer.context["form"].errors[field]
    course.refresh_from_db()
    assert course.held_on is None


def test_an_activity_of_another_year_is_refused(cast, plan):
    values = values_of(cast, planned_for=date(plan.year + 1, 1, 5))
    with pytest.raises(Refused):
        plan_activity(KIND, plan, by=cast.coordinator, values=values)


def test_a_target_is_not_reached_against_the_figures(cast):
    found = named(approved(cast, {"target": 80}), "Kursus i sikker")
    with pytest.raises(Refused):
        hold(KIND, found, cast.coordinator, outcome="met")
    figures(cast, found, 40, done=31)
    with pytest.raises(Refused) as refused:
        hold(KIND, found, cast.coordinator, outcome="met")
    assert "77" in str(refused.value.errors["outcome"])
    figures(cast, found, 40, done=32)
    hold(KIND, found, cast.coordinator, outcome="met")


@pytest.mark.parametrize(
    "numbers",
    [
        {"people": 10, "done": 11},
        {"people": 10, "clicked": 11},
        {"people": 10, "reported": 11},
        {"people": 10, "clicked": 2, "gave_data": 3},
    ],
)
def test_more_than_there_are_people_is_refused_in_words(cast, course, numbers):
    values = {"area": None, "audience": "employees", **numbers}
    with pytest.raises(Refused):
        write_figures(course, by=cast.coordinator, values=values)
    with pytest.raises(DatabaseError), transaction.atomic():
        GroupFigures.objects.create(activity=course, **numbers)


def test_completion_over_a_hundred_per_cent_stands_beside_its_field_and_nothing_is_lost(
    client_of, course
):
    url = reverse("awareness_figures", args=[course.pk])
    typed = {"area": "", "audience": "employees", "people": "10", "done": "11"}
    answer = client_of("coordinator").post(url, typed)
    form = answer.context["form"]
    assert (answer.status_code, [*form.errors]) == (400, ["done"])
    assert {name: str(form[name].value()) for name in typed} == typed
    assert form.errors["done"][0] in answer.text
    assert not GroupFigures.objects.exists()


def test_called_off_it_is_not_held_and_what_was_approved_stays(cast, plan, course):
    call_off_activity(KIND, course, by=cast.coordinator, because="Leverandøren gik konkurs.")
    with pytest.raises(PermissionDenied):
        hold(KIND, course, cast.coordinator)
    with pytest.raises(DatabaseError), transaction.atomic():
        AwarenessActivity.objects.filter(pk=course.pk).update(called_off_at=None)
    with pytest.raises(DatabaseError), transaction.atomic():
        AwarenessActivity.objects.filter(pk=course.pk).update(title="Et andet")


def test_a_finding_is_a_task_and_settled_with_it(cast, course):
    words = {"text": "Knappen mangler.", "title": "Sæt knappen til", "owner": cast.member}
    due = timezone.localdate()
    with pytest.raises(Refused):
        note_finding(KIND, course, by=cast.coordinator, due=due, **words)
    held = hold(KIND, course, cast.system_owner)
    found = note_finding(KIND, held, by=cast.coordinator, due=due, **words)
    assert not found.is_settled
    assert (found.task.owner, found.task.born_link) == (cast.member, course.get_absolute_url())


def read(cast, *lines):
    data = "\n".join([HEAD, *lines]).encode()
    return hand_in("completions", data, "Kursus.csv", by=cast.coordinator)


def test_a_list_is_counted_by_area_and_says_what_is_odd(cast, course):
    add_area(by=cast.coordinator, name="Skoler")
    close_login(cast.employee, by=cast.administrator)
    run = read(
        cast,
        f"{cast.employee.email};Skoler;Medarbejder;01-02-2026;",
        f"{cast.member.email};Skoler;Leder;;100",
        "nr17;Skoler;Medarbejder;;40",
        "nr18;Skoler;Medarbejder;;140",
        "nr19;Skoler;Medarbejder;31-12-2999;",
        "nr20;;;;100",
    )
    rows = plan_of(run).rows
    assert [str(row.state) for row in rows] == ["new", "new", "new", "wrong", "wrong", "new"]
    assert rows[0].notes and rows[5].notes
    assert "140" in rows[3].faults[0].sentence
    take_in(run, by=cast.coordinator, mark=plan_of(run).mark, without_wrong=True)
    course_of = Completion.objects.first().activity
    found = {
        (one.area.name if one.area else "", one.audience): (one.people, one.done)
        for one in GroupFigures.objects.filter(activity=course_of)
    }
    assert found == {
        ("Skoler", "employees"): (2, 1),
        ("Skoler", "leaders"): (1, 1),
        ("", "employees"): (1, 1),
    }
    with pytest.raises(Refused):
        values = {"area": None, "audience": "employees", "people": 9}
        write_figures(course_of, by=cast.coordinator, values=values)


def test_who_took_a_course_is_read_by_few_and_by_themselves(cast, course):
    add_area(by=cast.coordinator, name="Skoler")
    for_two = (f"{one.email};Skoler;Leder;;100" for one in (cast.member, cast.chair))
    run = read(cast, *for_two)
    take_in(run, by=cast.coordinator, mark=plan_of(run).mark)
    seen = {
        one: {row.person for row in Completion.objects.visible_to(cast.who(one))}
        for one in ("coordinator", "dpo", "member", "auditor")
    }
    both = {cast.member, cast.chair}
    assert seen == {"coordinator": both, "dpo": both, "member": {cast.member}, "auditor": set()}


def test_5000_rows_are_taken_in_quickly(cast, course):
    add_area(by=cast.coordinator, name="Skoler")
    run = read(cast, *(f"nr{n};Skoler;Medarbejder;01-02-2026;" for n in range(5000)))
    take_in(run, by=cast.coordinator, mark=plan_of(run).mark)
    assert Completion.objects.count() == 5000


def test_who_took_a_course_is_erased_by_rule_and_the_figures_stay(cast, course):
    add_area(by=cast.coordinator, name="Skoler")
    run = read(cast, *(f"nr{n};Skoler;Medarbejder;01-02-2026;" for n in range(8)))
    take_in(run, by=cast.coordinator, mark=plan_of(run).mark)
    run.refresh_from_db()
    path = run.file.path
    assert erase_due_persons() == 0
    with time_is(timezone.localtime() + timedelta(days=500)):
        assert erase_due_persons() == 1
        assert erase_due_persons() == 0
    assert not Completion.objects.exists()
    assert not ImportedRow.objects.filter(run=run).exists()
    assert not RowVersion.objects.filter(text__contains='"nr7"').exists()
    assert GroupFigures.objects.get().people == 8
    run.refresh_from_db()
    assert run.file.path != path
    assert Event.objects.filter(act="awareness.persons_erased").count() == 1


def test_leaders_and_the_board_are_seen_by_themselves_coordinator_and_dpo(cast, course, client_of):
    board = named(course.plan, "Kursus for direktionen")
    day = timezone.localdate()
    for who in (cast.executive, cast.chair):
        words = {"person": who, "area": None, "audience": "executive", "done_on": day}
        note_completion(board, by=cast.coordinator, values=words)
    url, name = board.get_absolute_url(), cast.executive.name
    seen = {
        who: name in _content(client_of(who).get(url).content.decode())
        for who in ("coordinator", "dpo", "member", "auditor", "chair", "deputy")
    }
    assert seen == {
        "coordinator": True,
        "dpo": True,
        **dict.fromkeys(("member", "auditor", "chair", "deputy"), False),
    }
    assert "persons" not in client_of("executive").get(url).content.decode().split("<main")[0]
    assert client_of("executive").get(url).context["parts"][0].context["own"].done_on == day
    assert client_of("member").get(url).context["parts"][0].context["own"] is None


def _content(html: str) -> str:
    return html.partition("<main")[2]


def test_a_small_group_is_on_no_page_and_in_no_file(cast, course, client_of):
    areas = [add_area(by=cast.coordinator, name=f"Sted {n}") for n in range(3)]
    for area, people in zip(areas, (3, 17, 41), strict=True):
        values = {"area": area, "audience": "employees", "people": people, "done": people}
        write_figures(course, by=cast.coordinator, values=values)
    shown = _content(client_of("member").get(course.get_absolute_url()).content.decode())
    assert "Sted 2" in shown
    assert "Sted 0" not in shown and "Sted 1" not in shown
    [told] = Event.objects.filter(act="registers.activity_result").order_by("-seq")[:1]
    assert '"people":61' in told.facts


def test_the_list_tells_how_it_stood_on_a_day_gone_by(cast, course, client_of):
    home, today = reverse("awareness"), timezone.localdate()
    with time_is(timezone.localtime() + timedelta(days=3)):
        hold(KIND, course, cast.coordinator)
        then = client_of("member").get(home, {"on": today.isoformat()})
        held = {one.facts["title"]: one.held_on for one, *_rest in then.context["rows"]}
        assert held == {one.title: None for one in course.plan.activities.all()}
        before = client_of("member").get(home, {"on": (today - timedelta(days=1)).isoformat()})
        assert not before.context["rows"]
        assert "past" not in client_of("member").get(home).context["listing"].template
    for words in ("2999-01-01", "i går"):
        assert client_of("member").get(home, {"on": words}).status_code == 400
    assert client_of("employee").get(home, {"on": "2020-01-01"}).status_code == 404


@pytest.mark.parametrize("target", ["0", "101", "-5"])
def test_a_target_that_is_no_share_is_refused_beside_the_field(cast, plan, client_of, target):
    typed = {
        "title": "Kursus",
        "sort": "course",
        "audience": "leaders",
        "target": target,
        "planned_for": soon().isoformat(),
        "responsible": cast.coordinator.pk,
        "criterion": "Alle gennemfører det.",
    }
    url = reverse("activity_new", args=["awareness", plan.pk])
    answer = client_of("coordinator").post(url, typed)
    assert answer.status_code == 400
    assert answer.context["form"].errors["target"]
    assert "Alle gennemfører det." in answer.content.decode()


def test_more_completions_than_people_are_refused_beside_the_field(course, client_of):
    url = reverse("awareness_figures", args=[course.pk])
    typed = {"audience": "leaders", "people": "10", "done": "11"}
    answer = client_of("coordinator").post(url, typed)
    assert answer.status_code == 400
    assert "10" in str(answer.context["form"].errors["done"])
    assert not GroupFigures.objects.exists()


def test_nobody_who_has_left_is_noted_by_hand(cast, course, client_of):
    close_login(cast.employee, by=cast.administrator)
    typed = {
        "person": cast.employee.pk,
        "audience": "employees",
        "done_on": timezone.localdate().isoformat(),
    }
    url = reverse("awareness_completion", args=[course.pk])
    answer = client_of("coordinator").post(url, typed)
    assert answer.status_code == 400
    assert answer.context["form"].errors["person"]
    assert not Completion.objects.exists()
