"""What search answers: what it found, what one looks for to do, and what the guide says of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.accounts.models import Person
from kommissorium.committees.models import Committee
from kommissorium.core.search import Asked, Found, near_marked, near_weigher, snippet, weigher
from kommissorium.core.search.words import kept_by
from kommissorium.registers.importing.people_sheet import PeopleSheet
from kommissorium.registers.importing.sheet import SheetImport
from kommissorium.registers.installed import registers
from kommissorium.registers.menu import Deed
from kommissorium.secretariat.guide import FRONT, GuidePage, Part, guide
from kommissorium.secretariat.searching import Line, SeenBy, search, search_near

MOST_DEEDS: Final = 3
MOST_PASSAGES: Final = 3
MOST_NAMED: Final = 3

type Weigh = Callable[[str, str, str], int]


def everybody(_person: Person) -> bool:
    return True


def prepares_any(person: Person) -> bool:
    """Return whether the person plans the meetings of a committee."""
    found: bool = Committee.objects.prepared_by(person).exists()
    return found


# Of the rooms that are no registers; those declare theirs.
DEEDS: Final = (
    (
        gettext_lazy("Meetings"),
        Deed(
            gettext_lazy("Plan a meeting"),
            gettext_lazy("new add create call date calendar"),
            "meetings",
            prepares_any,
        ),
    ),
    (
        gettext_lazy("Tasks"),
        Deed(
            gettext_lazy("New task"),
            gettext_lazy("add create give follow up"),
            "task_add",
            everybody,
        ),
    ),
    (
        gettext_lazy("Year wheel"),
        Deed(
            gettext_lazy("Add a duty of your own"),
            gettext_lazy("new create recurring plan"),
            "yearwheel",
            prepares_any,
        ),
    ),
    (
        gettext_lazy("Committees and mandates"),
        Deed(
            gettext_lazy("Set up another committee"),
            gettext_lazy("new add create mandate"),
            "committee_add",
            Committee.can_be_founded_by,
        ),
    ),
    (
        gettext_lazy("People"),
        Deed(
            gettext_lazy("Add a person"),
            gettext_lazy("new create user employee invite login"),
            "person_add",
            Person.can_be_kept_by,
        ),
    ),
    (
        gettext_lazy("Evidence"),
        Deed(
            gettext_lazy("Check the chain"),
            gettext_lazy("verify export proof anchor auditor"),
            "evidence",
            Person.can_see_evidence,
        ),
    ),
    (
        gettext_lazy("My account"),
        Deed(
            gettext_lazy("Change your password, or add a second step"),
            gettext_lazy("code passkey app two-factor login"),
            "account",
            everybody,
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a question is answered by; `asked` is what is marked in it."""

    found: list[Found]
    is_cut: bool  # there is more, which is older
    deeds: list[Line]
    passages: list[Line]
    asked: str | Asked

    @property
    def is_near(self) -> bool:
        """Return whether nothing is written as it was asked for."""
        return isinstance(self.asked, Asked)

    def instead(self, lines: Iterable[Line]) -> list[str]:
        """Return the words that are shown for those asked for: as these lines say them, no others."""
        if not isinstance(self.asked, Asked):
            return []
        pieces = (piece for line in lines for piece in (*line.title, *line.pieces))
        marked = Counter(words.lower() for is_hit, words in pieces if is_hit)
        whole = self.asked.whole
        near = [word for word, _many in marked.most_common() if whole.intersection(kept_by(word))]
        return near[:MOST_NAMED]


def answer(question: str, person: Person, seen: SeenBy) -> Answer:
    """Return what is called so; where nothing is, what is a letter from it."""
    found, is_cut = search(question, seen)
    deeds, passages = deeds_found(question, person), passages_found(question)
    if found or deeds or passages:
        return Answer(found, is_cut, deeds, passages, question)
    found, asked = search_near(question, seen)
    deeds = deeds_found(question, person, is_near=True)
    passages = passages_found(question, is_near=True)
    marked = asked if found else near_marked(question)
    is_any = bool(found or deeds or passages)
    return Answer(found, False, deeds, passages, marked if is_any else question)


def _weighing(question: str, *, is_near: bool) -> tuple[Weigh, str | Asked]:
    """Return what weighs a text by a question, and what is marked in it."""
    if is_near:
        return near_weigher(question), near_marked(question)
    return weigher(question), question


def deeds_found(question: str, person: Person, *, is_near: bool = False) -> list[Line]:
    """Return what the person may do that is called so, the best first."""
    weigh, asked = _weighing(question, is_near=is_near)
    weights = (
        (weigh(str(deed.label), place, str(deed.words)), place, deed) for place, deed in _all()
    )
    found = sorted((one for one in weights if one[0]), key=lambda one: -one[0])
    lines = (
        Line(place, snippet(str(deed.label), asked), deed.url, None, "", [], None)
        for _weight, place, deed in found
        if deed.may(person)
    )
    return list(islice(lines, MOST_DEEDS))


def _all() -> Iterator[tuple[str, Deed]]:
    """Yield what is done, each with the name of the room where it is."""
    yield from ((str(place), deed) for place, deed in DEEDS)
    for register in registers():
        yield from ((str(register.label), deed) for deed in register.deeds)
        yield from (_taken_in(str(register.label), one) for one in register.imports)
    yield _taken_in(_("People"), PeopleSheet)


def _taken_in(place: str, sheet: type[SheetImport]) -> tuple[str, Deed]:
    label = _("Take in a list, or undo it: %(place)s") % {"place": place}
    words = _("import upload Excel CSV spreadsheet file undo regret")
    return place, Deed(label, words, "imports", sheet.can_be_made_by, (sheet.kind,))


def passages_found(question: str, *, is_near: bool = False) -> list[Line]:
    """Return where the guide says the words, the best first, each page once."""
    weigh, asked = _weighing(question, is_near=is_near)
    found = [
        (weight, page, part)
        for page in guide().values()
        if page.name != FRONT  # it names them all
        for part in page.parts
        if (weight := weigh(page.title, part.title, part.words))
    ]
    found.sort(key=lambda one: -one[0])
    best: dict[str, tuple[GuidePage, Part]] = {}
    for _weight, page, part in found:
        best.setdefault(page.name, (page, part))
    return [
        Line(
            _("Guide"),
            snippet(page.title, asked),
            f"{page.get_absolute_url()}{f'#{part.key}' if part.key else ''}",
            *(None, part.title, snippet(part.words, asked), None),
        )
        for page, part in list(best.values())[:MOST_PASSAGES]
    ]
