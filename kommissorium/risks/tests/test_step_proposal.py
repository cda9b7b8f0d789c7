"""How bad a risk would be: one grid, and a proposal that is nothing before somebody presses."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from kommissorium.assets.models import Asset, Level
from kommissorium.conftest import Cast
from kommissorium.risks.models import DIMENSIONS, Scenario
from kommissorium.risks.step_proposal import NEEDS, StepProposal, proposed_steps
from kommissorium.risks.tests.assessment_cases import add_risk, make_draft, make_system
from kommissorium.risks.tests.test_assessment_pages import HTMX, sent

type Browser = Callable[[str], Client]
BUTTON = 'name="proposed"'
need = st.none() | st.sampled_from(Level.values)
asset = st.builds(
    Asset,
    **dict.fromkeys(NEEDS, need),
    personal_data=st.sampled_from(["", ",none,", ",cpr,", ",ordinary,cpr,"]),
)


def drafted(cast: Cast, **needs: object) -> Scenario:
    """Draft the assessment of a system with such needs, with a risk in it."""
    system = make_system(cast)
    Asset.objects.filter(pk=system.pk).update(**needs)
    return add_risk(make_draft(cast, system), cast, availability_organisation=None)


def cards(row: Scenario) -> str:
    return f"{reverse('assessment_scenarios', args=[row.assessment_id])}?open={row.pk}"


def steps_of(row: Scenario) -> list[int | None]:
    row.refresh_from_db()
    return [getattr(row, name) for name in DIMENSIONS]


def test_the_grid_has_a_named_row_for_each_and_a_radio_for_each_step(
    cast: Cast, client_of: Browser
) -> None:
    row = drafted(cast)
    page = client_of("coordinator").get(cards(row)).text
    for name in DIMENSIONS:
        radios = re.findall(rf'<input [^>]*type="radio" name="{name}" [^>]*id="([^"]+)"', page)
        assert len(radios) == row.assessment.scale.size + 1
        assert len(set(radios)) == len(radios)
        assert all(f'<label for="{one}">' in page for one in radios)
        (named,) = re.findall(rf'role="radiogroup" aria-labelledby="(risk\d+_{name}_name)"', page)
        assert f'id="{named}"' in page
        assert f'<select class="form-select" name="{name}"' not in page
    assert BUTTON not in page, "nothing is known of the system"


def test_a_proposal_counts_when_it_is_pressed_and_not_before(
    cast: Cast, client_of: Browser
) -> None:
    row = drafted(cast, confidentiality=4, availability=2, personal_data=",cpr,")
    browser, change = client_of("coordinator"), reverse("risk_change", args=[row.pk])
    page = browser.get(cards(row)).text
    assert BUTTON in page and "Et forslag" in page
    saved = browser.post(change, sent(row, measures="Backup"), **HTMX)
    assert saved.status_code == 200 and steps_of(row) == [None] * 6, "typing saves no proposal"
    chosen = {"confidentiality_person": 1, "measures": "Backup hver nat", "proposed": "1"}
    answer = browser.post(change, sent(row, **chosen))
    assert answer.url == f"{cards(row)}#risk-{row.pk}"
    assert steps_of(row) == [1, None, 2, 4, None, 2], "what was chosen stands"
    assert row.measures == "Backup hver nat"
    assert BUTTON not in browser.get(cards(row)).text


def test_who_may_not_write_presses_no_proposal(cast: Cast, client_of: Browser) -> None:
    row = drafted(cast, confidentiality=4)
    change, typed = reverse("risk_change", args=[row.pk]), sent(row, proposed="1")
    for who in ("auditor", "dpo", "employee"):
        assert client_of(who).post(change, typed).status_code in (403, 404)
    assert steps_of(row) == [None] * 6


@given(st.integers(2, 8), st.lists(asset, max_size=4))
def test_a_proposal_stays_on_its_scale_and_says_nothing_of_what_is_not_known(
    size: int, assets: list[Asset]
) -> None:
    found = proposed_steps(size, assets)
    assert all(1 <= step <= size for step in found.values())
    for name, wanted in zip(DIMENSIONS, NEEDS * 2, strict=True):
        of_person = name.endswith("person")
        those = [one for one in assets if one.holds_personal_data or not of_person]
        needs = [getattr(one, wanted) for one in those if getattr(one, wanted)]
        assert (name in found) == bool(needs)
        if needs:
            assert (found[name] == size) == (size * (max(Level.values) - max(needs)) < 4)


@given(st.dictionaries(st.sampled_from(DIMENSIONS), st.integers(1, 4)))
def test_what_was_chosen_is_never_overwritten(typed: dict[str, int]) -> None:
    posted = {name: str(step) for name, step in typed.items()}
    filled = StepProposal(dict.fromkeys(DIMENSIONS, 4)).filled(posted)
    assert filled == {name: posted.get(name, "4") for name in DIMENSIONS}
