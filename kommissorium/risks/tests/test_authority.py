"""Who may accept how much."""

from __future__ import annotations

from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as some

from kommissorium.risks.authority import Asked, beyond, wall, who_can
from kommissorium.risks.models import AuthorityLimit, Capacity

AMOUNTS = some.integers(min_value=0, max_value=2_000_000)
MAYBE = some.none() | AMOUNTS
RANKS = some.integers(min_value=1, max_value=5)
LIMITS = some.dictionaries(
    some.sampled_from(Capacity.values),
    some.builds(AuthorityLimit, per_risk=MAYBE, per_year=MAYBE, highest_rank=some.none() | RANKS),
)
ASKED = some.builds(Asked, AMOUNTS, some.integers(min_value=2026, max_value=2027), RANKS)


@given(LIMITS, some.lists(some.tuples(some.sampled_from(Capacity.values), ASKED), max_size=20))
def test_no_capacity_ever_gets_beyond_its_limits(limits, wishes):
    taken: dict[tuple[str, int], int] = {}
    for capacity, asked in wishes:
        already = taken.get((capacity, asked.year), 0)
        if wall(limits.get(capacity), already, asked):
            continue
        taken[capacity, asked.year] = already + asked.amount
        limit = limits.get(capacity)
        assert limit is None or limit.per_risk is None or asked.amount <= limit.per_risk
        assert limit is None or limit.highest_rank is None or asked.rank <= limit.highest_rank
    for (capacity, _year), total in taken.items():
        limit = limits.get(capacity)
        assert limit is None or limit.per_year is None or total <= limit.per_year


@given(LIMITS, some.dictionaries(some.sampled_from(Capacity.values), AMOUNTS), ASKED)
def test_a_refusal_names_exactly_those_who_can(limits, taken, asked):
    able = who_can(limits, taken, asked)
    for capacity in Capacity:
        with override("en"):
            said, names = beyond(capacity, limits, taken, asked), [str(one.label) for one in able]
        assert (said == "") is (capacity in able)
        named = said.partition("It can be accepted by: ")[2]
        assert not said or all(name in named for name in names)


def test_a_refusal_says_how_much_is_left_for_the_year():
    limits = {"owner": AuthorityLimit(capacity="owner", per_year=100_000)}
    with override("en"):
        said = beyond("owner", limits, {"owner": 80_000}, Asked(30_000, 2026, 1))
    assert "100,000 kr. at most in the budget year 2026" in said
    assert "80,000 kr. already" in said
    assert "Head of the area, Chair of the committee, The committee or Executive board" in said


def test_where_nobody_may_accept_it_says_so():
    limits = {one: AuthorityLimit(capacity=one, per_risk=10) for one in Capacity.values}
    with override("en"):
        assert "Nobody may accept that much" in beyond("owner", limits, {}, Asked(11, 2026, 1))


def test_without_limits_everybody_may_accept():
    assert who_can({}, {}, Asked(10**9, 2026, 5)) == list(Capacity)
