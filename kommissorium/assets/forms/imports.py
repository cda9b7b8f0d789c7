"""Hand a sheet in, say what its columns are, and who is meant by its names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kommissorium.assets.importing.names import GROUPS, PERSON
from kommissorium.assets.importing.plan import LEAVE_EMPTY, NEW_ROW, Plan, Unknown
from kommissorium.assets.importing.sources import Source
from kommissorium.assets.importing.targets import KEYS, folded, label_of, targets_of
from kommissorium.assets.models import Import, Kind
from kommissorium.core.evidence.canonical import sha256
from kommissorium.core.ui.forms import PlainForm

MOST_SAMPLES, MOST_SHOWN = 3, 60  # cells of a column, and characters of each
MOST_NAMES = 100  # on one page
MOST_PROPOSED = 1000
OTHER = "_other"  # ends the name of the field for one that is not among the choices
EMPTY = "empty"  # the value of the choice to leave it as it is: "" is no choice yet


class UploadForm(PlainForm):
    """A sheet, and what its rows are."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What stands in the file?"),
        choices=Kind.choices,
        widget=forms.RadioSelect,
        initial=Kind.SYSTEM,
        error_messages={"required": gettext_lazy("Choose what the rows of the file are.")},
    )
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "An Excel workbook (.xlsx), a .csv file, or a list of IT systems from KITOS in JSON."
            " At most 25 MB and 10,000 rows. The first row with headings is found by itself."
        ),
        widget=forms.ClearableFileInput({"accept": ".xlsx,.csv,.txt,.json"}),
        error_messages={
            "required": gettext_lazy("Choose a file."),
            "empty": gettext_lazy("The file is empty."),
        },
    )


class ColumnsForm(PlainForm):
    """What each column is, and which of them tells the rows apart."""

    edit_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, run: Import, source: Source, **kwargs: Any) -> None:
        kwargs["initial"] = {"edit_version": run.edit_version, "key": run.key}
        super().__init__(*args, **kwargs)
        targets = [(target.name, target.label) for target in targets_of(run.kind)]
        self.columns = []
        for number, heading in enumerate(run.headings):
            name = f"column_{number}"
            self.fields[name] = forms.ChoiceField(
                label=heading,
                choices=[("", _("Leave out")), *targets],
                initial=run.mapping.get(str(number), ""),
                required=False,
                widget=forms.Select({"class": "form-select"}),
            )
            self.columns.append((heading, self[name], _samples(source, number)))
        self.fields["key"] = forms.ChoiceField(
            label=_("What tells which row is which in the register?"),
            help_text=_(
                "The same file can be taken in again and again: a row whose key is in the register"
                " changes that one, any other is new. A number is a surer key than a name."
            ),
            choices=[(key, label_of(key)) for key in KEYS],
            widget=forms.RadioSelect,
            error_messages={"required": _("Choose the key.")},
        )

    def mapping(self) -> dict[str, str]:
        """Return the targets by the number of the column, as text."""
        chosen = {name: value for name, value in self.cleaned_data.items() if value}
        begin = "column_"
        return {n.removeprefix(begin): v for n, v in chosen.items() if n.startswith(begin)}


class NamesForm(PlainForm):
    """Who or what is meant by each name that fits nobody, or several. No choice can wait."""

    edit_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, run: Import, plan: Plan, **kwargs: Any) -> None:
        kwargs["initial"] = {"edit_version": run.edit_version}
        super().__init__(*args, **kwargs)
        asked = [(group, one) for group in GROUPS for one in plan.unknown[group].values()]
        asked.sort(key=lambda pair: (pair[1].choice is not None, GROUPS.index(pair[0])))
        self._asked = {_code(group, one): (group, one) for group, one in asked[:MOST_NAMES]}
        self.more = len(asked) - len(self._asked)
        self._register = plan.register
        for code, (group, one) in self._asked.items():
            self.fields[code] = _name_field(group, one)
            self.fields[f"{code}{OTHER}"] = _other_field(group)

    @property
    def groups(self) -> list[tuple[str, list[tuple[forms.BoundField, forms.BoundField]]]]:
        """Return the fields, each with that for somebody else, under what they name."""
        headings = {PERSON: _("People"), "area": _("Areas"), "supplier": _("Suppliers")}
        rows = {
            group: [
                (self[code], self[f"{code}{OTHER}"])
                for code, (its, _one) in self._asked.items()
                if its == group
            ]
            for group in GROUPS
        }
        return [(headings[group], fields) for group, fields in rows.items() if fields]

    @property
    def people(self) -> list[str]:
        """Return what the browser proposes for somebody else: an e-mail where there is one."""
        known = self._register.people.by_key.values()
        return [person.email or person.name for person in known][:MOST_PROPOSED]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        for code, (group, _one) in self._asked.items():
            if words := given.get(f"{code}{OTHER}"):
                given[code] = self._key_of(group, words, f"{code}{OTHER}")
        return given

    def _key_of(self, group: str, words: str, name: str) -> str:
        if group == PERSON:
            found = self._register.people.found(words)
            if len(found) == 1:
                return str(found[0])
            self.add_error(name, _("Write the e-mail of somebody who is known here."))
            return ""
        row = self._register.rows[group].get(folded(words))
        if row is None or row.closed_on:
            self.add_error(name, _("Write the name of one that is in the register."))
            return ""
        return str(row.pk)

    def choices(self) -> dict[str, dict[str, str]]:
        """Return what was chosen, by group and name."""
        found: dict[str, dict[str, str]] = {}
        for code, (group, one) in self._asked.items():
            if value := self.cleaned_data.get(code):
                found.setdefault(group, {})[one.key] = LEAVE_EMPTY if value == EMPTY else value
        return found


def _samples(source: Source, number: int) -> str:
    found: Sequence[str] = list(dict.fromkeys(source.column(number)))[:MOST_SAMPLES]
    return "; ".join(text[:MOST_SHOWN] for text in found)


def _code(group: str, one: Unknown) -> str:
    return f"{group}_{sha256(one.key)[:16]}"


def _name_field(group: str, one: Unknown) -> forms.ChoiceField:
    told = ngettext("In %(count)d row.", "In %(count)d rows.", one.rows) % {"count": one.rows}
    if one.is_several:
        told = f"{_('Several have this name.')} {told}"
    choices: list[tuple[str, str]] = [("", _("Not chosen yet"))]
    if group != PERSON:
        choices.append((NEW_ROW, _("Add “%(name)s”") % {"name": one.text[:MOST_SHOWN]}))
    choices += one.options
    choices.append((EMPTY, _("Leave it as it is in the register")))
    initial: Mapping[str | None, str] = {None: NEW_ROW if group != PERSON else "", "": EMPTY}
    return forms.ChoiceField(
        label=one.text[:MOST_SHOWN],
        help_text=told,
        choices=choices,
        initial=initial.get(one.choice, one.choice),
        required=False,
        widget=forms.Select({"class": "form-select"}),
    )


def _other_field(group: str) -> forms.CharField:
    attrs = {"class": "form-input", "autocomplete": "off"}
    proposed = {"list": "known-people"} if group == PERSON else {}
    sentence = _("Somebody else: e-mail") if group == PERSON else _("Another one: its name")
    return forms.CharField(
        label=sentence,
        required=False,
        max_length=200,
        widget=forms.TextInput({**attrs, **proposed}),
    )
