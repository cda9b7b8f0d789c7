"""Every predicate of access can be turned round, so that `make soak` can ask which test misses it."""

from __future__ import annotations

from pathlib import Path

from kommissorium.config.tests.turning_round import predicates, predicates_of, turned_round

SOURCE = """
class ThingQuerySet:
    def visible_to(self, person):
        if person.is_coordinator:
            return self
        return self.filter(owner=person)

class Thing:
    def can_be_kept_by(self, person) -> bool:
        def inner():
            return 1
        return inner() == 1 and person.is_coordinator

    def can_be_seen(self) -> bool:
        return True

def may_answer(person) -> bool:
    if person is None:
        return False
    return person.is_chair
"""
TURNED = {
    "visible_to": [
        "return self if True else self",
        "return self if True else self.filter(owner=person)",
    ],
    "can_be_kept_by": ["return 1", "return not (inner() == 1 and person.is_coordinator)"],
    "may_answer": ["return not False", "return not person.is_chair"],
}


def test_answers_are_turned_round_one_predicate_at_a_time() -> None:
    found = list(predicates_of(Path("thing.py"), SOURCE))
    assert {one.name for one in found} == {*TURNED}
    for one in found:
        text = turned_round(SOURCE, one)
        after = text[text.index(f"def {one.name}") :].splitlines()
        returns = [line.strip() for line in after if line.strip().startswith("return")]
        assert returns[:2] == TURNED[one.name]
        assert (
            sum(other in text for other in ("not inner", "not (inner", "not person.is_chair")) <= 1
        )


def test_every_predicate_of_the_program_can_be_turned_round() -> None:
    found = predicates()
    assert len(found) > 120
    for one in found:
        compile(turned_round(one.path.read_text("utf-8"), one), str(one.path), "exec")
