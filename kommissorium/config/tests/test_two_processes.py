"""Values kept in the memory of one web process stay right although another one writes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.core.cache import cache

from kommissorium.assets.actions.assets import add_asset
from kommissorium.assets.models import Kind
from kommissorium.config.tests.faults import killed_at
from kommissorium.conftest import Cast
from kommissorium.registers.counts import counts_now, forget_counts

NEVER = 1_000_000


def elsewhere(act: Callable[[], object]) -> None:
    """Do it in a process of its own, to its end."""
    assert not killed_at(NEVER, act)


def test_numbers_follow_what_another_process_has_done(committing: Cast) -> None:
    values = {"name": "Fagsystem", "criticality": "business"}
    add = partial(add_asset, by=committing.coordinator, kind=Kind.SYSTEM, values=values)
    before = counts_now()
    elsewhere(add)
    after = counts_now()
    assert after != before
    forget_counts()
    assert counts_now() == after


def test_a_count_made_elsewhere_is_nobodys_but_its_own(committing: Cast) -> None:
    before = counts_now()
    elsewhere(counts_now)
    assert counts_now() == before


def test_what_one_process_counts_of_attempts_the_other_knows(committing: Cast) -> None:
    cache.set("attempts", 1)
    elsewhere(partial(cache.set, "attempts", 2))
    assert cache.get("attempts") == 2
