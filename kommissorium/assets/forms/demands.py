"""Forms for the documents demanded: the cells of the matrix, and a kind of document."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.assets.models import Criticality, Demand, DocumentType, Kind
from kommissorium.assets.models.documents import NAME_LENGTH
from kommissorium.assets.requirement_matrix import COLUMNS, Cell, Cells, every_cell
from kommissorium.core.ui.forms import PlainForm, VersionField, label_of


class DemandsForm(PlainForm):
    """The whole matrix: one choice a cell. The first column of a kind stands for all of it."""

    edit_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, types: Sequence[DocumentType], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.types = types
        self.cells_of = {cell_name(cell): cell for cell in every_cell(types)}
        names = {one.pk: one.label for one in types}
        for name, cell in self.cells_of.items():
            type_key, kind, criticality = cell
            self.fields[name] = forms.ChoiceField(
                label=f"{names[type_key]}, {Kind(kind).label}, {column_label(criticality)}",
                choices=_choices(criticality),
                required=False,
            )

    @staticmethod
    def initial_of(cells: Cells, edit_version: int) -> dict[str, Any]:
        """Return the form's values for the matrix as it is."""
        values: dict[str, Any] = {cell_name(cell): data for cell, data in cells.items()}
        return {**values, "edit_version": edit_version}

    def cells(self) -> dict[Cell, str]:
        """Return the cells that demand something."""
        values = self.cleaned_data
        return {cell: values[name] for name, cell in self.cells_of.items() if values[name]}

    def tables(self) -> list[tuple[Kind, list[tuple[DocumentType, list[Any]]]]]:
        """Return by kind of asset the lines of the matrix, each with its fields in a row."""
        return [
            (
                kind,
                [
                    (one, [self[cell_name((one.pk, kind.value, c))] for c in COLUMNS])
                    for one in self.types
                ],
            )
            for kind in Kind
        ]


class DocumentTypeForm(PlainForm):
    """A kind of document."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=NAME_LENGTH)
    guidance = forms.CharField(
        label=label_of(DocumentType, "guidance"),
        help_text=gettext_lazy("Owners read this when they add the document."),
        required=False,
        max_length=5000,
        widget=forms.Textarea({"rows": 3}),
    )
    review_months = forms.IntegerField(
        label=gettext_lazy("To be reviewed after how many months"),
        help_text=gettext_lazy("0 means that it is never to be reviewed."),
        min_value=0,
        max_value=120,
    )
    edit_version = VersionField()

    def values(self) -> dict[str, Any]:
        """Return the form's values, without the version."""
        return {name: value for name, value in self.cleaned_data.items() if name != "edit_version"}


def cell_name(cell: Cell) -> str:
    """Return the form's name for a cell."""
    type_key, kind, criticality = cell
    return f"{type_key}-{kind}-{criticality or 'all'}"


def column_label(criticality: str) -> str:
    """Return the heading of a column of the matrix."""
    return str(Criticality(criticality).label) if criticality else _("All")


def _choices(criticality: str) -> list[tuple[str, Any]]:
    nothing = _("As for all") if criticality else _("Not demanded")
    return [("", nothing), *Demand.Data.choices]
