"""Forms to say what the columns of a sheet are, and who is meant by its names."""

from __future__ import annotations

from collections.abc import Mapping
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
        people = plan.unknown.get(PERSON, {}).values() if may_add else ()
        self.surely_new = [one for one in people if one.is_surely_new and one.choice is None]
        asked = [(group, one) for group in sheet.asked for one in plan.unknown[group.code].values()]
        asked.sort(key=lambda pair: pair[1].choice is not None)
        self._asked = {_code(group, one): (group, one) for group, one in asked[:MOST_NAMES]}
        self.more = len(asked) - len(self._asked)
        for code, (group, one) in self._asked.items():
            self.fields[code] = _name_field(group, one, may_add=may_add)
            if group.read or not group.choices:
                self.fields[f"{code}{OTHER}"] = _other_field(group, one)

    @property
    def groups(self) -> list[tuple[str, list[Pair]]]:
        """Return the fields, each with that for what is not among its choices, by their groups."""
        rows: dict[str, list[Pair]] = {}
        for code, (group, _one) in self._asked.items():
            other = f"{code}{OTHER}"
            pair = self[code], self[other] if other in self.fields else None
            rows.setdefault(group.code, []).append(pair)
        groups = self._names.groups.items()
        return [(str(group.label), rows[code]) for code, group in groups if code in rows]

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
        return given

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


def _name_field(group: NameGroup, one: Unknown, *, may_add: bool) -> forms.ChoiceField:
    told = ngettext("In %(count)d row.", "In %(count)d rows.", one.rows) % {"count": one.rows}
    if one.is_several:
        told = f"{_('Several have this name.')} {told}"
    choices: list[tuple[str, str]] = [("", _("Not chosen yet"))]
    if group.add:
        choices.append((NEW_ROW, _("Add “%(name)s”") % {"name": one.text[:MOST_SHOWN]}))
    if group.code == PERSON and one.newcomer and may_add:
        choices.append((NEW_ROW, _("Add as a new person: %(name)s") % {"name": one.newcomer}))
    choices += one.options
    if group.with_empty:
        empty = _("Leave it empty") if group.is_of_words else _("Leave it as it is in the register")
        choices.append((EMPTY, empty))
    initial: Mapping[str | None, str] = {None: NEW_ROW if group.add else "", "": EMPTY}
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
