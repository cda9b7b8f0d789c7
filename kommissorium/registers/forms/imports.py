"""Forms to say what the columns of a sheet are, and who is meant by its names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.accounts.models import Person
from kommissorium.core.evidence.canonical import sha256
from kommissorium.core.ui.forms import PlainForm
from kommissorium.registers.importing.names import LEAVE_EMPTY, NEW_ROW, PERSON, NameGroup
from kommissorium.registers.importing.plan import Plan, Unknown
from kommissorium.registers.importing.sheet import SheetImport
from kommissorium.registers.importing.sources import Source
from kommissorium.registers.importing.spellings import SAME, followed

type Pair = tuple[forms.BoundField, forms.BoundField | None]

MOST_SAMPLES, MOST_SHOWN = 3, 60  # cells of a column, and characters of each
MOST_NAMES = 100  # on one page
MOST_PROPOSED = 1000
COLUMN = "column_"  # begins the name of the field of a column, before its number
OTHER = "_other"  # ends the name of the field for one that is not among the choices
ADD_PEOPLE = "add_people"  # the name of the button that adds all who are surely new
EMPTY = "empty"  # the value of the choice to leave it as it is: "" is no choice yet


class ColumnsForm(PlainForm):
    """Form to say what each column is, and which of them tells the rows apart."""

    edit_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, sheet: SheetImport, source: Source, **kwargs: Any) -> None:
        run = sheet.run
        kwargs["initial"] = {"edit_version": run.edit_version, "key": run.key}
        super().__init__(*args, **kwargs)
        targets = [(target.code, target.label) for target in sheet.targets()]
        self.columns = []
        for number, heading in enumerate(run.headings):
            name = f"{COLUMN}{number}"
            self.fields[name] = forms.ChoiceField(
                label=heading,
                choices=[("", _("Leave out")), *targets],
                initial=run.mapping.get(str(number), ""),
                required=False,
                widget=forms.Select({"class": "form-select"}),
            )
            self.columns.append((heading, self[name], _samples(source, number)))
        if sheet.keys:
            self.fields["key"] = _key_field(sheet)

    def mapping(self) -> dict[str, str]:
        """Return the targets by the number of the column, as text."""
        return {
            name.removeprefix(COLUMN): value
            for name, value in self.cleaned_data.items()
            if value and name.startswith(COLUMN)
        }


@dataclass(frozen=True)
class NameKind:
    """The fields of a kind of names on a page, and how many names of it are in the file."""

    code: str
    label: str
    waiting: list[Pair]
    chosen: list[Pair]
    open_names: int
    settled: int

    @property
    def told(self) -> str:
        """Return how many need a choice, and how many have one."""
        waiting = ngettext("%(count)d needs a choice", "%(count)d need a choice", self.open_names)
        settled = ngettext("%(count)d is chosen", "%(count)d are chosen", self.settled)
        told = [(waiting, self.open_names), (settled, self.settled)]
        return ", ".join(text % {"count": count} for text, count in told if count)

    @property
    def is_shown(self) -> bool:
        """Return whether it stands open: where a choice is needed, or one is refused."""
        pairs = (field for pair in self.chosen for field in pair if field is not None)
        return bool(self.waiting) or any(field.errors for field in pairs)


class NamesForm(PlainForm):
    """Form to resolve each name that matches nobody, or several, and each unknown word.

    What is not chosen can wait.
    """

    edit_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, sheet: SheetImport, plan: Plan, by: Person, **kwargs: Any
    ) -> None:
        kwargs["initial"] = {"edit_version": sheet.run.edit_version}
        super().__init__(*args, **kwargs)
        self._names, may_add = sheet.names, Person.can_be_kept_by(by)
        self._names.note_spellings()
        people = plan.unknown.get(PERSON, {}).values() if may_add else ()
        self.surely_new = [one for one in people if one.is_surely_new and one.choice is None]
        asked = [
            (group, one)
            for group in sheet.asked
            for one in _side_by_side(plan.unknown[group.code].values())
        ]
        self._counts = Counter((group.code, one.choice is None) for group, one in asked)
        asked.sort(key=lambda pair: pair[1].choice is not None)
        self._asked = {_code(group, one): (group, one) for group, one in asked[:MOST_NAMES]}
        self.more = len(asked) - len(self._asked)
        for code, (group, one) in self._asked.items():
            self.fields[code] = _name_field(group, one, may_add=may_add)
            if group.read or not group.choices:
                self.fields[f"{code}{OTHER}"] = _other_field(group, one)

    @property
    def kinds(self) -> list[NameKind]:
        """Return the fields, each with that for what is not among its choices, by their kinds.

        Those with names that need a choice come first.
        """
        pairs: dict[tuple[str, bool], list[Pair]] = {}
        for code, (group, one) in self._asked.items():
            other = f"{code}{OTHER}"
            pair = self[code], self[other] if other in self.fields else None
            pairs.setdefault((group.code, one.choice is None), []).append(pair)
        kinds = [
            NameKind(
                code=code,
                label=str(group.label),
                waiting=pairs.get((code, True), []),
                chosen=pairs.get((code, False), []),
                open_names=self._counts[code, True],
                settled=self._counts[code, False],
            )
            for code, group in self._names.groups.items()
        ]
        shown = [kind for kind in kinds if kind.waiting or kind.chosen]
        return sorted(shown, key=lambda kind: not kind.waiting)

    @property
    def waiting(self) -> list[NameKind]:
        """Return the kinds of which names on the page need a choice."""
        return [kind for kind in self.kinds if kind.waiting]

    @property
    def people(self) -> list[str]:
        """Return what the browser proposes for somebody else: an e-mail where there is one."""
        if PERSON not in self._names.groups:
            return []
        known = self._names.people.by_key.values()
        return [person.email or person.name for person in known][:MOST_PROPOSED]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        for code, (group, _one) in self._asked.items():
            other = f"{code}{OTHER}"
            words = given.get(other)
            if words and not (given.get(code) and words == self.fields[other].initial):
                given[code] = self._names.chosen_key(group.code, words)
                if not given[code]:
                    self.add_error(f"{code}{OTHER}", _not_found(group))
        self._refuse_endless(self.choices())
        return given

    def _refuse_endless(self, chosen: Mapping[str, Mapping[str, str]]) -> None:
        """Refuse another spelling of the file for which nothing is chosen either."""
        for code, (group, one) in self._asked.items():
            given, before = chosen.get(group.code, {}), self._names.choices.get(group.code, {})
            spelling, choice = followed(given.get(one.key), {**before, **given})
            if spelling and choice is None:
                self.add_error(code, _("Choose which of the spellings is to be used."))

    def choices(self) -> dict[str, dict[str, str]]:
        """Return what was chosen, by group and name."""
        found: dict[str, dict[str, str]] = {}
        for code, (group, one) in self._asked.items():
            if value := self.cleaned_data.get(code):
                chosen = LEAVE_EMPTY if value == EMPTY else value
                found.setdefault(group.code, {})[one.key] = chosen
        if ADD_PEOPLE in self.data:
            new = {one.key: NEW_ROW for one in self.surely_new}
            found[PERSON] = new | found.get(PERSON, {})
        return found


def _samples(source: Source, number: int) -> str:
    found = list(dict.fromkeys(source.column(number)))[:MOST_SAMPLES]
    return "; ".join(text[:MOST_SHOWN] for text in found)


def _key_field(sheet: SheetImport) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("What tells which row is which in the register?"),
        help_text=_(
            "The same file can be taken in again and again: a row whose key is in the register"
            " changes that one, any other is new. A number is a surer key than a name."
        ),
        choices=[(key, sheet.label(key)) for key in sheet.keys],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the options.")},
    )


def _code(group: NameGroup, one: Unknown) -> str:
    return f"{group.code}_{sha256(one.key)[:16]}"


def _side_by_side(names: Collection[Unknown]) -> list[Unknown]:
    """Return names in their order, those first, side by side, that are spelled nearly alike."""
    first = {id(one): one.spellings[0].key if one.spellings else "" for one in names}
    return sorted(names, key=lambda one: (not first[id(one)], first[id(one)]))


def _name_field(group: NameGroup, one: Unknown, *, may_add: bool) -> forms.ChoiceField:
    told = ngettext("In %(count)d row.", "In %(count)d rows.", one.rows) % {"count": one.rows}
    if one.is_several:
        told = f"{_('Several have this name.')} {told}"
    choices: list[tuple[str, str]] = [("", _("Not chosen yet"))]
    others = [other.text for other in one.spellings if other is not one]
    if others:
        names = ", ".join(_("“%(title)s”") % {"title": name[:MOST_SHOWN]} for name in others)
        told = f"{told} {_('Spelled nearly like %(names)s in the file.') % {'names': names}}"
    if one.choice and one.choice.startswith(SAME):
        others.append(one.choice.removeprefix(SAME))
    choices += [
        (f"{SAME}{name}", _("The same as “%(name)s”") % {"name": name[:MOST_SHOWN]})
        for name in dict.fromkeys(others)
    ]
    if group.add:
        choices.append((NEW_ROW, _("Add “%(name)s”") % {"name": one.text[:MOST_SHOWN]}))
    if group.code == PERSON and one.newcomer and may_add:
        choices.append((NEW_ROW, _("Add as a new person: %(name)s") % {"name": one.newcomer}))
    choices += one.options
    if group.with_empty:
        empty = _("Leave it empty") if group.is_of_words else _("Leave it as it is in the register")
        choices.append((EMPTY, empty))
    initial: Mapping[str | None, str] = {
        None: NEW_ROW if group.add and one.is_usual else "",
        "": EMPTY,
    }
    chosen = initial.get(one.choice, one.choice or "")
    return forms.ChoiceField(
        label=one.text[:MOST_SHOWN],
        help_text=told,
        choices=choices,
        initial=chosen if chosen in dict(choices) else "",
        required=False,
        widget=forms.Select({"class": "form-select"}),
    )


def _other_field(group: NameGroup, one: Unknown) -> forms.CharField:
    if group.is_of_words:
        return forms.CharField(
            label=_("Or write what is to stand there"),
            initial="" if one.choice in dict(one.options) else one.choice or "",
            required=False,
            max_length=200,
            widget=forms.TextInput({"class": "form-input", "autocomplete": "off"}),
        )
    attrs = {"class": "form-input", "autocomplete": "off"}
    is_person = group.code == PERSON
    proposed = {"list": "known-people"} if is_person else {}
    return forms.CharField(
        label=_("Somebody else: e-mail") if is_person else _("Another one: its name"),
        required=False,
        max_length=200,
        widget=forms.TextInput({**attrs, **proposed}),
    )


def _not_found(group: NameGroup) -> str:
    if group.is_of_words:
        return _("That cannot stand there either.")
    if group.code == PERSON:
        return _("Write the e-mail of somebody who is known here.")
    return _("Write the name of one that is in the register.")
