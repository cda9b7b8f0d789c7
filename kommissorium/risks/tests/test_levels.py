"""The risk level: drafted, put forward, approved, frozen, and what lies above it."""

from __future__ import annotations

import json
from datetime import date, timedelta
from itertools import combinations_with_replacement, product

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from kommissorium.core.evidence.models import Record
from kommissorium.core.refusals import Conflict, Refused
from kommissorium.meetings.actions.decisions import decide_as_chair
from kommissorium.risks.actions.levels import (
    approve_level,
    change_level,
    draft_level,
    drop_level,
    level_values,
    propose_level,
    reopen_level,
)
from kommissorium.risks.forms.levels import LevelForm
from kommissorium.risks.levels import AFTER, above_level, is_above, levels_on, proposed_cells
from kommissorium.risks.matrix import matrix_of
from kommissorium.risks.models import RiskLevel, Scale, Scenario
from kommissorium.risks.tests.picture_cases import assess, level, risk

YEAR = timezone.localdate().year
CELLS = [
    [True, True, True, True],
    [True, True, True, False],
    [True, True, False, False],
    [True, False, False, False],
]

WEIGHING = {
    "security": "stronger",
    "security_text": "Vi ved, hvad vi lever med.",
    "usability": "unchanged",
    "usability_text": "",
    "economy": "neutral",
    "economy_text": "",
    "proportion": "fitting",
    "proportion_text": "",
}


def draft(cast, **values):
    fields = {"year": YEAR, "group": "", "statement": "Vi lever med det lave.", "cells": CELLS}
    return draft_level(by=cast.coordinator, scale=Scale.in_use(), **{**fields, **values})


def proposed(cast, **values):
    found = draft(cast, **values)
    propose_level(found, committee=cast.committee, by=cast.coordinator)
    return found


def decision_on(cast, found, outcome="approved"):
    return decide_as_chair(
        cast.committee,
        by=cast.chair,
        title=f"Risikoniveau {found.pk} {outcome}",
        text="<p>Godkendt.</p>",
        why_now="Året begynder.",
        is_impartial=True,
        weighing=WEIGHING,
        outcome=outcome,
        subject=("risks.risklevel", str(found.pk), found.get_absolute_url()),
    )


def approved(cast, on=None, **values):
    found = proposed(cast, **values)
    return approve_level(found, decision=decision_on(cast, found), by=cast.chair, on=on)


def test_an_approved_level_holds_and_is_frozen_with_its_matrix(cast):
    found = approved(cast)
    assert found.is_approved
    assert levels_on(timezone.localdate()) == {"": found}
    content = json.loads(found.record.content)
    assert content["acceptable"] == CELLS
    assert content["statement"] == "Vi lever med det lave."
    assert content["decision"] == found.decision.number
    assert content["scale"]["cells"] == Scale.in_use().cells
    assert bytes(found.record.pdf).startswith(b"%PDF-")
    assert Record.objects.get(pk=found.record_id).kind == "risks.level"


def test_a_new_level_takes_the_place_of_the_one_of_its_category_only(cast):
    today = timezone.localdate()
    common, cyber = approved(cast), approved(cast, group="cyber")
    newer = approved(cast, statement="Mere.")
    common.refresh_from_db()
    cyber.refresh_from_db()
    assert common.in_force_to == today
    assert cyber.in_force_to is None
    assert levels_on(today) == {"": newer, "cyber": cyber}


def test_a_level_for_next_year_waits_for_it(cast):
    today, first = timezone.localdate(), date(YEAR + 1, 1, 1)
    now, then = approved(cast), approved(cast, year=YEAR + 1)
    assert levels_on(today) == {"": now}
    assert levels_on(first - timedelta(days=1)) == {"": now}
    assert levels_on(first) == {"": then}


def test_a_level_approved_late_ends_where_one_approved_already_begins(cast):
    first = date(YEAR + 1, 1, 1)
    then, now = approved(cast, year=YEAR + 1), approved(cast)
    assert now.in_force_to == first
    assert levels_on(first) == {"": then}
    assert levels_on(timezone.localdate()) == {"": now}


def test_a_level_held_on_a_past_day_is_still_known(cast):
    old = level(cast, since=100, until=50)
    new = level(cast, most=3, since=50)
    today = timezone.localdate()
    assert levels_on(today - timedelta(days=101)) == {}
    assert levels_on(today - timedelta(days=51)) == {"": old}
    assert levels_on(today - timedelta(days=50)) == {"": new}


@pytest.mark.parametrize(
    "change", [{"cells": [[True]]}, {"statement": "Alt."}, {"state": "draft"}, {"year": 2000}]
)
def test_an_approved_level_never_changes(cast, change):
    found = approved(cast)
    with pytest.raises(DatabaseError), transaction.atomic():
        RiskLevel.objects.filter(pk=found.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        RiskLevel.objects.filter(pk=found.pk).delete()
    with pytest.raises(Refused):
        change_level(found, by=cast.coordinator, **level_values(found))
    with pytest.raises(Refused):
        drop_level(found, by=cast.coordinator)


def test_only_the_decision_about_it_that_approves_it_counts(cast):
    found, other = proposed(cast), proposed(cast, group="cyber")
    with pytest.raises(PermissionDenied):
        approve_level(found, decision=decision_on(cast, other), by=cast.chair)
    rejection = decision_on(cast, found, "rejected")
    with pytest.raises(Refused):
        approve_level(found, decision=rejection, by=cast.chair)
    assert levels_on(timezone.localdate()) == {}
    reopen_level(found, by=cast.chair, decision=rejection)
    assert found.is_draft
    assert found.committee is None


def test_who_proposed_a_level_does_not_decide_on_it_alone(cast):
    found = proposed(cast)
    RiskLevel.objects.filter(pk=found.pk).update(proposed_by=cast.chair)
    with pytest.raises(Refused):
        approve_level(found, decision=decision_on(cast, found), by=cast.chair)


def test_a_draft_is_not_decided_on(cast):
    found = draft(cast)
    RiskLevel.objects.filter(pk=found.pk).update(committee=cast.committee)
    found.refresh_from_db()
    with pytest.raises(Refused):
        approve_level(found, decision=decision_on(cast, found), by=cast.chair)


def test_a_proposed_level_is_changed_only_after_it_was_taken_back(cast):
    found = proposed(cast)
    with pytest.raises(Refused):
        change_level(found, by=cast.coordinator, **level_values(found))
    with pytest.raises(PermissionDenied):
        reopen_level(found, by=cast.chair)
    reopen_level(found, by=cast.coordinator)
    change_level(found, by=cast.coordinator, **level_values(found) | {"statement": "Nyt."})
    assert found.statement == "Nyt."
    drop_level(found, by=cast.coordinator)
    with pytest.raises(Refused):
        propose_level(found, committee=cast.committee, by=cast.coordinator)


def test_two_who_edit_a_draft_are_told(cast):
    found = draft(cast)
    values = level_values(found)
    change_level(found, by=cast.coordinator, **values | {"statement": "Først."})
    with pytest.raises(Conflict) as overtaken:
        change_level(found, by=cast.coordinator, **values | {"statement": "Sidst."})
    assert overtaken.value.current["statement"] == "Først."


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"statement": " "}, "statement"),
        ({"year": YEAR - 1}, "year"),
        ({"year": YEAR + 6}, "year"),
        ({"group": "weather"}, "group"),
        ({"cells": [[True] * 4] * 4}, "cell_4_4"),
        ({"cells": [[False] * 4, [True] + [False] * 3, [False] * 4, [False] * 4]}, "cell_2_1"),
        ({"cells": [[True, False, True, False], *[[False] * 4] * 3]}, "cell_1_3"),
    ],
)
def test_what_makes_no_sense_is_refused(cast, values, field):
    with pytest.raises(Refused) as found:
        draft(cast, **values)
    assert list(found.value.errors) == [field]


def test_only_coordinators_draft_and_propose(cast):
    found = draft(cast)
    for person in (cast.chair, cast.executive, cast.auditor, cast.employee):
        for deed in (
            lambda by: draft_level(
                by=by, scale=found.scale, year=YEAR, group="", statement="x", cells=CELLS
            ),
            lambda by: change_level(found, by=by, **level_values(found)),
            lambda by: propose_level(found, committee=cast.committee, by=by),
            lambda by: drop_level(found, by=by),
        ):
            with pytest.raises(PermissionDenied):
                deed(person)


# Every level of 4 x 4: how many cells of each row are acceptable, never more further up.
STAIRCASES = [
    [[n < length for n in range(4)] for length in lengths]
    for lengths in combinations_with_replacement(range(4, -1, -1), 4)
]


def test_a_level_never_accepts_a_cell_outside_and_lists_agree(cast):
    assert len(STAIRCASES) == 70
    assessment = assess(cast)
    for cell in product((1, 2, 3, 4), repeat=2):
        risk(assessment, cell, left=cell, group="cyber")
        risk(assessment, cell, group="people")
    risks = list(Scenario.objects.all())
    for number, common in enumerate(STAIRCASES):
        with transaction.atomic():
            approved_now(cast, "", common)
            lists_agree(risks, common, common)
            own = STAIRCASES[(number * 27 + 31) % 70]  # each is a category's own once
            approved_now(cast, "cyber", own)
            lists_agree(risks, common, own)
            transaction.set_rollback(True)


def lists_agree(risks, common, own):
    levels = levels_on(timezone.localdate())
    outside = set()
    for one in risks:
        cells = own if one.group == "cyber" else common
        if not cells[one.consequence - 1][one.likelihood - 1]:
            outside.add(one)
    left = {one for one in outside if one.group == "cyber"}
    for of, above in (("", outside), (AFTER, left)):
        assert {one for one in risks if is_above(one, levels, of)} == above
        assert set(Scenario.objects.filter(above_level(levels, of))) == above


def approved_now(cast, group, cells):
    return RiskLevel.objects.create(
        year=YEAR,
        group=group,
        scale=Scale.in_use(),
        statement="x",
        cells=cells,
        state="approved",
        in_force_from=timezone.localdate(),
        made_by=cast.coordinator,
        made_at=timezone.now(),
    )


def test_without_a_level_nothing_lies_above_and_what_has_no_score_never_does(cast):
    found = assess(cast)
    worst, unscored = risk(found, (4, 4)), risk(found, None)
    assert not Scenario.objects.filter(above_level({})).exists()
    levels = {"": level(cast, most=1)}
    assert list(Scenario.objects.filter(above_level(levels))) == [worst]
    assert not is_above(unscored, levels)


def test_what_was_assessed_by_another_number_of_steps_counts_as_above(cast):
    steps = [{"name": str(n), "text": ""} for n in range(3)]
    small = Scale.objects.create(
        family="lille",
        name="Lille",
        size=3,
        likelihoods=steps,
        consequences=steps,
        bands=[{"name": "Lav", "tone": "green"}, {"name": "Høj", "tone": "red"}],
        cells=[[1, 1, 2], [1, 2, 2], [2, 2, 2]],
        made_at=timezone.now(),
    )
    level(cast, most=4)
    odd = risk(assess(cast, scale=small), (1, 1))
    unscored = risk(assess(cast, scale=small), None)
    fits = risk(assess(cast), (1, 1))
    levels = levels_on(timezone.localdate())
    assert (is_above(odd, levels), is_above(unscored, levels), is_above(fits, levels)) == (
        True,
        False,
        False,
    )
    assert list(Scenario.objects.filter(above_level(levels))) == [odd]


def test_the_line_runs_where_what_is_acceptable_ends(db):
    scale = Scale.in_use()
    cells = matrix_of(scale, level=CELLS, counts={(1, 1): 7, (9, 9): 3}).cells
    drawn = {(cell.consequence.number, cell.likelihood.number): cell for cell in cells}
    assert [cell.consequence.number for cell in cells[:4]] == [4, 4, 4, 4]
    assert drawn[4, 1].lines == ("right",)
    assert drawn[1, 4].lines == ("top",)
    assert set(drawn[3, 2].lines) == {"top", "right"}
    assert drawn[4, 2].lines == ()
    assert (drawn[1, 1].count, drawn[2, 2].count) == (7, 0)
    assert matrix_of(scale, counts={(1, 1): 7, (9, 9): 3}).total == 7
    assert not matrix_of(scale, level=[[True]]).has_level


def test_a_level_goes_from_draft_to_pdf_by_its_pages(cast, client_of):
    browser = client_of("coordinator")
    values = {"year": YEAR, "group": "", "statement": "Vi lever med det lave."}
    ticks = {f"cell_{c}_1": "on" for c in (1, 2, 3)}
    answer = browser.post(reverse("risk_level_new"), values | ticks)
    found = RiskLevel.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, found.get_absolute_url())
    assert [row[0] for row in found.cells] == [True, True, True, False]
    change = reverse("risk_level_change", args=[found.pk])
    answer = browser.post(change, values | ticks | {"statement": "Andet.", "edit_version": 1})
    assert answer.status_code == 302
    assert browser.post(change, values | ticks | {"edit_version": 1}).status_code == 409
    pdf = browser.get(reverse("risk_level_file", args=[found.pk]))
    assert pdf.content.startswith(b"%PDF-")
    assert browser.post(reverse("risk_level_drop", args=[found.pk])).status_code == 302
    found.refresh_from_db()
    assert found.state == "dropped"


def test_an_approved_level_is_handed_out_as_it_was_frozen(cast, client_of):
    found = approved(cast)
    page = client_of("member").get(found.get_absolute_url()).content.decode()
    assert found.decision.number in page
    assert "Vi lever med det lave." in page
    pdf = client_of("member").get(reverse("risk_level_file", args=[found.pk]))
    assert pdf.content == bytes(found.record.pdf)


def test_a_draft_is_seen_by_coordinators_alone(cast, client_of):
    found = draft(cast, statement="Hemmeligt udkast")
    for name in ("risk_level", "risk_level_file"):
        address = reverse(name, args=[found.pk])
        assert client_of("chair").get(address).status_code == 404
        assert client_of("coordinator").get(address).status_code == 200
    assert "Hemmeligt" not in client_of("chair").get(reverse("risk_levels")).content.decode()
    propose_level(found, committee=cast.committee, by=cast.coordinator)
    assert client_of("chair").get(found.get_absolute_url()).status_code == 200
    assert client_of("employee").get(found.get_absolute_url()).status_code == 404
    answer = client_of("coordinator").post(reverse("risk_level_reopen", args=[found.pk]))
    assert answer.status_code == 302
    found.refresh_from_db()
    assert found.is_draft


def test_a_new_level_begins_from_the_one_that_holds(cast, client_of):
    approved(cast)
    page = client_of("coordinator").get(reverse("risk_level_new"))
    form = page.context_data["form"]
    assert form["statement"].value() == "Vi lever med det lave."
    ticked = [name for name in form.fields if name.startswith("cell_") and form[name].value()]
    assert len(ticked) == sum(map(sum, CELLS))


def test_where_none_holds_a_new_level_begins_from_a_proposal(cast, client_of):
    browser, url = client_of("coordinator"), reverse("risk_level_new")
    page = browser.get(url)
    form = page.context_data["form"]
    assert page.context_data["is_proposed"] and "Et forslag er udfyldt" in page.text
    sent = {name: "on" for name in form.fields if name.startswith("cell_") and form[name].value()}
    assert sent and f"cell_{form.scale.size}_{form.scale.size}" not in sent
    said = {"year": YEAR, "group": "", "statement": form["statement"].value()}
    assert browser.post(url, said | sent).status_code == 302
    found = RiskLevel.objects.get()
    assert found.statement and sum(map(sum, found.cells)) == len(sent)
    assert not found.accepts_nearly_all
    approved(cast)
    assert not browser.get(url).context_data["is_proposed"]


def test_a_proposal_holds_for_every_scale_that_comes_along(cast):
    for scale in Scale.objects.all():
        cells = proposed_cells(scale)
        assert cells[0][0] and not cells[-1][-1]
        words = {"year": YEAR, "group": "", "statement": "Et forslag."}
        assert draft_level(by=cast.coordinator, scale=scale, cells=cells, **words).is_draft


def test_the_form_and_the_level_say_the_same(cast):
    found = draft(cast)
    form = LevelForm(LevelForm.initial_of(found), scale=found.scale)
    assert form.is_valid()
    assert form.values()["cells"] == CELLS


def test_the_page_counts_what_lies_above_through_who_asks(cast, client_of):
    level(cast, most=2)
    risk(assess(cast), (4, 4))
    answer = client_of("member").get(reverse("risk_levels"))
    assert answer.context_data["above"] == 1


def test_without_a_scale_in_use_no_level_can_be_drafted(cast, client_of):
    Scale.objects.filter(use_mark=True).update(use_mark=None)
    answer = client_of("coordinator").get(reverse("risk_level_new"))
    assert answer.status_code == 400
    assert not RiskLevel.objects.exists()


NEARLY_ALL = [[True] * 4, [True] * 4, [True] * 4, [True, True, True, False]]


def test_a_level_that_accepts_nearly_all_cells_says_why_before_it_is_put_forward(cast, client_of):
    found = draft(cast, cells=NEARLY_ALL)
    with pytest.raises(Refused, match="syv ud af otte"):
        propose_level(found, committee=cast.committee, by=cast.coordinator)
    values = level_values(found) | {"wide_because": "Kommunen lukker om et halvt år."}
    change_level(found, by=cast.coordinator, **values)
    found.refresh_from_db()
    propose_level(found, committee=cast.committee, by=cast.coordinator)
    page = client_of("coordinator").get(found.get_absolute_url()).content.decode()
    assert "Kommunen lukker om et halvt år." in page
    approved = approve_level(found, decision=decision_on(cast, found), by=cast.chair)
    assert "Kommunen lukker om et halvt år." in approved.record.content
    with pytest.raises(DatabaseError), transaction.atomic():
        RiskLevel.objects.filter(pk=found.pk).update(wide_because="Andet")


def test_a_level_with_a_line_through_the_middle_needs_no_reason(cast):
    assert not draft(cast).accepts_nearly_all
