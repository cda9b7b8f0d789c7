"""Whoever has no part in anything: may do nothing, and of nothing sees all.

Asked of the models themselves, on every row of the samples: pages ask some predicates only after
another has let a person in, and would not tell one that says yes to everybody.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any, Final

import pytest
from django.apps import apps
from django.db import transaction

from kommissorium.accounts.actions import add_person
from kommissorium.accounts.models import Person
from kommissorium.config.tests.turning_round import NAMES
from kommissorium.core.tests.samples import Samples

pytestmark = pytest.mark.django_db

# The samples hold none: what one has read is one's own, and settings are none until they change.
NO_ROW: Final = {"Reading", "RegisterSettings"}


@pytest.fixture
def stranger(samples: Samples) -> Iterator[Person]:
    """Somebody without a role, a seat, or anything of their own."""
    with transaction.atomic():
        yield add_person(by=None, name="Frede Fremmed", email="frede@tryllerup.example")
        transaction.set_rollback(True)


def own_models() -> list[Any]:
    return [one for one in apps.get_models() if one.__module__.startswith("kommissorium.")]


def predicates_of(model: Any) -> list[str]:
    """Return the names of those that ask for a person, and for nothing else."""
    return [name for name in dir(model) if name.startswith(NAMES) and _asks_a_person(model, name)]


def _asks_a_person(model: Any, name: str) -> bool:
    if isinstance(inspect.getattr_static(model, name), property):
        return False
    given = inspect.signature(getattr(model, name)).parameters.values()
    needed = [one.name for one in given if one.default is inspect.Parameter.empty]
    return needed in (["person"], ["self", "person"])


def test_may_do_nothing(stranger: Person) -> None:
    said, asked = [], 0
    for model in own_models():
        names = predicates_of(model)
        rows = [one for one in model._default_manager.all() if one != stranger] if names else []
        assert rows or not names or model.__name__ in NO_ROW, model
        asked += len(names)
        said += [
            f"{model.__name__}.{name}"
            for name in names
            if any(getattr(row, name)(stranger) for row in rows)
        ]
    assert said == []
    assert asked > 150


def test_sees_all_of_nothing(stranger: Person) -> None:
    asked = 0
    for model in own_models():
        if hasattr(model._default_manager, "visible_to"):
            seen = model._default_manager.visible_to(stranger).count()
            assert seen < model._default_manager.count() or model.__name__ in NO_ROW, model
            asked += 1
    assert asked > 40
