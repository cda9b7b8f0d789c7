"""Signals: a number of a register said once, with its words, list, weight and state.

To-dos, agendas, the status of a quarter, figures of the past, filters and checks take both the
number and the words from here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Any, Final, Self

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.core.ui.todo import Todo
from kommissorium.measures.counted import Counted
from kommissorium.measures.findings import Evidence, Finding, State, Step
from kommissorium.measures.said import Phrase
from kommissorium.registers.agenda import Sentence, Weight, enumerated
from kommissorium.registers.lists.filters import Flag
from kommissorium.registers.status import StatusFigure, Wanted

NAMED: Final = 3  # titles in a sentence

type Text = str | Promise
type Plural = Any  # ngettext_lazy(one, several, "number"), each a whole sentence
type Numbers = Mapping[str, int]
type OfRow[Row] = Callable[[Row], bool]
type OfTable = Callable[[date], Q]


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal[Holds]:
    """What is counted of the rows of a list, and all that is said of it.

    `narrowed` is the query with which the list shows exactly these rows. `none` is the sentence
    of none, `point` what a committee is recommended to decide of them. `state` is how a clause
    stands that asks for none of them.
    """

    code: str
    label: Text
    holds: Holds
    narrowed: str = ""
    sentence: Plural = ""
    none: Text | Phrase = ""
    button: Text | Phrase = ""
    point: Plural = ""
    weight: Weight = Weight.STATE
    state: State = State.FULFILLED
    wanted: Wanted = ""

    @classmethod
    def of(cls, counted: Counted, *, label: Text, holds: Holds, **more: Any) -> Self:
        """Return the signal of what a rule of a clause counts, with its words and its list."""
        return cls(
            code=counted.code,
            label=label,
            holds=holds,
            narrowed=counted.narrowed,
            sentence=counted.sentence,
            none=counted.none,
            button=counted.button,
            state=counted.state,
            **more,
        )

    def said(self, number: int, tail: str = "") -> str:
        """Return the sentence of so many; `tail` goes before its stop."""
        text = str(self.sentence % {"number": number}) if number else str(self.none)
        return f"{text.removesuffix('.')}{tail}." if tail and text else text

    def named(self, titles: Sequence[str]) -> str:
        """Return the sentence of things with these titles, with the first of them."""
        return self.naming([_("“%(title)s”") % {"title": one} for one in titles])

    def naming(self, names: Sequence[str]) -> str:
        """Return the sentence of things with these names as they stand, with the first of them."""
        if not names:
            return self.said(0)
        more = _(", among them %(names)s") if len(names) > NAMED else ": %(names)s"
        return self.said(len(names), more % {"names": enumerated(names[:NAMED])})

    def at_end_of_quarter(self, number: int | None) -> str:
        """Return the sentence of a quarter that has ended; that nothing tells of it for None."""
        if number is None:
            return _("No figures were kept when the quarter ended.")
        return _("At the end of the quarter: %(sentence)s") % {"sentence": self.said(number)}

    def drafted(self, titles: Sequence[str]) -> Iterator[Sentence]:
        """Yield what an agenda says of things with these titles; nothing of none."""
        if titles:
            yield Sentence(self.named(titles), self.weight)

    def points(self, number: int) -> tuple[str, ...]:
        """Return what the committee is recommended to decide of so many."""
        return (str(self.point % {"number": number}),) if number else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Signals[Holds]:
    """The signals of the rows of one list.

    `page` is the code of the list, and the name of its address; "" where none shows the rows.
    """

    page: str = ""
    signals: tuple[Signal[Holds], ...]

    def count(self, day: date) -> dict[str, int]:
        """Return how many rows each holds of on the day."""
        raise NotImplementedError

    def condition(self, signal: Signal[Holds], day: date) -> Q:
        """Return the condition on the list's rows that it holds of on the day."""
        raise NotImplementedError

    def flag(self, signal: Signal[Holds]) -> Flag:
        """Return the filter that narrows the list to its rows."""
        code = signal.narrowed.partition("=")[0]
        return Flag(code, signal.label, lambda page: self.condition(signal, page.today))

    def link(self, signal: Signal[Holds]) -> str:
        """Return the address of the list of its rows."""
        return f"{reverse(self.page)}?{signal.narrowed}"

    def step(self, signal: Signal[Holds]) -> Step:
        return Step(str(signal.button), self.link(signal))

    def todos(
        self, numbers: Numbers, *signals: Signal[Holds], own: bool = False, urgent: bool = False
    ) -> Iterator[Todo]:
        """Yield a line for each that counts something; of `own` ones the person is told so."""
        for signal in signals:
            if number := numbers[signal.code]:
                text, link = signal.said(number), self.link(signal)
                if own:
                    theirs = ngettext("You answer for it.", "You answer for them.", number)
                    text, link = f"{text} {theirs}", f"{link}&mine=1"
                yield Todo(text, str(signal.button), link, urgent)

    def finding(
        self, signal: Signal[Holds], number: int, *evidence: Evidence, lead: str = ""
    ) -> Finding:
        """Return what is found of a clause that asks for none of its rows."""
        text = lead + signal.said(number)
        if signal.state == State.FULFILLED or not number:
            return Finding(State.FULFILLED, text, evidence)
        return Finding(signal.state, text, evidence, self.step(signal))

    @staticmethod
    def told(numbers: Numbers, *signals: Signal[Holds]) -> str:
        """Return the sentences of these numbers as one text, without those that say nothing."""
        return " ".join(filter(None, (one.said(numbers[one.code]) for one in signals)))

    def figures(
        self,
        signals: Iterable[Signal[Holds]],
        then: Numbers,
        before: Numbers,
        link: str,
        corrected: Numbers | None = None,
    ) -> list[StatusFigure]:
        """Return them as figures of a quarter: then, at the end of the one before, known today."""
        return [
            StatusFigure(
                *(one.code, str(one.label), then.get(one.code), before.get(one.code), link),
                wanted=one.wanted,
                corrected=corrected[one.code] if corrected is not None else None,
            )
            for one in signals
        ]

    def labelled(self, numbers: Numbers) -> list[tuple[Text, int]]:
        """Return the numbers there are of them, each with its label."""
        return [(one.label, numbers[one.code]) for one in self.signals if one.code in numbers]


@dataclass(frozen=True, slots=True, kw_only=True)
class RowSignals[Row](Signals[OfRow[Row]]):
    """Signals that ask each row; `key` is that of its row in the list."""

    rows: Callable[[date], Iterable[Row]]
    key: Callable[[Row], int] = attrgetter("pk")

    def counted(self, rows: Iterable[Row], *only: Signal[OfRow[Row]]) -> dict[str, int]:
        """Return how many of the rows each holds of, or each of these alone."""
        known = list(rows)
        return {one.code: sum(map(one.holds, known)) for one in only or self.signals}

    def count(self, day: date) -> dict[str, int]:
        return self.counted(self.rows(day))

    def condition(self, signal: Signal[OfRow[Row]], day: date) -> Q:
        return Q(pk__in=[self.key(one) for one in self.rows(day) if signal.holds(one)])


@dataclass(frozen=True, slots=True, kw_only=True)
class TableSignals(Signals[OfTable]):
    """Signals that ask the database, for a table that may be large."""

    rows: Callable[[], QuerySet[Any]]

    def counted(self, rows: QuerySet[Any], day: date) -> dict[str, int]:
        """Return how many of the rows each holds of on the day (one query)."""
        asked = {one.code: Count("pk", filter=one.holds(day)) for one in self.signals}
        return rows.aggregate(**asked)

    def count(self, day: date) -> dict[str, int]:
        return self.counted(self.rows(), day)

    def condition(self, signal: Signal[OfTable], day: date) -> Q:
        return signal.holds(day)
