"""Parts of the quarterly status from registers, and the past day that a page is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Final, Literal

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Max, Min, Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.committees.models import Mandate
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.localised import kroner, number
from kommissorium.measures.past import TOLD_FOR, PastEvent
from kommissorium.registers.models import DailyFigures
from kommissorium.registers.past import past_events

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


CONCLUSION: Final = "conclusion"  # the code of the part that speaks of all others

type Wanted = Literal["", "less", "more"]  # where less is better, where more is
type Unit = Literal["", "kr", "%"]


@dataclass(frozen=True, slots=True)
class StatusFigure:
    """A figure as it was known when the quarter ended, and when the one before it did.

    None is a figure that nothing tells of. `corrected` is what is known today of that day, where
    that is another. `link` is the page on which it can be looked up. `sums` says of what happened
    in the quarter that a year has as much as its quarters together.
    """

    code: str
    label: str
    value: int | None
    before: int | None = None
    link: str = ""
    wanted: Wanted = ""
    unit: Unit = ""
    corrected: int | None = None
    sums: bool = False

    @property
    def change(self) -> int | None:
        """Return how much more it is than a quarter before; None where that is not known."""
        if self.value is None or self.before is None:
            return None
        return self.value - self.before

    @property
    def course(self) -> str:
        """Return "better" or "worse" than a quarter before, "same", or "" for neither."""
        if self.change is None:
            return ""
        if not self.change:
            return "same"
        if not self.wanted:
            return ""
        return "better" if (self.change > 0) == (self.wanted == "more") else "worse"

    def in_words(self, value: int | None) -> str:
        """Return a value of it with its unit; a dash for None."""
        if value is None:
            return "–"
        if self.unit == "kr":
            return kroner(value)
        return f"{number(value)}\u00a0{self.unit}".strip()

    @property
    def shown(self) -> str:
        return self.in_words(self.value)

    @property
    def shown_before(self) -> str:
        return self.in_words(self.before)

    @property
    def correction(self) -> str:
        """Return that it was corrected later, as a sentence; "" where it was not."""
        if self.corrected is None or self.corrected == self.value:
            return ""
        text = _("As known when the quarter ended %(then)s, corrected later to %(now)s.")
        return text % {"then": self.in_words(self.value), "now": self.in_words(self.corrected)}

    @property
    def change_in_words(self) -> str:
        """Return how it has changed since the quarter before; "" where that is not known."""
        if self.change is None:
            return ""
        if not self.change:
            return _("unchanged")
        text = _("risen by %(number)s") if self.change > 0 else _("fallen by %(number)s")
        return text % {"number": self.step}

    @property
    def step(self) -> str:
        """Return by how much it has changed; a share changes by percentage points."""
        by = abs(self.change or 0)
        if self.unit != "%":
            return self.in_words(by)
        words = ngettext("%(number)s percentage point", "%(number)s percentage points", by)
        return words % {"number": number(by)}


@dataclass(frozen=True, slots=True)
class StatusPart:
    """A part of a status: figures, one sentence of them, and a table where rows are needed.

    A part of the same `code` that is written by hand gives way to it. `pictures` are plain data of
    what is drawn of it, by what it is: "matrices", "tiles".
    """

    code: str
    heading: str
    figures: Sequence[StatusFigure] = ()
    sentence: str = ""
    columns: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()
    pictures: Mapping[str, Sequence[Mapping[str, Any]]] = field(default_factory=dict)

    @property
    def data(self) -> dict[str, Any]:
        """Return its figures and its table as plain data; `part_of` makes it again."""
        figures = [asdict(one) for one in self.figures]
        pictures = {"pictures": dict(self.pictures)} if self.pictures else {}
        return {
            "figures": figures,
            "columns": list(self.columns),
            "rows": [list(row) for row in self.rows],
            **pictures,
        }


@dataclass(frozen=True, slots=True)
class ComposedPart(StatusPart):
    """A part with what no register says of its own.

    `sentences` are those of a conclusion, each with the code of the part it speaks of; "" speaks
    of all. `figures_of` says so of its figures. `closes` and `closed_ground` are what is closed
    from the beginning.
    """

    sentences: Sequence[tuple[str, str]] = ()
    figures_of: Mapping[str, str] = field(default_factory=dict)
    closes: str = ""
    closed_ground: str = ""


def figures_of(data: Mapping[str, Any]) -> list[StatusFigure]:
    """Return the figures of a part from its plain data."""
    return [StatusFigure(**one) for one in data.get("figures", ())]


def is_compared(figures: Iterable[StatusFigure]) -> bool:
    """Return whether the value before is known of any; else a table has no columns for it."""
    return any(one.before is not None for one in figures)


def noughts_told(figures: Sequence[StatusFigure]) -> str:
    """Return the sentence that stands for a table all of whose numbers are 0; "" for others."""
    numbers = [(one.value, one.before, one.corrected) for one in figures]
    if not figures or any(any(row) for row in numbers) or all(row[0] is None for row in numbers):
        return ""
    labels = ", ".join(one.label for one in figures)
    return _("These are all 0: %(labels)s.") % {"labels": labels}


def told(none: str | Promise, some: StrPromise, value: int | None) -> str:
    """Return the sentence for none, or for some; that nothing tells of it for None.

    `some` has a form for one and one for several, by "value", and says it as %(number)s.
    """
    if value is None:
        return _("No figures were kept when the quarter ended.")
    if not value:
        return str(none)
    return str(some % {"value": value, "number": number(value)})


def compared(figure: StatusFigure) -> str:
    """Return what has become of a figure since the quarter before, as a sentence; "" for unknown."""
    change = figure.change
    if change is None:
        return ""
    if not change:
        return _("That is as a quarter before.")
    if change > 0:
        text = _("That is a rise of %(number)s since the quarter before.")
    elif figure.unit:
        text = _("That is %(number)s less than a quarter before.")
    else:
        text = _("That is %(number)s fewer than a quarter before.")
    return text % {"number": figure.step}


def in_sentences(*sentences: str) -> str:
    """Return sentences as one text, without those that are empty."""
    return " ".join(filter(None, sentences))


def in_use_since() -> date:
    """Return the day on which the first mandate was approved here; today where none is (one query).

    Nothing is compared with a day before it: what is known of that was typed afterwards.
    """
    approved = Mandate.objects.aggregate(at=Min("approved_at"))["at"]
    return timezone.localdate(approved) if approved else timezone.localdate()


FIRST: Final = date(1900, 1, 1)


def day_asked(request: HttpRequest) -> date | None:
    """Return the past day that ?on= asks for; None for today, and where nothing is asked.

    Raises Refused for what is no day, for a day to come, and for one of long ago: a year of which
    only the first figures were typed.
    """
    try:
        wish = forms.DateField(required=False).clean(request.GET.get("on", "").strip("\0"))
    except ValidationError:
        raise Refused(_("Write the day as a date.")) from None
    today = timezone.localdate()
    day: date = wish or today
    if day > today:
        raise Refused(_("The day has not come yet. Choose today or an earlier day."))
    if day < FIRST:
        raise Refused(_("Write the year with four digits, after 1900."))
    return day if day < today else None


def figures_known(code: str, day: date) -> PastEvent | None:
    """Return the event of a register's newest figures known when the day ended (two queries).

    It is what the answer on that day is found by.
    """
    rows = DailyFigures.objects.filter(register=code, day__lte=day).order_by("-day")
    newest = rows.values_list("event", flat=True).first()
    return past_events(Q(pk=newest))[0] if newest else None


def figures_telling_of(day: date) -> list[int]:
    """Return the keys of the events whose figures tell of the day, of every register (two queries).

    The newest until the day and until the one before, however old, and all that are recent.
    """
    kept = DailyFigures.objects.filter(day__lte=day).order_by()
    newest = kept.values("register").annotate(
        last=Max("day"), before=Max("day", filter=Q(day__lt=day))
    )
    first = day - TOLD_FOR if day - date.min > TOLD_FOR else date.min
    wanted = Q(day__gte=first)
    for row in newest:
        wanted |= Q(register=row["register"], day__in=[row["last"], row["before"]])
    return list(kept.filter(wanted).values_list("event", flat=True))


def day_of(figures: PastEvent) -> date:
    """Return the day whose evening the figures were kept on."""
    return date.fromisoformat(figures.facts["day"])


def figures_telling(code: str, day: date) -> PastEvent | None:
    """Return the event of the figures that tell of a day: its own, or of at most two days before."""
    found = figures_known(code, day)
    return found if found and day - day_of(found) <= TOLD_FOR else None
