"""Filters of a list: each is declared once, and nonsense narrows nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Any, ClassVar, Final

from django.db.models import Manager, Model, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person

LONGEST: Final = 200
KEY_DIGITS: Final = 9  # a longer number is no key
type Text = str | Promise
type Choices = Iterable[tuple[str, Text]]
# A condition that is the same every day, or what asks for it: what a list is asked for with is
# its ListPage.
type Fixed = Q | Callable[[Any], Q]
type Condition = Callable[[Any, Any], Q]


class Filter:
    """A wish in the address of a list, and the rows that fit it.

    A modifier narrows nothing by itself: it says how others are meant.
    """

    control: ClassVar[str]  # how it is drawn: select, text, tick or hidden

    def __init__(
        self,
        code: str,
        label: Text = "",
        condition: Condition | None = None,
        *,
        is_folded: bool = True,
        is_modifier: bool = False,
    ) -> None:
        self.code, self.label, self._condition = code, label, condition
        self.is_folded, self.is_modifier = is_folded, is_modifier

    def clean(self, wish: str, page: Any) -> Any:
        """Return what is wished for; "" for nothing and for nonsense."""
        return "" if len(wish) > LONGEST or "\0" in wish else wish

    def condition(self, value: Any, page: Any) -> Q:
        """Return the condition on a row that fits: that its field of this name is so."""
        return self._condition(value, page) if self._condition else Q(**{self.code: value})

    def choices(self, page: Any) -> list[tuple[str, Text]]:
        """Return what can be chosen."""
        return []

    def shown(self, value: Any, page: Any) -> str:
        """Return what stands in its control."""
        return str(value)

    def told(self, text: str) -> str:
        """Return the wish in words; `text` is what stands in its control, or the choice."""
        return f"{self.label}: {text}"


class Words(Filter):
    """Words that must all stand in a row; `search` gives the condition of one word."""

    control = "search"

    def __init__(self, search: Callable[[str], Q]) -> None:
        super().__init__("q", _("Words"), is_folded=False)
        self._search = search

    def condition(self, value: str, page: Any) -> Q:
        found = Q()
        for word in value.split():
            found &= self._search(word)
        return found


class Choice(Filter):
    """One of several. `unset` is how the address says that nobody has said."""

    control = "select"

    def __init__(
        self,
        code: str,
        label: Text,
        choices: Choices | Callable[[Any], Choices],
        condition: Condition | None = None,
        *,
        unset: str = "",
        everything: Text = "",
        **more: Any,
    ) -> None:
        super().__init__(code, label, condition, **more)
        self._choices, self._unset, self._everything = choices, unset, everything or _("All")

    def choices(self, page: Any) -> list[tuple[str, Text]]:
        found = self._choices(page) if callable(self._choices) else self._choices
        filled = [(value, word) for value, word in found if value]
        nothing = [(self._unset, word) for value, word in found if not value and self._unset]
        return [("", self._everything), *filled, *nothing]

    def clean(self, wish: str, page: Any) -> str:
        is_offered = wish and any(wish == value for value, _word in self.choices(page))
        return wish if is_offered else ""

    def condition(self, value: str, page: Any) -> Q:
        is_unset = value == self._unset and not self._condition
        return super().condition("" if is_unset else value, page)


class Flag(Filter):
    """Only those of which a condition holds."""

    control = "tick"

    def __init__(self, code: str, label: Text, holds: Fixed, **more: Any) -> None:
        super().__init__(code, label, **more)
        self._holds = holds

    def clean(self, wish: str, page: Any) -> str:
        return "" if wish.lower() in ("", "false") else "1"

    def condition(self, value: str, page: Any) -> Q:
        return self._holds(page) if callable(self._holds) else self._holds

    def told(self, text: str) -> str:
        return str(self.label)


class Named(Filter):
    """Words of the name of another row, or its key as other pages link to it.

    `found_by` gives the rows of words and `through` the condition that one of some rows is
    meant. `known` are those whose names the reader may learn by a key.
    """

    control = "text"

    def __init__(
        self,
        code: str,
        label: Text,
        model: type[Model],
        *,
        found_by: Callable[[str], QuerySet[Any]],
        known: Callable[[Any], QuerySet[Any]],
        through: Callable[[QuerySet[Any]], Q] | None = None,
        **more: Any,
    ) -> None:
        super().__init__(code, label, **more)
        self._rows: Manager[Any] = model._default_manager  # noqa: SLF001
        self._found_by, self._known = found_by, known
        self._through = through or (lambda rows: Q(**{f"{code}__in": rows}))

    def condition(self, value: str, page: Any) -> Q:
        rows = self._rows.filter(pk=int(value)) if is_key(value) else self._found_by(value)
        return self._through(rows.order_by().values("pk"))

    def shown(self, value: str, page: Any) -> str:
        """Return the words, or what the row of a key is called."""
        if not is_key(value):
            return value
        names = self._known(page).filter(pk=int(value)).order_by().values_list("name", flat=True)
        return str(names.first() or value)


class PersonFilter(Named):
    """Words of a person's name, title or department, or the key of one."""

    def __init__(self, code: str, label: Text, **more: Any) -> None:
        super().__init__(code, label, Person, found_by=Person.objects.found_by, **more)


class Hidden(Filter):
    """Filter that came with a link and stays while narrowing; `read` may raise ValueError."""

    control = "hidden"

    def __init__(
        self,
        code: str,
        read: Callable[[str], Any],
        condition: Condition | None = None,
        **more: Any,
    ) -> None:
        super().__init__(code, "", condition, **more)
        self._read = read

    def clean(self, wish: str, page: Any) -> Any:
        try:
            return self._read(wish) if wish else ""
        except ValueError:
            return ""


def is_key(wish: str) -> bool:
    """Return whether a wish is the key of a row, and not words."""
    return wish.isascii() and wish.isdigit() and len(wish) <= KEY_DIGITS


def key(wish: str) -> int:
    """Return the key that is wished for. Raises ValueError for anything else."""
    if not is_key(wish):
        raise ValueError(wish)
    return int(wish)


def one_of(*values: str) -> Callable[[str], str]:
    """Return what takes these values alone."""
    return lambda wish: values[values.index(wish)]


def mentions(word: str, *fields: str) -> Q:
    """Return the condition that a word stands in one of the fields; letter case does not count.

    SQLite folds the case of a to z alone.
    """
    found = Q()
    for spelling in sorted({word, word.lower(), word.upper(), word.capitalize()}):
        for field in fields:
            found |= Q(**{f"{field}__icontains": spelling})
    return found


def mentioning(rows: QuerySet[Any], *fields: str) -> Callable[[str], QuerySet[Any]]:
    """Return what gives the rows in whose fields every word stands."""

    def found_by(words: str) -> QuerySet[Any]:
        found = rows.all()
        for word in words.split():
            found = found.filter(mentions(word, *fields))
        return found

    return found_by


class Wish:
    """A filter with what the address wishes of it, as the page draws it."""

    def __init__(self, kind: Filter, value: Any, page: Any) -> None:
        self.filter, self.value, self._page = kind, value, page
        self.code, self.label = kind.code, kind.label

    @cached_property
    def text(self) -> str:
        return self.filter.shown(self.value, self._page) if self.value else ""

    @cached_property
    def choices(self) -> Sequence[tuple[str, Text]]:
        return self.filter.choices(self._page)

    @property
    def told(self) -> str:
        return self.filter.told(str(dict(self.choices).get(self.value) or self.text))
