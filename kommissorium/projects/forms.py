"""Forms for projects and technical measures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Any, Final

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.core.ui.forms import PlainForm, make_native
from kommissorium.projects.models import (
    MeasureState,
    Milestone,
    Project,
    ProjectUpdate,
    TechnicalMeasure,
)
from kommissorium.registers.forms.rows import RowForm, row_form
from kommissorium.registers.offered import foreseen, foreseen_as

DIGITS: Final = 9  # of a version
MOST_OPEN: Final = 4  # so that the page can be surveyed
ROWS: Final = (("light", "figure"), ("text", "plan"), ("evidence", "evidence_on"))
WANTED: Final = ("light", "text", "evidence", "evidence_on")  # before it is put forward
SAID: Final = ("light", "figure", "text", "plan", "evidence", "evidence_on")


class ProjectForm(RowForm):
    """Form for a project: its goal, budget, dates, and the risks it lowers."""

    model = Project
    names = ("title", "goal", "owner", "budget", "begins", "due", "risks")

    def __init__(self, data: Any = None, *, by: Person, row: Project | None = None) -> None:
        found = {one.key: one for one in foreseen(by, [])}
        self.found = (foreseen_as(by, row.risks) if row else {}) | found
        super().__init__(data, row=row)
        self.fields["owner"].required = True

    def field_of(self, name: str) -> forms.Field:
        if name != "risks":
            return super().field_of(name)
        return forms.MultipleChoiceField(
            label=_("Risks it lowers"),
            choices=[(one.key, one.label) for one in self.found.values()],
            required=False,
            help_text=_("Hold Ctrl to choose several. The greatest stand first."),
            widget=forms.SelectMultiple({"size": 8}),
        )


class UpdateForm(RowForm):
    """Form for the current standing of a project."""

    model = ProjectUpdate
    names = ("standing", "reason", "spent", "asked")

    def __init__(self, data: Any = None, *, project: Project) -> None:
        super().__init__(data)
        self.initial = {"standing": project.now_standing, "spent": project.now_spent}
        self.initial["asked"] = project.now_asked


class MeasureForm(RowForm):
    """Form for a measure's owner and figure; the mandate itself names the seven areas."""

    model = TechnicalMeasure
    names: tuple[str, ...] = ("name", "owner", "figure_name", "unit", "wanted")

    def __init__(self, data: Any = None, *, row: TechnicalMeasure | None = None) -> None:
        if row is not None and row.area:
            self.names = self.names[1:]
        super().__init__(data, row=row)
        if "name" in self.fields:
            self.fields["name"].required = True


MilestoneForm = row_form(Milestone, "title", "due", "reached_on")
_StateForm = row_form(MeasureState, *SAID)


class StatesForm(PlainForm):
    """Form for the states of several measures in a quarter, all on one page.

    A hidden field of each says which version was shown, and what it said: a measure that nobody
    touched is not saved over what somebody else wrote of it meanwhile.
    """

    def __init__(self, data: Any = None, *, states: Sequence[MeasureState]) -> None:
        self.states = states
        super().__init__(data)
        for state in states:
            whole = _StateForm(row=state)
            for name in SAID:
                field: Any = whole.fields[name]
                field.is_wanted = name in WANTED
                field.help_text = ""  # the page says it once
                if isinstance(field.widget, forms.Textarea):
                    field.widget.attrs["rows"] = 2
                self.fields[f"{name}-{state.pk}"] = field
                make_native(field)
                self.initial[f"{name}-{state.pk}"] = whole.initial[name]
            seen = forms.CharField(required=False, widget=forms.HiddenInput)
            self.fields[f"seen-{state.pk}"] = seen
            self.initial[f"seen-{state.pk}"] = _seen(state)

    def rows_of(self, state: MeasureState) -> list[list[forms.BoundField]]:
        """Return the fields of one measure, by the rows that they stand in."""
        return [[self[f"{name}-{state.pk}"] for name in row] for row in ROWS]

    def opened(self) -> set[int]:
        """Return the measures that are shown open: what must be put right, and a few that lack."""
        lacking = [state.pk for state in self.states if not state.is_whole]
        wrong = {int(name.partition("-")[2]) for name in self.errors if "-" in name}
        return {*lacking[:MOST_OPEN], *wrong}

    def said(self) -> dict[int, tuple[Mapping[str, Any], int]]:
        """Return what was typed of the measures that were touched, with the version shown."""
        found: dict[int, tuple[Mapping[str, Any], int]] = {}
        for state in self.states:
            typed = {name: self.cleaned_data[f"{name}-{state.pk}"] for name in SAID}
            version, _colon, mark = self.cleaned_data[f"seen-{state.pk}"].partition(":")
            if mark != _mark(typed):
                is_number = version.isascii() and version.isdigit() and len(version) <= DIGITS
                found[state.pk] = typed, int(version) if is_number else 0
        return found

    def on_top_of(self, theirs: Iterable[MeasureState]) -> QueryDict:
        """Return what was typed, to be saved over what somebody else has saved by now."""
        sent = QueryDict(mutable=True)
        sent.update(self.data)
        touched = self.said()
        for state in theirs:
            sent[f"seen-{state.pk}"] = _seen(state)
            if state.pk not in touched:
                for name in SAID:
                    value = getattr(state, name)
                    sent[f"{name}-{state.pk}"] = "" if value is None else str(value)
        return sent


def _seen(state: MeasureState) -> str:
    return f"{state.edit_version}:{_mark({name: getattr(state, name) for name in SAID})}"


def _mark(values: Mapping[str, Any]) -> str:
    """Return a mark of what is said; how a browser ends its lines makes no difference."""
    words = ["" if one is None else " ".join(str(one).split()) for one in values.values()]
    return sha256("\x1f".join(words).encode()).hexdigest()[:16]
