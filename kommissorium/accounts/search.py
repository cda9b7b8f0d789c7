"""A kind of thing that search finds: where its words stand, and who may see it. So are people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, ClassVar

from django.db.models import Model, Q, QuerySet
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.actions.readings import note_reading
from kommissorium.accounts.models import Person, Reading
from kommissorium.core.evidence.models import reference
from kommissorium.core.richtext import RichTextRefused, plain_text
from kommissorium.core.search import Said, Text

LANGUAGES = ("da", "en")
LONGEST = 100_000  # characters that are kept of one thing


class Searched[M: Model]:
    """A kind of thing, declared: its texts are fields of its row and of rows that belong to it.

    Whoever may see a thing may read all that is kept of it: what is closed apart is a kind of its
    own, whose rows only those see who read what is closed.
    """

    model: type[M]
    label: ClassVar[str | Promise]  # of many of them
    fields: ClassVar[tuple[str, ...]] = ()  # its fields of plain text
    rich: ClassVar[tuple[str, ...]] = ()  # its fields of formatted text
    parts: ClassVar[dict[str, tuple[str, ...]]] = {}  # rows that belong to it, and their fields
    named: ClassVar[tuple[str, ...]] = ()  # rows that it names: people, or what it stands under
    dated: ClassVar[str] = ""  # the field of the day it is shown with
    related: ClassVar[tuple[str, ...]] = ()  # fetched along for its title and address
    shows_text: ClassVar[bool] = True  # whether a few of its words are shown beside the title
    titles_are_open: ClassVar[bool] = False  # whether its title is none of the words that are noted

    @property
    def kind(self) -> str:
        """Return the name under which its words are kept, as the chain names it."""
        return str(self.model._meta.label_lower)  # noqa: SLF001 Django's documented model API

    def visible_to(self, person: Person) -> QuerySet[M]:
        """Return those whose pages `person` may open and whose texts they may read."""
        found: QuerySet[M] = self.model._default_manager.visible_to(person)  # type: ignore[attr-defined]  # noqa: SLF001
        return found

    def shown(self, rows: QuerySet[M]) -> QuerySet[M]:
        """Return rows with what their titles and addresses need."""
        return rows.select_related(*self.related) if self.related else rows

    def rows(self) -> QuerySet[M]:
        """Return all of them with what their texts need."""
        along, all_of_them = (*self.related, *self.named), self.model._default_manager.all()  # noqa: SLF001
        found: QuerySet[M] = all_of_them.select_related(*along) if along else all_of_them
        return found.prefetch_related(*self.parts)

    def title(self, row: M) -> str:
        return str(row)

    def number(self, row: M) -> str:
        """Return its number as people write it, where the title does not say it."""
        return ""

    def day(self, row: M) -> date | None:
        found = getattr(row, self.dated) if self.dated else None
        return timezone.localdate(found) if isinstance(found, datetime) else found

    def url(self, row: M, place: str = "") -> str:
        """Return its page, and on it the place of a passage."""
        address: str = row.get_absolute_url()  # type: ignore[attr-defined]
        return address

    def history(self, row: M) -> Q | None:
        """Return the condition on its events; None where its page leads to a history of its own."""
        return None

    def past_of(self, person: Person) -> QuerySet[M]:
        """Return the rows whose past `person` may see."""
        return self.visible_to(person)

    def whole_to(self, person: Person) -> QuerySet[M]:
        """Return the rows of which `person` reads all that they hold."""
        return self.past_of(person)

    def opens_past(self, row: M, person: Person) -> bool:
        """Return whether `person` may see the past of a row of `past_of`; log it where few may."""
        if noted := self.noted(row):
            note_reading(noted, by=person, what=Reading.What.PAGE)
        return True

    def noted(self, row: M) -> Model | None:
        """Return what the log of readings names where a search shows words of it; None for nothing."""
        return None

    def texts(self, row: M) -> Iterable[Text]:
        """Return what it says, in plain words."""
        said = [str(getattr(row, name) or "") for name in self.fields]
        said += [_plain(getattr(row, name)) for name in self.rich]
        said += [str(getattr(row, name) or "") for name in self.named]
        for name, fields in self.parts.items():
            for one in getattr(row, name).all():
                said += [str(getattr(one, field) or "") for field in fields]
        return [Text("\n".join(filter(None, said))[:LONGEST])]

    def sources(self) -> dict[type[Model], str]:
        """Return the models whose rows change what is kept of it, and the way to it from each."""
        meta: Any = self.model._meta  # noqa: SLF001 Django's documented model API
        names = (*self.named, *self.parts)
        return {meta.get_field(name).related_model: name for name in names}

    def said(self, rows: Sequence[M]) -> list[Said]:
        """Return the texts of things, with number and title in every language they are read in."""
        titles: dict[int, dict[str, None]] = {row.pk: {} for row in rows}
        for language in LANGUAGES:
            with translation.override(language):
                for row in rows:
                    titles[row.pk][f"{self.number(row)} {self.title(row)}".strip()] = None
        return [Said(row.pk, " ".join(titles[row.pk]), self.texts(row)) for row in rows]


def told_of(row: Model) -> Q:
    """Return the condition on events that are about a row itself, and no other."""
    kind, key = reference(row)
    return Q(object_kind=kind, object_id=key)


def told_along(row: Model, owner: Model) -> Q:
    """Return the condition on events of what a row belongs to that name it by its key."""
    told = f'"item":{row.pk}'
    named = Q(facts__contains=f"{told},") | Q(facts__contains=f"{told}}}")
    return told_of(owner) & named


def searched[M: Model](model: type[M], label: str | Promise, **said: Any) -> Searched[M]:
    """Return a kind of thing that states no more than what `said` declares."""
    answers = {"model": model, "label": label, **said}
    found: Searched[M] = type(f"Searched{model.__name__}", (Searched,), answers)()
    return found


def _plain(html: str | None) -> str:
    try:
        return plain_text(html or "")
    except RichTextRefused:  # longer than texts may be now
        return ""


class SearchedPeople(Searched[Person]):
    """People, for whoever may open their cards."""

    model, label = Person, _("People")
    fields = ("job_title", "department", "email")


SEARCHED = (SearchedPeople(),)
