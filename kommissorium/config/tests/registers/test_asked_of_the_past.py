"""The checks' queries about the past: no more for full registers, and for years of it."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from kommissorium.compliance.fulfilment import month_ends, timeline
from kommissorium.compliance.history_queries import history_of
from kommissorium.config.tests.registers.test_checks import AGO, fill_all
from kommissorium.conftest import MOST_OF_PARTS, queries_of
from kommissorium.registers.actions.kept import keep_figures
from kommissorium.registers.installed import registers


def test_the_past_asks_no_more_of_full_registers_and_years_of_it_nothing(
    cast, django_assert_num_queries
):
    asked = []
    today = timezone.localdate()
    months = month_ends(today, 36)
    for fill in (lambda _cast: None, fill_all):
        fill(cast)
        asked.append(queries_of(lambda: history_of(cast.committee)))
    # Where a register is empty there is less to ask.
    assert asked[1] <= asked[0] + 9
    assert asked[1] <= MOST_OF_PARTS
    for day in (month for month in months[:-1] if month >= today - AGO):
        for register in registers():
            keep_figures(register.code, day)
    history = history_of(cast.committee)
    with django_assert_num_queries(0):
        timeline(history, history.clauses_on(today), months)


def test_a_day_without_figures_is_counted_once(cast, django_assert_max_num_queries):
    fill_all(cast)
    history, today = history_of(cast.committee), timezone.localdate()
    day = today - AGO + timedelta(days=10)
    with django_assert_max_num_queries(12):
        timeline(history, history.clauses_on(today), [day, day])
