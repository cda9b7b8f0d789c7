"""Scales: their cells, their versions, and the pages that show them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kommissorium.assets.actions.assets import add_asset
from kommissorium.assets.actions.owners import appoint
from kommissorium.core.evidence.models import Event
from kommissorium.core.refusals import Conflict, Refused
from kommissorium.risks.actions.scales import Content, change_scale, make_scale, use_scale
from kommissorium.risks.forms.scales import ScaleForm
from kommissorium.risks.matrix import matrix_of
from kommissorium.risks.models import TONES, Scale
from kommissorium.risks.tests.picture_cases import assess

G, L, Y, O, R = TONES  # noqa: E741 the colours' first letters
# Consequence upwards from the lowest, likelihood along from the lowest.
CELLS = {
    "kl": ((G, G, G, L), (G, L, L, Y), (G, L, Y, O), (L, Y, O, R)),
    "standard": ((G, G, G, Y), (G, G, Y, Y), (G, Y, Y, R), (Y, Y, R, R)),
    "herning": ((G, G, L, Y), (G, L, Y, O), (L, Y, O, R), (Y, O, R, R)),
    "datatilsynet": ((G, G, Y, O), (G, Y, O, O), (Y, O, O, R), (O, R, R, R)),
}


def three_steps(name="Vores", **changes):
    steps = [{"name": str(n), "text": f"Trin {n}"} for n in (1, 2, 3)]
    bands = [{"name": "Lav", "tone": "green"}, {"name": "Høj", "tone": "red"}]
    content = Content(name, steps, steps, bands, [[1, 1, 2], [1, 2, 2], [2, 2, 2]])
    return replace(content, **changes)


def posted(content, version=0):
    return ScaleForm.initial_of(content, version)


@pytest.mark.parametrize("family", CELLS)
def test_the_scales_that_come_along_have_the_cells_of_their_makers(db, family):
    scale = Scale.objects.get(family=family)
    tones = tuple(
        tuple(scale.band(scale.rank_of(c, likelihood)).tone for likelihood in (1, 2, 3, 4))
        for c in (1, 2, 3, 4)
    )
    assert tones == CELLS[family]
    assert all(step.text for step in scale.likelihood_steps + scale.consequence_steps)


def test_four_scales_come_along_and_that_of_kl_is_in_use(db):
    assert set(Scale.objects.values_list("family", flat=True)) == set(CELLS)
    assert Scale.in_use().family == "kl"


def test_cells_of_equal_products_can_be_different_risks(db):
    scale = Scale.objects.get(family="datatilsynet")
    assert (scale.rank_of(2, 4), scale.rank_of(4, 2)) == (3, 4)


@pytest.mark.parametrize("cell", [(0, 1), (1, 0), (5, 1), (1, 5), (-1, 2)])
def test_a_step_the_scale_has_not_is_an_error(db, cell):
    with pytest.raises(IndexError):
        Scale.in_use().rank_of(*cell)


@st.composite
def rising_cells(draw):
    """Cells of 3 to 5 steps in which nothing grows milder upwards or to the right."""
    size = draw(st.integers(3, 5))
    cells = [[0] * size for _row in range(size)]
    for c in range(size):
        for n in range(size):
            least = max(cells[c - 1][n] if c else 1, cells[c][n - 1] if n else 1)
            cells[c][n] = draw(st.integers(least, 5))
    return cells


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(cells=rising_cells())
def test_what_is_stored_is_what_a_risk_gets(cast, cells):
    size = len(cells)
    steps = [{"name": str(n), "text": ""} for n in range(size)]
    bands = [{"name": tone, "tone": tone} for tone in TONES]
    content = Content("Prøve", steps, steps, bands, cells)
    with transaction.atomic():
        scale = make_scale(content, by=cast.coordinator)
        scale = Scale.objects.get(pk=scale.pk)
        transaction.set_rollback(True)
    drawn = {(c.consequence.number, c.likelihood.number): c for c in matrix_of(scale).cells}
    for c in range(1, size + 1):
        for n in range(1, size + 1):
            rank = scale.rank_of(c, n)
            assert rank == cells[c - 1][n - 1] == drawn[c, n].band.rank
            assert drawn[c, n].band.tone == TONES[rank - 1]


def test_a_change_is_a_new_version_and_the_old_one_stays_for_its_assessments(cast):
    old = Scale.in_use()
    assessment = assess(cast, scale=old)
    new = change_scale(old, replace(Content.of(old), name="KL, vores ord"), by=cast.coordinator)
    assert (new.family, new.version, new.use_mark) == ("kl", 2, True)
    assessment.refresh_from_db()
    assert assessment.scale.name == "KL"
    assert Scale.in_use() == new
    assert list(Scale.objects.newest().filter(family="kl")) == [new]


def test_a_change_of_a_scale_not_in_use_takes_nothing_into_use(cast):
    made = make_scale(three_steps(), by=cast.coordinator)
    assert change_scale(made, three_steps("Nye ord"), by=cast.coordinator).use_mark is None
    assert Scale.in_use().family == "kl"


def test_saving_without_a_change_makes_no_version(cast):
    scale = Scale.in_use()
    assert change_scale(scale, Content.of(scale), by=cast.coordinator) == scale
    assert not Event.objects.filter(act="risks.scale_changed").exists()


def test_two_who_change_the_same_version_are_told(cast):
    old = Scale.in_use()
    change_scale(old, replace(Content.of(old), name="Først"), by=cast.coordinator)
    with pytest.raises(Conflict) as found:
        change_scale(old, replace(Content.of(old), name="Sidst"), by=cast.coordinator)
    assert (found.value.edit_version, found.value.current["name"]) == (2, "Først")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "kl"}, "name"),
        ({"cells": [[1, 1, 2], [1, 2, 1], [2, 2, 2]]}, "cell_2_3"),
        ({"cells": [[1, 2, 2], [1, 1, 2], [2, 2, 2]]}, "cell_2_2"),
        ({"cells": [[1, 1, 3], [1, 2, 3], [2, 2, 3]]}, ""),
        ({"cells": [[1, 2], [1, 2]]}, ""),
        ({"likelihoods": [{"name": n, "text": ""} for n in ("a", "A", "b")]}, "likelihood_2"),
        ({"consequences": [{"name": n, "text": ""} for n in ("a", "", "b")]}, "consequence_2"),
        (
            {"bands": [{"name": n, "tone": t} for n, t in (("x", "green"), ("X", "red"))]},
            "band_red",
        ),
        ({"bands": [{"name": "x", "tone": "green"}], "cells": [[1] * 3] * 3}, ""),
    ],
)
def test_what_makes_no_sense_is_refused_beside_its_field(cast, changes, field):
    with pytest.raises(Refused) as found:
        make_scale(three_steps(**changes), by=cast.coordinator)
    assert list(found.value.errors) == [field]
    assert Scale.objects.count() == 4


def test_only_coordinators_keep_scales(cast):
    scale = Scale.objects.get(family="standard")
    for person in (cast.chair, cast.executive, cast.auditor, cast.administrator, cast.system_owner):
        for deed in (
            lambda by: make_scale(three_steps(), by=by),
            lambda by: change_scale(scale, Content.of(scale), by=by),
            lambda by: use_scale(scale, by=by),
        ):
            with pytest.raises(PermissionDenied):
                deed(person)


def test_one_scale_is_in_use_and_never_an_old_version(cast):
    old = Scale.in_use()
    new = change_scale(old, replace(Content.of(old), name="Ny"), by=cast.coordinator)
    with pytest.raises(Refused):
        use_scale(old, by=cast.coordinator)
    other = Scale.objects.get(family="herning")
    use_scale(other, by=cast.coordinator)
    use_scale(other, by=cast.coordinator)
    assert Scale.in_use() == other
    assert Event.objects.filter(act="risks.scale_taken_into_use").count() == 1
    new.refresh_from_db()
    assert new.use_mark is None


@pytest.mark.parametrize("change", [{"name": "Andet"}, {"cells": [[1]]}, {"likelihoods": []}])
def test_a_version_never_changes(cast, change):
    with pytest.raises(DatabaseError), transaction.atomic():
        Scale.objects.filter(family="kl").update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        Scale.objects.filter(family="standard").delete()
    assert Scale.objects.get(family="kl").name == "KL"


def test_a_coordinator_makes_changes_and_uses_a_scale(cast, client_of):
    browser = client_of("coordinator")
    answer = browser.post(reverse("scale_new") + "?steps=3", posted(three_steps()))
    made = Scale.objects.get(name="Vores")
    assert (answer.status_code, answer["Location"]) == (302, made.get_absolute_url())
    assert Content.of(made) == three_steps()
    changed = three_steps(cells=[[1, 2, 2], [1, 2, 2], [2, 2, 2]])
    answer = browser.post(reverse("scale_change", args=[made.pk]), posted(changed, 1))
    newest = Scale.objects.newest().get(family=made.family)
    assert (newest.version, newest.cells[0]) == (2, [1, 2, 2])
    assert browser.post(reverse("scale_use", args=[newest.pk])).status_code == 302
    assert Scale.in_use() == newest


def test_a_colour_left_without_a_name_but_used_is_said(cast, client_of):
    values = posted(three_steps()) | {"band_red": ""}
    answer = client_of("coordinator").post(reverse("scale_new") + "?steps=3", values)
    assert answer.status_code == 400
    assert "data-error-summary" in answer.content.decode()
    assert not Scale.objects.filter(name="Vores").exists()


def test_who_comes_second_sees_both_and_can_save_on_top(cast, client_of):
    scale = Scale.in_use()
    address = reverse("scale_change", args=[scale.pk])
    browser = client_of("coordinator")
    browser.post(address, posted(replace(Content.of(scale), name="Først"), 1))
    mine = posted(replace(Content.of(scale), name="Sidst"), 1)
    answer = browser.post(address, mine)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Først" in page
    assert "Sidst" in page
    answer = browser.post(address, mine | {"edit_version": 2})
    assert answer.status_code == 302
    assert Scale.in_use().name == "Sidst"
    assert Scale.in_use().version == 3


def test_the_page_says_what_was_assessed_by_a_version(cast, client_of):
    scale = Scale.in_use()
    assess(cast, "Vurdering af Sommerfuglen", scale=scale)
    page = client_of("member").get(scale.get_absolute_url()).content.decode()
    assert "Vurdering af Sommerfuglen" in page
    other = Scale.objects.get(family="standard")
    assert "Sommerfuglen" not in client_of("member").get(other.get_absolute_url()).content.decode()


@pytest.mark.parametrize("name", ["scales", "threats", "risk_levels"])
def test_readers_see_the_page_and_no_keepers_buttons(cast, client_of, name):
    for who in ("chair", "member", "executive", "auditor"):
        answer = client_of(who).get(reverse(name))
        assert answer.status_code == 200, who
        assert "/new/" not in answer.content.decode(), who
    for who in ("employee", "administrator"):
        assert client_of(who).get(reverse(name)).status_code == 404, who


@pytest.mark.parametrize("name", ["scale_new", "threat_new", "risk_level_new"])
def test_who_may_only_read_is_refused(cast, client_of, name):
    assert client_of("chair").get(reverse(name)).status_code == 403
    assert client_of("chair").post(reverse(name)).status_code == 403
    assert client_of("employee").get(reverse(name)).status_code == 404


@pytest.mark.parametrize("name", ["scales", "threats", "risk_levels", "authority_limits"])
def test_a_page_asks_few_questions(cast, client_of, name, django_assert_max_num_queries):
    browser = client_of("coordinator")
    browser.get(reverse(name))
    with django_assert_max_num_queries(12):
        assert browser.get(reverse(name)).status_code == 200


@pytest.mark.parametrize("size", [3, 4, 5])
def test_every_cell_and_word_of_a_new_scale_has_a_control_with_a_name(cast, client_of, size):
    page = client_of("coordinator").get(reverse("scale_new"), {"steps": size}).content.decode()
    for field in ScaleForm(size=size).fields:
        assert f'name="{field}"' in page, field
    assert page.count("<select") == size * size
    assert page.count("<select") + page.count("<textarea") == size * size + 2 * size
    answer = client_of("coordinator").get(reverse("scale_new"), {"steps": "9"})
    assert answer.context_data["form"].size == 4


def test_an_owner_reads_the_scale_they_assess_by(cast, client_of, owned):
    answer = client_of(cast.system_owner).get(Scale.in_use().get_absolute_url())
    assert answer.status_code == 200


def test_the_history_tells_what_was_done(cast, client_of):
    make_scale(three_steps(), by=cast.coordinator)
    page = client_of("auditor").get(reverse("risk_rules_history")).content.decode()
    assert "Vores" in page
    assert client_of("employee").get(reverse("risk_rules_history")).status_code == 404


@pytest.fixture
def owned(cast):
    asset = add_asset(by=cast.coordinator, kind="system", values={"name": "Sommerfuglen"})
    appoint(asset, "system_owner", cast.system_owner, by=cast.coordinator)
    return asset
