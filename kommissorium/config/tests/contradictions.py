"""Sentences of one page held against each other: by their English texts, and the values they are said with."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, Final

from kommissorium.measures import rules
from kommissorium.measures.counted import Counted, Plural
from kommissorium.measures.said import Said

# What says that all is well, or that there is nothing; and parts of what says otherwise of the same.
AGAINST: Final[Mapping[str, Sequence[str]]] = {
    "All notifications were sent within their deadlines.": (
        *("notification has passed", "notifications have passed"),
        *("sent after its deadline", "sent after their deadline"),
    ),
    "No risk lies above the level.": (
        *("risk lies above the level:", "risks lie above the level:"),
        *("has neither a plan nor", "have neither a plan nor"),
    ),
    "No risk has been assessed, and no risk level approved.": (
        *("lies above the level", "lie above the level", "The picture of risks of the whole"),
        "The committee approved a risk level",
    ),
    "No picture of risks of the whole organisation has been approved.": (
        "The picture of risks of the whole organisation",
    ),
    "All %(all)d systems with personal data also have a data owner.": (
        *("has no data owner", "have no data owner"),
    ),
    "No system is called critical.": (
        "critical system was",
        "critical systems w",
        "critical system",
    ),
    "No service is called critical.": ("critical service",),
    "No quarterly status has been approved yet.": ("The newest quarterly status, of",),
    "No status of the security work has been approved yet.": (
        "The newest status of the security work, of",
    ),
    "No evaluation has been approved yet.": ("The newest evaluation, of",),
    "No incident was closed that the committee is to evaluate.": (
        *("closed incident is evaluated", "closed incidents are evaluated"),
        *("incident was not evaluated", "incidents were not evaluated"),
    ),
    "Every critical service has its plans.": ("Not there yet: %(names)s.",),
}
# A part and its whole in one sentence, by the names of their values.
SHARES: Final = (("number", "all"), ("number", "of"), ("covered", "critical"), ("current", "all"))
# The same thing counted in sentences of several clauses: what they say, and the value that counts it.
SAME: Final[Mapping[str, Sequence[tuple[str, str]]]] = {
    "critical systems": (
        (r"of %\(critical\)d critical systems? (was|were) assessed", "critical"),
        (r"of %\(all\)d critical systems?\b", "all"),
    ),
}
LEFT: Final = re.compile(r"Once the treatment works, (\d+) will still lie above it")


def contradictions(page: Mapping[str, Any]) -> list[str]:
    """Return what sentences of a page say against each other; the page's are by clause."""
    said = {number: list(said_in(sentence)) for number, sentence in page.items()}
    everything = [one for those in said.values() for one in those]
    faults = [*_against(everything), *_shares(everything), *_same(everything)]
    for number, those in said.items():
        faults += [f"{number}: {fault}" for fault in _twice(those)]
    return faults


def left_otherwise(sentences: Iterable[str], shown: int) -> list[str]:
    """Return the sentences that leave another number of risks above the level than is shown."""
    found = [(LEFT.search(one), one) for one in sentences]
    return [one for match, one in found if match and int(match[1]) != shown]


def said_in(words: Any) -> Iterator[Said]:
    """Yield each sentence in what is said, and those that it is said with."""
    if isinstance(words, Said):
        yield words
    if isinstance(words, tuple):
        for one in words:
            yield from said_in(one)
    elif is_dataclass(words):
        for field in fields(words):
            yield from said_in(getattr(words, field.name))


def _against(said: Sequence[Said]) -> Iterator[str]:
    texts = {part for one in said for part in (_text(one),) if _is_any(one)}
    for none, others in {**AGAINST, **_of_lists()}.items():
        if any(one.text == none for one in said):
            against = [text for text in texts for part in others if part in text and text != none]
            yield from (f"“{none}” beside “{text}”" for text in against)


def _of_lists() -> dict[str, Sequence[str]]:
    """Return the sentence of none of each number that rules tell, with that of one and of several."""
    found: dict[str, Sequence[str]] = {}
    for module in iter_modules(rules.__path__, f"{rules.__name__}."):
        for one in vars(import_module(module.name)).values():
            is_told = isinstance(one, Counted) and isinstance(one.sentence, Plural)
            if is_told and isinstance(one.none, Said):
                found[one.none.text] = (one.sentence.one, one.sentence.many)
    return found


def _text(one: Said) -> str:
    return one.many if one.many and one.number != 1 else one.text


def _is_any(one: Said) -> bool:
    """Return whether a sentence tells of anything: a number of none is no claim against none."""
    return not one.many or one.number != 0


def _shares(said: Sequence[Said]) -> Iterator[str]:
    for one in said:
        values = dict(one.values)
        pairs = [(values.get(part), values.get(whole)) for part, whole in SHARES]
        told = [(part, whole) for part, whole in pairs if {type(part), type(whole)} == {int}]
        wrong = [(part, whole) for part, whole in told if part > whole or not whole]
        yield from (f"{part} of {whole}: “{_text(one)}”" for part, whole in wrong)


def _same(said: Sequence[Said]) -> Iterator[str]:
    for what, places in SAME.items():
        numbers = {
            dict(one.values)[name]
            for one in said
            for pattern, name in places
            if re.search(pattern, _text(one)) and name in dict(one.values)
        }
        if len(numbers) > 1:
            yield f"{what} are {sorted(numbers)}"


def _twice(said: Sequence[Said]) -> Iterator[str]:
    """Yield the sentences that a clause says twice, with other numbers of the same."""
    found: dict[Any, set[int]] = defaultdict(set)
    for one in said:
        if one.many:
            rest = tuple((name, value) for name, value in one.values if not isinstance(value, int))
            found[one.many, str(rest)].add(one.number)
    yield from (
        f"“{text}” of {numbers}" for (text, _), numbers in found.items() if len(numbers) > 1
    )
