"""The import of people: names, e-mails, titles and departments. Nobody can sign in by it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.accounts.models import Person
from kommissorium.core.documents.excel import Column, Sheet
from kommissorium.core.richtext import one_line
from kommissorium.registers.actions.imported_rows import keeps_email, undo_people, write_person
from kommissorium.registers.importing.cells import Cell, folded, shown, words_of
from kommissorium.registers.importing.links import LINK, linked
from kommissorium.registers.importing.names import FIRST, NEW_ROW, TWICE, WORD, NameGroup
from kommissorium.registers.importing.people import (
    FIRST_NAME,
    LAST_NAME,
    TEXTS,
    email_of,
    people_targets,
    text_of,
    turned,
)
from kommissorium.registers.importing.plan import PlannedRow, same_stands_in
from kommissorium.registers.importing.rows import RowImport
from kommissorium.registers.importing.sources import SourceRow
from kommissorium.registers.importing.targets import Target
from kommissorium.registers.models import ImportRun

SAME_NAME: Final = f"{WORD}same_name"


@dataclass
class PlannedPerson(PlannedRow):
    """A row and the person it is about."""

    email: str = ""


class PeopleSheet(RowImport):
    """People from Excel or a .csv file: of the personnel system, the directory, or our own list.

    Each is found again by our link, by e-mail, or by a name that only one has.
    """

    kind, home, home_label = "people", "people", gettext_lazy("People")
    model, row_type = Person, PlannedPerson
    templates = (("people", gettext_lazy("People")),)
    lead = gettext_lazy(
        "People from Excel or a .csv file, as the personnel system or the directory gives them."
        " Nobody can sign in by it: invitations, roles and seats are given one by one."
    )
    empty = gettext_lazy(
        "Hand in a list of those who own something or are to be asked. You see what each row will"
        " do before anything is taken in."
    )
    columns_hint = gettext_lazy(
        "A person is found again by e-mail, else by a name that only one has. An empty cell changes"
        " nothing. First and last name can stand in two columns."
    )
    undo_hint = gettext_lazy(
        "The import can be undone until midnight. People used or changed since stay."
    )
    undone = gettext_lazy(
        "The import is undone. People used or changed since stay as they are now."
    )
    was_undone = gettext_lazy(
        "People who were added are gone, and people who were changed are as before, except "
        "those who had been used or changed since."
    )

    @classmethod
    def can_be_made_by(cls, person: Person) -> bool:
        return Person.can_be_kept_by(person)

    @classmethod
    def can_be_read_by(cls, person: Person) -> bool:
        return Person.can_be_listed_by(person)

    @classmethod
    def runs_of(cls, person: Person) -> QuerySet[ImportRun]:
        rows = ImportRun.objects.filter(kind=cls.kind).select_related("by")
        return rows if cls.can_be_read_by(person) else rows.none()

    @classmethod
    def example(cls, template: str) -> Sequence[Sheet]:
        shown_in = ("name", "email", "job_title", "department")
        columns = [
            Column(str(one.label), width=30) for one in people_targets() if one.code in shown_in
        ]
        row = (_("Example: write over this row"), "navn@kommune.example", _("Job title"), "")
        return [Sheet(str(dict(cls.templates)[template]), columns, [row])]

    def about(self) -> str:
        return str(self.home_label)

    def targets(self) -> Sequence[Target]:
        return people_targets()

    def lacking(self, mapping: Mapping[str, str]) -> str:
        if {"name", FIRST_NAME, LAST_NAME} & set(mapping.values()):
            return ""
        return _("Say in which column the names stand.")

    def own_words(self) -> Sequence[NameGroup]:
        first = [(FIRST, _("They are the same: the first row is taken in"))]
        each = [("each", _("They are different: each is taken in"))]
        same, twice = _("Is it somebody who is known?"), _("The same in several rows")
        return [
            NameGroup(SAME_NAME, same, choices=[("", "")], with_empty=False),
            NameGroup(TWICE, twice, choices=each + first, with_empty=False),
        ]

    @cached_property
    def everybody(self) -> Mapping[int, Person]:
        """Return all people, also those who have left."""
        people: Mapping[int, Person] = Person.objects.in_bulk()
        return people

    @cached_property
    def by_email(self) -> Mapping[str, int]:
        """Return the keys of people by e-mail."""
        return {one.email.lower(): one.pk for one in self.everybody.values() if one.email}

    @cached_property
    def by_name(self) -> Mapping[str, Sequence[int]]:
        """Return the keys of people by folded name."""
        found: dict[str, list[int]] = defaultdict(list)
        for one in self.everybody.values():
            found[folded(one.name)].append(one.pk)
        return found

    def things(self, keys: Sequence[int]) -> Mapping[int, Any]:
        people: Mapping[int, Any] = Person.objects.in_bulk(keys)
        return people

    def read(self, given: SourceRow) -> PlannedPerson:
        row = PlannedPerson(given.number, given.cells)
        self.note_unread(row, given)
        row.name = self._full_name(given.cells)
        if row.name:
            row.name = self.read_cell(row, "name", row.name, text_of) or ""
        if (cell := self.cell("email", given.cells)) is not None:
            row.email = self.read_cell(row, "email", cell, email_of) or ""
        link = words_of(self.cell(LINK, given.cells))
        if link and (pk := linked(Person, link)) in self.everybody:
            row.key = LINK, pk
        elif link:
            self.fault(row, LINK, _("The link leads to nobody here."))
        elif row.email:
            row.key = "email", row.email
        elif row.name:
            row.key = "name", folded(row.name)
        elif not row.faults:
            self.fault(row, "name", _("There is neither a name nor an e-mail."))
        return row

    def match(self, plan: Any) -> None:
        self._rows_by_name: dict[str, list[PlannedPerson]] = defaultdict(list)
        self._email_rows: dict[str, int] = {}
        for row in plan.rows:
            self._rows_by_name[folded(row.name)].append(row)
        super().match(plan)

    def values(self, row: Any) -> dict[str, Any]:
        if not row.name and row.is_new and not row.faults:
            self.fault(row, "name", _("The name is missing."))
        values: dict[str, Any] = {"name": row.name} if row.name else {}
        found = {code: self.cell_value(row, code) for code in TEXTS if code in self.columns}
        values |= {code: value for code, value in found.items() if value is not None}
        if row.email and self._takes_email(row):
            values["email"] = row.email
        if row.is_new and not row.email and not row.faults:
            row.notes.append(_("Without an e-mail: gets no mails, and cannot be invited yet."))
        return values

    def write_row(self, row: PlannedRow, by: Person) -> Person:
        return write_person(row, by)

    def undo(self, by: Person) -> None:
        self._undone = undo_people(self.run, by)

    def record(self, deed: str, *, by: Person, **facts: Any) -> None:
        if deed == "undone":
            facts["removed"], facts["restored"] = self._undone
        super().record(deed, by=by, **facts)

    def _full_name(self, cells: Sequence[Cell]) -> str:
        """Return the name of a row as people say it; "" for none."""
        name, first, last = (
            one_line(words_of(self.cell(code, cells))) for code in ("name", FIRST_NAME, LAST_NAME)
        )
        if first or (last and folded(last) not in folded(name)):
            whole = " ".join(filter(None, [first or name, last]))
            return name if name and first and last and len(name) > len(whole) else whole
        return turned(name) if name.count(",") == 1 else name

    def _find(self, row: PlannedRow, code: str, value: object, numbers: Sequence[int]) -> None:
        if not isinstance(row, PlannedPerson) or self._is_said_before(row, numbers):
            return
        if code == LINK:
            row.found = int(str(value))
        elif (known := self.by_email.get(row.email)) is not None:
            row.found = known
        elif row.name:
            self._find_by_name(row)

    def _is_said_before(self, row: PlannedPerson, numbers: Sequence[int]) -> bool:
        """Leave out a row that says again what another says, or say that it does."""
        told = list(numbers)
        if not row.email and row.key and row.key[0] == "name":
            told = [one.number for one in self._rows_by_name[folded(row.name)]]
        if len(told) < 2:  # noqa: PLR2004
            return False
        by_mail = row.key is not None and row.key[0] != "name"
        group = self.names.groups[TWICE]
        options = [pair for pair in group.choices if pair[0] == FIRST or not by_mail]
        text = row.email if by_mail and row.email else row.name
        chosen = self.names.asked(TWICE, text, partial(_plain, options))
        other = next(number for number in told if number != row.number)
        if chosen is None:
            label = "email" if by_mail else "name"
            self.fault(row, label, same_stands_in(other))
            return True
        if chosen == FIRST and row.number != min(told):
            row.left_out = True
            row.notes.append(same_stands_in(min(told)))
        return row.left_out

    def _find_by_name(self, row: PlannedPerson) -> None:
        """Find who is called so; where it may be somebody else, somebody has to say it."""
        found = self.by_name.get(folded(row.name), ())
        one = self.everybody[found[0]] if len(found) == 1 else None
        sure = one and one.is_active and not (row.email and one.email)
        if sure or not found:
            row.found = found[0] if found else None
            return
        text = ", ".join(filter(None, [row.name, row.email]))
        chosen = self.names.asked(SAME_NAME, text, lambda: self._may_be(found))
        if chosen == NEW_ROW:
            return
        if chosen is not None and chosen.isdigit() and int(chosen) in found:
            row.found = int(chosen)
            return
        sentence = _("Somebody is called “%(name)s” already. Choose whether it is the same person.")
        self.fault(row, "name", sentence % {"name": shown(row.name)})

    def _may_be(self, found: Sequence[int]) -> Sequence[tuple[str, str]]:
        known = [self.everybody[pk] for pk in found]
        said = [
            (str(one.pk), ", ".join(filter(None, [one.name, one.job_title, one.email or ""])))
            for one in known
        ]
        return [*said, (NEW_ROW, _("Somebody else: add a new person"))]

    def _takes_email(self, row: PlannedPerson) -> bool:
        """Return whether the e-mail of a row is taken; else the row says why not."""
        person = row.thing
        first = self._email_rows.setdefault(row.email, row.number)
        owner = self.by_email.get(row.email)
        if first != row.number and row.faults:
            return False  # said already of rows that are told apart by it
        if first != row.number:
            self.fault(row, "email", same_stands_in(first))
        elif owner is not None and (person is None or owner != person.pk):
            self.fault(row, "email", _("Another person already has this e-mail."))
        elif person is None or owner is not None:
            return True
        elif keeps_email(person):
            row.notes.append(
                _(
                    "The e-mail stays %(email)s: %(name)s signs in, is invited or has a role or"
                    " seat. Change it on the card, where it is asked about."
                )
                % {"email": person.email or _("empty"), "name": person.name}
            )
        else:
            return True
        return False


def _plain(options: Sequence[tuple[str, object]]) -> Sequence[tuple[str, str]]:
    return [(code, str(label)) for code, label in options]
