"""Objectives: drafted from last year's, approved and frozen, measured by their owners."""

from __future__ import annotations

import json
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from kommissorium.assets.actions.assets import add_asset
from kommissorium.conftest import Cast, time_is
from kommissorium.core.evidence.models import Event
from kommissorium.core.refusals import Conflict, Refused
from kommissorium.objectives.actions import (
    add_objective,
    change_objective,
    draft_set,
    measure_objective,
    remove_objective,
)
from kommissorium.objectives.models import Objective, ObjectiveSet
from kommissorium.objectives.proposal import KIND
from kommissorium.objectives.register import REGISTER
from kommissorium.objectives.status import Progress
from kommissorium.objectives.tests.cases import (
    approved,
    change,
    decision_on,
    drafted,
    measure,
    only,
    progress,
    proposed,
    values_of,
)
from kommissorium.registers.actions.kept import keep_figures
from kommissorium.registers.actions.standard_proposals import give_up, take_back

THIS_YEAR = timezone.localdate().year


def test_the_first_set_is_of_this_year_and_the_next_goes_on_with_it(cast: Cast) -> None:
    first = approved(cast)
    again = draft_set(by=cast.coordinator)
    assert (first.year, again.year) == (THIS_YEAR, THIS_YEAR + 1)
    old, new = only(first), only(again)
    assert (new.title, new.lineage) == (old.title, old.lineage)
    assert again.statement == first.statement
    assert new.due == old.due.replace(year=old.due.year + 1)


def test_what_is_measured_otherwise_begins_a_line_of_its_own(cast: Cast) -> None:
    approved(cast)
    new = only(draft_set(by=cast.coordinator))
    before = new.lineage
    change_objective(new, by=cast.coordinator, values=values_of(cast), edit_version=1)
    assert new.lineage == before
    other = values_of(cast, unit="timer")
    change_objective(new, by=cast.coordinator, values=other, edit_version=2)
    assert new.lineage != before


def test_approved_it_is_frozen_with_what_it_says(cast: Cast) -> None:
    found = approved(cast)
    content = json.loads(found.record.content)
    assert content["statement"] == "Mere ro."
    assert content["objectives"][0]["figures"][0] == "Øvelser i beredskab"
    assert content["decision"] == found.decision.number
    assert bytes(found.record.pdf).startswith(b"%PDF-")
    assert found.in_force_from == timezone.localdate()


def test_the_database_refuses_what_would_change_what_was_approved(cast: Cast) -> None:
    found = approved(cast)
    one = only(found)
    measure(cast, one)
    refused = [
        lambda: ObjectiveSet.objects.filter(pk=found.pk).update(statement="Andet"),
        lambda: Objective.objects.filter(pk=one.pk).update(target=Decimal(1)),
        lambda: Objective.objects.filter(pk=one.pk).delete(),
        lambda: Objective.objects.create(set=found, **values_of(cast)),
        lambda: one.measurements.update(value=Decimal(9)),
    ]
    for act in refused:
        with pytest.raises(DatabaseError), transaction.atomic():
            act()


def test_what_lies_before_the_committee_cannot_be_changed(cast: Cast) -> None:
    found = proposed(cast)
    one, by = only(found), cast.coordinator
    refused = [
        lambda: add_objective(found, by=by, values=values_of(cast)),
        lambda: remove_objective(one, by=by),
        lambda: change(found, by, statement="Nyt"),
        lambda: give_up(KIND, found, by=by),
    ]
    for act in refused:
        with pytest.raises(Refused):
            act()
    with pytest.raises(PermissionDenied):
        change_objective(one, by=by, values=values_of(cast), edit_version=1)
    take_back(KIND, found, by=by)
    add_objective(found, by=by, values=values_of(cast, title="Et til"))
    assert found.objectives.count() == 2


def test_it_cannot_be_proposed_while_something_lacks(cast: Cast) -> None:
    with override("en"):
        found = draft_set(by=cast.coordinator)
        with pytest.raises(Refused, match="no objectives"):
            KIND.propose(found, cast.committee, by=cast.coordinator)
        add_objective(found, by=cast.coordinator, values=values_of(cast, owner=None))
        with pytest.raises(Refused, match="Nobody answers"):
            KIND.propose(found, cast.committee, by=cast.coordinator)
    found.refresh_from_db()
    assert found.is_draft


def test_only_coordinators_draft(cast: Cast) -> None:
    found, by = drafted(cast), cast.member
    one = only(found)
    refused = [
        lambda: draft_set(by=by),
        lambda: change(found, by, statement=""),
        lambda: add_objective(found, by=by, values=values_of(cast)),
        lambda: change_objective(one, by=by, values=values_of(cast), edit_version=1),
        lambda: remove_objective(one, by=by),
        lambda: KIND.propose(found, cast.committee, by=by),
        lambda: give_up(KIND, found, by=by),
    ]
    for act in refused:
        with pytest.raises(PermissionDenied):
            act()


def test_words_and_figures_that_make_no_sense_are_refused(cast: Cast) -> None:
    found = drafted(cast)
    wrong: list[dict[str, object]] = [
        {"title": " "},
        {"why": ""},
        {"serves": ""},
        {"every": 0},
        {"every": 13},
        {"indicator": "risks:nonsense"},
        {"title": "x" * 201},
        {"unit": " "},
        {"serves_link": "javascript:alert(1)"},
    ]
    for values in wrong:
        with pytest.raises(Refused) as refused:
            add_objective(found, by=cast.coordinator, values=values_of(cast, **values))
        assert set(refused.value.errors) == set(values)
    for year in (THIS_YEAR - 1, THIS_YEAR + 6):
        with pytest.raises(Refused):
            change(found, cast.coordinator, year=year)


def test_the_second_to_save_is_told(cast: Cast) -> None:
    found = drafted(cast)
    one = only(found)
    change_objective(one, by=cast.coordinator, values=values_of(cast, title="A"), edit_version=1)
    with pytest.raises(Conflict):
        change_objective(
            one, by=cast.coordinator, values=values_of(cast, title="B"), edit_version=1
        )


def test_its_owner_measures_and_nobody_else_but_coordinators(cast: Cast) -> None:
    one = only(approved(cast))
    measure(cast, one, by=cast.system_owner)
    with pytest.raises(PermissionDenied):
        measure(cast, one, by=cast.member)
    change_objective(one, by=cast.coordinator, values={"owner": cast.member}, edit_version=1)
    one.refresh_from_db()
    measure(cast, one, by=cast.member)
    with pytest.raises(PermissionDenied):
        measure(cast, one, by=cast.system_owner)
    with pytest.raises(PermissionDenied):
        measure(cast, only(drafted(cast)))


def test_a_chosen_measure_reads_the_count_of_the_register(cast: Cast) -> None:
    for name in ("Løn", "Post"):
        add_asset(by=cast.coordinator, kind="system", values={"name": name})
    one = only(approved(cast, {"indicator": "assets:without_owner", "direction": "at_most"}))
    made = measure_objective(one, by=cast.system_owner, value=Decimal(0))
    assert (int(made.value), made.day, one.unit) == (2, timezone.localdate(), "uden ejer")


def test_a_new_set_takes_the_place_of_the_old_one_and_its_measurements_go_on(cast: Cast) -> None:
    first = approved(cast)
    measure(cast, only(first), 3)
    second = draft_set(by=cast.coordinator)
    change(second, cast.coordinator, year=THIS_YEAR)
    from_first = only(second)
    KIND.propose(second, cast.committee, by=cast.coordinator)
    KIND.approve(second, decision_on(cast, second), by=cast.chair)
    first.refresh_from_db()
    assert first.in_force_to == timezone.localdate()
    assert progress(from_first) == Progress.UNDER_WAY


def test_the_owner_sees_own_ones_alone_and_others_nothing(cast: Cast) -> None:
    found = approved(cast, {}, {"title": "En andens", "owner": cast.member})
    seen = Objective.objects.visible_to
    assert {one.title for one in seen(cast.system_owner)} == {"Øvelser i beredskab"}
    assert not seen(cast.employee).exists()
    assert seen(cast.auditor).count() == found.objectives.count() == 2
    drafted(cast)
    assert seen(cast.auditor).count() == 2
    assert seen(cast.coordinator).count() == 3
    assert not REGISTER.menu.is_shown_to(cast.system_owner)
    assert REGISTER.menu.is_shown_to(cast.auditor)


def test_who_is_late_is_reminded_once_a_time_and_has_it_to_do(cast: Cast) -> None:
    one, today = only(approved(cast)), timezone.localdate()
    [first] = REGISTER.reminders(today)
    [again] = REGISTER.reminders(today + timedelta(days=3))
    assert (first.person, first.key) == (cast.system_owner, again.key)
    assert [todo.url for todo in REGISTER.todos(cast.system_owner, today)] == [
        "/objectives/?progress=late&mine=1"
    ]
    measure(cast, one)
    assert not list(REGISTER.reminders(today))
    assert not list(REGISTER.todos(cast.system_owner, today))
    [later] = REGISTER.reminders(today + timedelta(days=120))
    assert later.key != first.key


def test_the_evenings_figures_are_kept_and_told(cast: Cast, client_of) -> None:
    assert keep_figures("objectives", timezone.localdate()) == 0
    approved(cast)
    with time_is(timezone.localtime() + timedelta(days=1)):
        assert keep_figures("objectives", timezone.localdate()) == 1
    event = Event.objects.get(act="registers.figures_kept")
    assert json.loads(event.facts)["counts"]["late"] == 1


def test_the_history_of_a_set_tells_of_its_objectives(cast: Cast, client_of) -> None:
    found = approved(cast)
    measure(cast, only(found))
    url = reverse("proposal_history", args=["objectives", found.pk])
    page = client_of("auditor").get(url, headers={"accept-language": "en"})
    texts = [entry.text for entry in page.context["entries"]]
    assert len(texts) == 7 and all(texts)
