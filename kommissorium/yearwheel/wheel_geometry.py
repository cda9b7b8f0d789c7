"""Geometry of the drawn year wheel: where arcs, dots and words go.

The year runs clockwise from the top. At the rim are the weeks (ISO 8601), inside them the
months, then the meetings, then what is due: each from where its lead time begins to its day.
"""

from __future__ import annotations

from calendar import isleap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Final

from kommissorium.yearwheel.wheel_entries import EntryState, WheelEntry
from kommissorium.yearwheel.wheel_lanes import (
    CROWDED,
    INNER,
    LEADS,
    Laid,
    LaneLook,
    LaneStretch,
    Words,
    band,
    is_below,
    lay,
    line,
    numbers_of,
    point,
    rail,
)

RIM: Final = 496.0
WEEKS: Final = (470.0, RIM)
MONTHS: Final = (430.0, 468.0)
MEETINGS: Final = 411.0
DOT: Final = 12.5
HAND: Final = (116.0, 428.0)
SHORTEST: Final = 4  # days that can still be seen and pressed
DECEMBER: Final = 12
LEAST_NUMBERED: Final = 3  # days of a week that has room for its number
LETTERS_OF_MONTHS: Final = 19.0
LETTERS_OF_WEEKS: Final = 14.0
DROP: Final = 0.35  # of the letters' size: from the middle of a line down to where they stand

# Which words go last when there is no room for all of them.
RANKS: Final[Mapping[EntryState, int]] = {
    "overdue": 0,
    "soon": 1,
    "minutes": 2,
    "open": 3,
    "done_with_fault": 4,
    "done": 5,
    "projected": 6,
    "skipped": 7,
}


@dataclass(frozen=True)
class Gathering:
    """A meeting as the picture shows it."""

    day: date
    title: str
    url: str


@dataclass(frozen=True)
class MonthPiece:
    """A month of the ring, and the path that its name runs along."""

    first: date
    path: str
    rail: str
    is_now: bool


@dataclass(frozen=True)
class WeekPiece:
    """A week of the rim: the line at its beginning and, where there is room, its number."""

    number: int
    tick: str
    days: int
    x: float
    y: float

    @property
    def is_numbered(self) -> bool:
        return self.days >= LEAST_NUMBERED


@dataclass(frozen=True)
class Label:
    """Words along a path. `anchor` is the end of the path they begin or end at."""

    text: str
    rail: str
    anchor: str
    size: float
    turns: tuple[float, float]


@dataclass(frozen=True)
class Arc:
    """Drawing of one entry: a piece of a lane, in turns and radii, and its words."""

    entry: WheelEntry
    start: float
    end: float
    inner: float
    outer: float
    label: Label | None

    @property
    def path(self) -> str:
        return band(self.inner, self.outer, self.start, self.end)


@dataclass(frozen=True)
class Dot:
    """The mark of a meeting."""

    gathering: Gathering
    x: float
    y: float
    turn: float


@dataclass(frozen=True)
class WheelPicture:
    """All there is to draw. `arcs` and `dots` are by day. `hand` is "" in another year."""

    year: int
    months: Sequence[MonthPiece]
    weeks: Sequence[WeekPiece]
    arcs: Sequence[Arc]
    dots: Sequence[Dot]
    hand: str
    hand_tip: tuple[float, float]
    late: int

    @property
    def spokes(self) -> list[str]:
        """Return the lines between the months."""
        return [line(INNER - 4, MONTHS[0], _turn(month.first)) for month in self.months]


def draw(
    year: int,
    entries: Sequence[WheelEntry],
    leads: Mapping[int, int],
    gatherings: Iterable[Gathering],
    today: date,
) -> WheelPicture:
    """Return the picture of a year. `leads` are lead times in days, by duty.

    The entries and meetings are all of the year.
    """
    is_now = today.year == year
    now = (_turn(today) + _turn(today, after=True)) / 2
    return WheelPicture(
        year=year,
        months=[_month(year, number, today) for number in range(1, 13)],
        weeks=_weeks(year),
        arcs=_arcs(entries, leads),
        dots=[_dot(one) for one in sorted(gatherings, key=lambda one: one.day)],
        hand=line(*HAND, now) if is_now else "",
        hand_tip=point(HAND[1], now),
        late=sum(entry.number for entry in entries if entry.state == "overdue"),
    )


def _arcs(entries: Sequence[WheelEntry], leads: Mapping[int, int]) -> list[Arc]:
    ordered = sorted(entries, key=lambda entry: entry.due)
    look, laid = _lay(ordered, leads)
    return [
        _arc(entry, look, stretch, place)
        for entry, (stretch, place) in zip(ordered, laid, strict=True)
    ]


def _lay(
    entries: Sequence[WheelEntry], leads: Mapping[int, int]
) -> tuple[LaneLook, list[tuple[LaneStretch, Laid]]]:
    """Return where each entry runs; where very many are at work at once, each is drawn shorter."""
    for longest in LEADS:
        stretches = _stretches(entries, leads, longest)
        if max(numbers_of(stretches), default=0) < CROWDED:
            break
    look, laid = lay(stretches)
    return look, list(zip(stretches, laid, strict=True))


def _stretches(
    entries: Sequence[WheelEntry], leads: Mapping[int, int], longest: int
) -> list[LaneStretch]:
    """Return when each entry is worked at; the words of what repeats rank behind all others."""
    met: set[int] = set()
    found = []
    for entry in entries:
        end = _turn(entry.last, after=True)
        days = max(SHORTEST, _length(entry, leads, longest))
        start = max(0.0, end - days / _days(entry.due.year))
        end = max(end, SHORTEST / _days(entry.due.year))
        rank = RANKS[entry.state] + (len(RANKS) if entry.duty in met else 0)
        words = entry.title
        if entry.register_title:  # what repeats all year says its name once, then its number
            words = str(entry.number) if entry.duty in met else entry.register_title
        met.add(entry.duty)
        found.append(LaneStretch(start, end, words, rank))
    return found


def _length(entry: WheelEntry, leads: Mapping[int, int], longest: int) -> int:
    """Return how many days an entry takes; a bundle goes from its first day due to its last."""
    if entry.is_bundle:
        return (entry.last - entry.due).days + 1
    return min(leads.get(entry.duty, 0), longest)


def _arc(entry: WheelEntry, look: LaneLook, stretch: LaneStretch, place: Laid) -> Arc:
    middle = look.middle(place.lane)
    return Arc(
        entry=entry,
        start=stretch.start,
        end=stretch.end,
        inner=middle - look.thickness / 2,
        outer=middle + look.thickness / 2,
        label=_label(place.words, middle, look.letters) if place.words else None,
    )


def _label(words: Words, middle: float, size: float) -> Label:
    below = is_below((words.start + words.end) / 2)
    # A little more path than the words need: letters past its end would not be drawn.
    slack = (words.end - words.start) * 0.1
    start = words.start - (slack if words.comes_before else 0)
    end = words.end + (0 if words.comes_before else slack)
    return Label(
        text=words.text,
        rail=rail(_foot(middle, size, below=below), start, end, backwards=below),
        anchor="end" if below != words.comes_before else "start",
        size=size,
        turns=(words.start, words.end),
    )


def _foot(middle: float, size: float, *, below: bool) -> float:
    """Return the radius that letters stand on, so that the line's middle is in the middle."""
    return middle + size * DROP if below else middle - size * DROP


def _month(year: int, number: int, today: date) -> MonthPiece:
    first = date(year, number, 1)
    start = _turn(first)
    end = 1.0 if number == DECEMBER else _turn(date(year, number + 1, 1))
    below = is_below((start + end) / 2)
    foot = _foot(sum(MONTHS) / 2, LETTERS_OF_MONTHS, below=below)
    return MonthPiece(
        first=first,
        path=band(*MONTHS, start, end),
        rail=rail(foot, start, end, backwards=below),
        is_now=(today.year, today.month) == (year, number),
    )


def _weeks(year: int) -> list[WeekPiece]:
    first = date(year, 1, 1)
    days = [first + timedelta(days=number) for number in range(_days(year))]
    pieces = []
    for (_year, number), group in groupby(days, key=lambda day: day.isocalendar()[:2]):
        own = list(group)
        start, end = _turn(own[0]), _turn(own[-1], after=True)
        x, y = point(sum(WEEKS) / 2, (start + end) / 2)
        y += LETTERS_OF_WEEKS * DROP
        pieces.append(WeekPiece(number, line(*WEEKS, start), len(own), x, y))
    return pieces


def _dot(gathering: Gathering) -> Dot:
    turn = (_turn(gathering.day) + _turn(gathering.day, after=True)) / 2
    x, y = point(MEETINGS, turn)
    return Dot(gathering, x, y, turn)


def _days(year: int) -> int:
    return 366 if isleap(year) else 365


def _turn(day: date, *, after: bool = False) -> float:
    """Return how much of the year is gone when the day begins, or `after` it."""
    return (day.timetuple().tm_yday - 1 + after) / _days(day.year)
