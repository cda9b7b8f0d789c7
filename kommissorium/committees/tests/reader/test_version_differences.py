"""Two versions of a mandate, clause by clause."""

from __future__ import annotations

from dataclasses import replace

from kommissorium.committees.reader import ReadClause, builtin, compare, read_text
from kommissorium.committees.reader.version_differences import diff_words
from kommissorium.measures.codes import Measure

OLD = [
    ReadClause("T1", "task", "Approves the security policy.", Measure.POLICY_REVISION),
    ReadClause("T2", "task", "Evaluates incidents every quarter.", None, 3, 4),
    ReadClause("T3", "task", "Follows projects.", Measure.PROJECT_STATUS),
]


def test_a_text_compared_with_itself_is_the_same() -> None:
    clauses = read_text(builtin("da")).clauses
    changes = compare(clauses, clauses)
    assert {change.kind for change in changes} == {"same"}
    assert len(changes) == len(clauses)


def test_renumbering_by_a_clause_put_in_before_is_no_change() -> None:
    new = [
        ReadClause("T1", "task", "Sets goals."),
        *(replace(clause, number=f"T{place}") for place, clause in enumerate(OLD, 2)),
    ]
    assert [change.kind for change in compare(OLD, new)] == ["added", "same", "same", "same"]


def test_a_clause_that_changed_places_is_moved() -> None:
    new = [OLD[2], OLD[0], OLD[1]]
    assert [change.kind for change in compare(OLD, new)] == ["moved", "same", "same"]


def test_a_clause_put_under_another_kind_is_moved() -> None:
    new = [OLD[0], OLD[1], replace(OLD[2], number="R1", kind="responsibility")]
    moved = compare(OLD, new)[2]
    assert (moved.kind, moved.differences) == ("moved", ("kind",))


def test_changed_words_and_cadence_are_shown() -> None:
    changed = replace(OLD[1], text="Evaluates incidents every month.", cadence_months=1)
    change = compare(OLD, [OLD[0], changed, OLD[2]])[1]
    assert change.kind == "changed"
    assert change.differences == ("text", "cadence_months")
    assert change.segments == (
        ("same", "Evaluates incidents every "),
        ("removed", "quarter"),
        ("added", "month"),
        ("same", "."),
    )


def test_removed_clauses_stand_last_and_an_empty_measure_is_no_measure() -> None:
    new = [OLD[0], OLD[1]]
    changes = compare([replace(OLD[0], measure=OLD[0].measure), *OLD[1:]], new)
    assert [change.kind for change in changes] == ["same", "same", "removed"]
    assert changes[-1].old is OLD[2]


def test_the_segments_of_a_difference_spell_both_texts() -> None:
    old, new = "The board meets twice a year in spring.", "The board meets four times in spring."
    segments = diff_words(old, new)
    assert "".join(words for op, words in segments if op != "added") == old
    assert "".join(words for op, words in segments if op != "removed") == new


def test_many_clauses_are_compared_without_pairing_every_one() -> None:
    old = [ReadClause(f"O{n}", "other", f"word{n} stays here") for n in range(1500)]
    new = [ReadClause(f"O{n}", "other", f"word{n} stays there") for n in range(1500)]
    assert {change.kind for change in compare(old, new)} == {"added", "removed"}
