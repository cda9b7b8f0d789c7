"""Authority to accept risks, and its limits."""

from __future__ import annotations

from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as some

from kommissorium.risks.authority import Asked, beyond, wall, who_can
from kommissorium.risks.models import AuthorityLimit, Capacity


def named(limits):
    for capacity, limit in limits.items():
        limit.capacity = capacity
    return limits


AMOUNTS = some.integers(min_value=0, max_value=2_000_000)
MAYBE = some.none() | AMOUNTS
RANKS = some.integers(min_value=1, max_value=5)
LIMITS = some.dictionaries(
    some.sampled_from(Capacity.values),
    some.builds(AuthorityLimit, per_risk=MAYBE, per_year=MAYBE, highest_rank=some.none() | RANKS),
).map(named)
ASKED = some.builds(
    Asked, AMOUNTS, some.integers(min_value=2026, max_value=2027), RANKS, some.booleans()
)


@given(LIMITS, some.lists(some.tuples(some.sampled_from(Capacity.values), ASKED), max_size=20))
def test_no_capacity_ever_gets_beyond_its_limits(limits, wishes):
    taken: dict[tuple[str, int], int] = {}
    for capacity, asked in wishes:
        already = taken.get((capacity, asked.year), 0)
        if wall(limits.get(capacity), already, asked):
            continue
        taken[capacity, asked.year] = already + asked.amount
        limit = limits.get(capacity)
        assert limit is not None, "who has no limit accepts nothing"
        assert asked.amount <= limit.per_risk
        assert limit.highest_rank is None or asked.rank <= limit.highest_rank
        assert not asked.is_highest or capacity in ("committee", "executive")
    for (capacity, _year), total in taken.items():
        assert total <= limits[capacity].per_year


@given(LIMITS, some.dictionaries(some.sampled_from(Capacity.values), AMOUNTS), ASKED)
def test_a_refusal_names_exactly_those_who_can(limits, taken, asked):
    able = who_can(limits, taken, asked)
    for capacity in Capacity:
        with override("en"):
            said, names = beyond(capacity, limits, taken, asked), [str(one.label) for one in able]
        assert (said == "") is (capacity in able)
        named = said.partition("It can be accepted by: ")[2]
        assert not said or all(name in named for name in names)


def laid_down(capacity, per_risk, per_year):
    return AuthorityLimit(capacity=capacity, per_risk=per_risk, per_year=per_year, highest_rank=5)


def test_a_refusal_says_how_much_is_left_for_the_year():
    limits = {one: laid_down(one, 10_000_000, 10_000_000) for one in Capacity.values}
    limits["owner"] = laid_down("owner", 100_000, 100_000)
    with override("en"):
        said = beyond("owner", limits, {"owner": 80_000}, Asked(30_000, 2026, 1))
    assert "100,000 kr. at most in the budget year 2026" in said
    assert "has used 80,000 kr. of it already" in said
    assert "Head of the area, Chair of the committee, The committee or Executive board" in said


def test_where_nobody_may_accept_it_says_so():
    limits = {one: laid_down(one, 10, 10) for one in Capacity.values}
    with override("en"):
        assert "Nobody may accept that much" in beyond("owner", limits, {}, Asked(11, 2026, 1))


def test_without_limits_nobody_may_accept_anything_and_it_says_so():
    assert who_can({}, {}, Asked(0, 2026, 1)) == []
    with override("en"):
        said = beyond("chair", {}, {}, Asked(0, 2026, 1))
    assert "may accept nothing: no limit has been laid down" in said


def test_the_highest_band_is_for_committee_and_board_whatever_the_limits_say():
    limits = {one: laid_down(one, 10, 10) for one in Capacity.values}
    asked = Asked(1, 2026, 5, is_highest=True)
    assert who_can(limits, {}, asked) == [Capacity.COMMITTEE, Capacity.EXECUTIVE]
