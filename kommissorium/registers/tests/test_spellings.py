"""Names spelled nearly alike are found, never those told apart by a number; choices never go round."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kommissorium.registers.importing.spellings import SAME, followed, nearly_alike

names = st.text(alphabet="abdegnorstæøå &-.,/0123456789", max_size=20)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Social og Sundhed", "Social & sundhed"),
        ("Social og Sundhed", "Sundhed og Social"),
        ("Social og Sundhed", "Social + Sunhed"),
        ("Teknik og Miljø", "Teknik og Miljoe"),
        ("Telemedicin", "Tele-medicin"),
        ("Nordlys Data A/S", "Nordlys Data"),
        ("Nordlys Data A/S", "Nordlys Data ApS"),
        ("Birgitte Sørensen", "Birgitte Soerensen"),
        ("André Holm", "Andre Holm"),
        ("Sekretariatet", "Sekertariatet"),
    ],
)
def test_spellings_of_one_name_are_alike(one: str, other: str) -> None:
    assert nearly_alike([one, "Noget andet", other])[other] == [one, other]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Område 1", "Område 2"),
        ("Hold A", "Hold B"),
        ("Afdeling 12", "Afdeling 1"),
        ("Fase II", "Fase III"),
        ("Plejecenter1", "Plejecenter2"),
        ("Nord", "Nor"),
        ("Børn og Skole", "Børn og Familie"),
        ("???", "!!!"),
    ],
)
def test_different_names_are_not(one: str, other: str) -> None:
    assert nearly_alike([one, other]) == {one: [one], other: [other]}


@given(st.lists(names, max_size=8))
def test_each_is_like_itself_and_like_those_that_are_like_it(texts: list[str]) -> None:
    alike = nearly_alike(texts)
    assert list(alike) == list(dict.fromkeys(texts))
    for text, others in alike.items():
        assert text in others
        assert all(text in alike[other] for other in others)


@given(names, st.integers(0, 999), st.integers(0, 999))
def test_a_number_always_tells_names_apart(name: str, one: int, other: int) -> None:
    first, second = f"{name} {one}", f"{name} {other}"
    assert (second in nearly_alike([first, second])[first]) == (one == other)


def test_ten_thousand_names_are_compared_in_a_moment() -> None:
    texts = [f"Plejecenter for borgere {number:05}" for number in range(5_000)]
    texts += [f"{'abcdefghij'[number % 10] * 3}{number:05}x område" for number in range(5_000)]
    started = process_time()
    nearly_alike(texts)
    assert process_time() - started < 5


@given(
    st.dictionaries(st.sampled_from("abcd"), st.sampled_from([*"12", *(SAME + x for x in "abcd")]))
)
def test_a_choice_leads_to_one_that_is_made_or_to_none(choices: dict[str, str]) -> None:
    for key, choice in choices.items():
        spelling, chosen = followed(choice, choices)
        assert chosen is None or not chosen.startswith(SAME)
        assert spelling == "" or choice.startswith(SAME)
        if not choice.startswith(SAME):
            assert (spelling, chosen) == ("", choice), key
