"""Form for the draft of a mandate: its title and every clause, without scripts."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Self

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.forms.boundfield import BoundField
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.accounts.models import Person
from kommissorium.committees.actions.mandates import CLAUSE_FIELDS, LETTERS, change_draft
from kommissorium.committees.clause_kinds import KINDS
from kommissorium.committees.forms.clause_rows import (
    MOST_CLAUSES,
    ClauseGroup,
    ClauseRow,
    Row,
    in_order,
    rearranged,
)
from kommissorium.committees.forms.widgets import QuickSelect
from kommissorium.committees.measures import MEASURE_CHOICES
from kommissorium.committees.models import Clause, Mandate
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.forms import PlainForm
from kommissorium.measures.codes import Measure

FEWEST, MOST_MONTHS, MOST_TIMES = 1, 120, 366
TIMING = ("cadence_months", "min_per_year", "max_per_year", "horizon_months")
MEMBER_ONLY = ("role", "function")
MEASURED_ONLY = ("measure", *TIMING, "settled")
FIELDS = tuple(name for name in CLAUSE_FIELDS if name != "number")
PREFIX = "clauses"
TITLE_FIELDS = ("title",)


class MandateTitleForm(PlainForm):
    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    edit_version = forms.IntegerField(widget=forms.HiddenInput)


class ClauseForm(PlainForm):
    """One clause. Members have a role and a function, all others a measure and a rhythm."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"), choices=Clause.Kind.choices, widget=QuickSelect
    )
    text = forms.CharField(
        label=gettext_lazy("Text"), max_length=5000, widget=forms.Textarea({"rows": 3})
    )
    role = forms.ChoiceField(
        label=gettext_lazy("Role"), choices=Clause.Role.choices, widget=QuickSelect
    )
    function = forms.CharField(
        label=gettext_lazy("Function"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Leave it open where the terms of reference do."),
    )
    measure = forms.ChoiceField(
        label=gettext_lazy("Measured by"),
        required=False,
        choices=[("", gettext_lazy("Own clause, nothing measures it")), *MEASURE_CHOICES],
        widget=QuickSelect,
    )
    cadence_months = forms.IntegerField(
        label=gettext_lazy("At most this many months apart"),
        required=False,
        min_value=FEWEST,
        max_value=MOST_MONTHS,
    )
    min_per_year = forms.IntegerField(
        label=gettext_lazy("At least this many times a year"),
        required=False,
        min_value=FEWEST,
        max_value=MOST_TIMES,
    )
    max_per_year = forms.IntegerField(
        label=gettext_lazy("At most this many times a year"),
        required=False,
        min_value=FEWEST,
        max_value=MOST_TIMES,
    )
    horizon_months = forms.IntegerField(
        label=gettext_lazy("Known this many months ahead"),
        required=False,
        min_value=FEWEST,
        max_value=MOST_MONTHS,
    )
    settled = forms.CharField(max_length=1, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        is_member = self["kind"].value() == Clause.Kind.MEMBER
        self.fields["text"].required = not is_member
        for name in MEASURED_ONLY if is_member else MEMBER_ONLY:
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        least, most = values.get("min_per_year"), values.get("max_per_year")
        if least and most and least > most:
            message = _("This is less than “at least”. Correct one of the two.")
            self.add_error("max_per_year", message)
        return values

    @property
    def values(self) -> dict[str, Any]:
        """Return the clause's values for change_draft, once the form is valid."""
        values: dict[str, Any] = dict.fromkeys(TIMING)
        values |= {"measure": "", "role": "", "function": "", **self.cleaned_data}
        values.pop("settled", None)
        if values["kind"] == Clause.Kind.MEMBER:
            values["measure"] = Measure.SEAT_FILLED.value
            role = str(Clause.Role(values["role"]).label)
            values["text"] = values["text"] or ": ".join(filter(None, [role, values["function"]]))
        return values


ClauseFormSet = forms.formset_factory(
    ClauseForm,
    extra=0,
    max_num=MOST_CLAUSES,
    absolute_max=MOST_CLAUSES,
    validate_max=True,
)


class MandateDraftForm:
    """The whole draft: title and clauses. Given `data`, it is what somebody typed.

    Rows are kept in the order of the kinds, and within a kind as they were put.
    """

    def __init__(
        self,
        mandate: Mandate,
        data: Mapping[str, Any] | None = None,
        *,
        title: Mapping[str, Any] | None = None,
        rows: Sequence[Row] | None = None,
        settled: Collection[str] = (),
    ) -> None:
        self.mandate = mandate
        self.is_bound = data is not None
        self.title = MandateTitleForm(data, initial=title or _title_of(mandate))
        if data is None:
            kept = rows if rows is not None else _rows_of(mandate, settled)
            self.clauses = ClauseFormSet(initial=in_order(kept), prefix=PREFIX)
        else:
            self.clauses = ClauseFormSet(_ordered(data), prefix=PREFIX)

    def is_valid(self) -> bool:
        # Both are asked, so that every error is shown at once.
        return bool(self.title.is_valid() & self.clauses.is_valid())

    def save(self, *, by: Person) -> None:
        """Replace the draft by the form's values. Raises Conflict when somebody saved first."""
        change_draft(
            self.mandate,
            by=by,
            title=self.title.cleaned_data["title"],
            clauses=[form.values for form in self.clauses],
            edit_version=self.title.cleaned_data["edit_version"],
        )

    def add_refusal(self, refused: Refused) -> None:
        for sentence in refused.errors.values():
            self.title.add_error(NON_FIELD_ERRORS, sentence)

    @classmethod
    def rearranged(cls, mandate: Mandate, data: Mapping[str, Any]) -> tuple[Self, int] | None:
        """Return the form after a button that adds, removes or moves a clause.

        With it comes the place of the clause to look at next. Nothing is checked or saved, and
        nothing typed is lost. None when no such button was pressed.
        """
        changed = rearranged(posted_rows(data), data)
        if changed is None:
            return None
        rows, place = changed
        title = {name: data.get(name, "") for name in MandateTitleForm.base_fields}
        form = cls(mandate, title=title, rows=rows)
        # What is settled is left for the next that is in doubt.
        following = [row.place for row in form.doubtful if "settle" in data]
        return form, next((at for at in following if at > place), (following or [place])[0])

    @property
    def settled(self) -> list[str]:
        """Return the texts of the clauses whose measure somebody has chosen."""
        return [
            str(row["text"].value())
            for row in self.clauses
            if "settled" in row.fields and row["settled"].value()
        ]

    @property
    def typed_clauses(self) -> list[Clause]:
        """Return the clauses of a valid form, numbered, without saving them."""
        return [
            Clause(number=row.number, position=row.place, **self.clauses.forms[row.place].values)
            for group in self.groups
            for row in group.rows
        ]

    @cached_property
    def groups(self) -> list[ClauseGroup]:
        """Return the clauses by kind, numbered as they will be when saved."""
        return [ClauseGroup.of(kind, LETTERS[kind], self.clauses.forms) for kind in KINDS]

    @property
    def doubtful(self) -> list[ClauseRow]:
        """Return the clauses somebody should check, in the order of the mandate."""
        return [row for group in self.groups for row in group.rows if row.doubt]

    @property
    def is_full(self) -> bool:
        """Return whether no clause can be added any more."""
        return len(self.clauses.forms) >= MOST_CLAUSES

    @property
    def faulty(self) -> list[tuple[str, BoundField]]:
        """Return number and field of everything that must be corrected; "" is the title's."""
        if not self.is_bound:
            return []
        titles = [("", self.title[name]) for name in self.title.errors if name in TITLE_FIELDS]
        return titles + [
            (row.number, row.form[name])
            for group in self.groups
            for row in group.rows
            for name in row.form.errors
            if name in row.form.fields
        ]

    @property
    def general(self) -> list[str]:
        """Return the faults of the draft as a whole."""
        if not self.is_bound:
            return []
        hidden = [str(error) for error in self.title["edit_version"].errors]
        whole = [*self.title.non_field_errors(), *self.clauses.non_form_errors()]
        return hidden + [str(error) for error in whole]


def _title_of(mandate: Mandate) -> dict[str, Any]:
    return {"title": mandate.title, "edit_version": mandate.edit_version}


def _rows_of(mandate: Mandate, settled: Collection[str]) -> list[Row]:
    rows = mandate.clauses.values(*FIELDS)
    return [{**row, "settled": "1" if row["text"] in settled else ""} for row in rows]


def _ordered(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the posted data with its rows in the order of the kinds."""
    rows = in_order(posted_rows(data))
    ordered = {key: data[key] for key in ("title", "edit_version") if key in data}
    ordered |= {f"{PREFIX}-TOTAL_FORMS": str(len(rows)), f"{PREFIX}-INITIAL_FORMS": str(len(rows))}
    for place, row in enumerate(rows):
        ordered |= {f"{PREFIX}-{place}-{name}": value for name, value in row.items()}
    return ordered


def posted_rows(data: Mapping[str, Any]) -> list[Row]:
    """Return the rows of a posted form; none where the form was sent damaged."""
    total = str(data.get(f"{PREFIX}-TOTAL_FORMS", ""))
    count = min(int(total), MOST_CLAUSES) if total.isdecimal() else 0
    return [_posted_row(data, f"{PREFIX}-{place}-") for place in range(count)]


def _posted_row(data: Mapping[str, Any], prefix: str) -> Row:
    row = {name: data[prefix + name] for name in (*FIELDS, "settled") if prefix + name in data}
    # A kind that is none would have no place on the page, and its text would be lost from it.
    return row if row.get("kind") in KINDS else {**row, "kind": Clause.Kind.OTHER.value}
