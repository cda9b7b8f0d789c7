"""The history in words."""

from __future__ import annotations

import ast
from datetime import date
from pathlib import Path

import pytest
from django.template.loader import get_template
from django.utils import translation

from kommissorium import accounts
from kommissorium.accounts.actions import (
    accept_role_nomination,
    change_municipality,
    give_role,
    nominate_for_role,
)
from kommissorium.accounts.adapter import SECOND_STEP_ACTS
from kommissorium.accounts.history import entries
from kommissorium.conftest import LATE
from kommissorium.core.evidence.models import Event

HOUSE = Path(accounts.__file__).parent


def recorded_acts():
    """Return every code that this room writes into the chain."""
    found = set(SECOND_STEP_ACTS.values())
    for file in (HOUSE / "actions").glob("*.py"):
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "record":
                act = call.args[0]
                if isinstance(act, ast.Constant):
                    found.add(act.value)
    return sorted(found)


def test_the_acts_are_found():
    assert len(recorded_acts()) > 15


@pytest.mark.parametrize("act", [*recorded_acts(), "core.record_frozen"])
def test_every_act_has_a_sentence(act):
    room, what = act.split(".")
    assert get_template(f"{room}/events/{what}.txt")


def test_every_sentence_belongs_to_an_act():
    written = {path.stem for path in (HOUSE / "templates/accounts/events").glob("*.txt")}
    assert written == {act.removeprefix("accounts.") for act in recorded_acts()}


def test_a_role_is_told_with_its_days(cast):
    first, last = date(2026, 1, 1), date(2026, 12, 31)
    asked = nominate_for_role(
        cast.member, "auditor", by=cast.coordinator, from_date=first, to_date=last, because=LATE
    )
    accept_role_nomination(asked, by=cast.chair)
    with translation.override("en"):
        (entry, *_older) = entries(list(Event.objects.about(cast.member)))
    assert entry.who == cast.chair.name
    assert (
        entry.text
        == "Got the role Auditor from 1 January 2026 until 31 December 2026, proposed by "
        f"{cast.coordinator.name}. Noted afterwards: {LATE}"
    )


def test_what_was_typed_is_told_as_it_was_typed(cast):
    change_municipality(
        cast.municipality,
        by=cast.coordinator,
        name="A < B & C",
        mfa_required=True,
        anchor_email="",
        edit_version=cast.municipality.edit_version,
    )
    with translation.override("en"):
        (entry, *_older) = entries(list(Event.objects.about(cast.municipality)))
    assert entry.text == "The settings were changed: A < B & C, second step for everybody"


def test_nobody_known_any_more_is_still_somebody(cast):
    give_role(cast.chair, "auditor", by=None, from_date=date(2026, 1, 1), because=LATE)
    event = Event.objects.about(cast.chair)[0]
    event.actor = "00000000-0000-4000-8000-000000000000"
    assert entries([event])[0].who


def test_many_lines_ask_for_their_names_once(cast, django_assert_num_queries):
    events = list(Event.objects.all()[:20])
    with django_assert_num_queries(1):
        entries(events)
