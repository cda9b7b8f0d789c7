"""Forms for a document of an asset: a file, an address, or a page of this program."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext_lazy as _

from kommissorium.assets.forms.told import text_field
from kommissorium.assets.models import (
    Agreement,
    Asset,
    AssetDocument,
    Criticality,
    Demand,
    DocumentType,
    Kind,
)
from kommissorium.assets.models.documents import NAME_LENGTH, URL_LENGTH
from kommissorium.assets.requirement_matrix import COLUMNS, Cell, Cells, every_cell
from kommissorium.core.files.file_types import ACCEPT
from kommissorium.core.ui.forms import PlainForm, VersionField, label_of, may_come_in

# Pages of this program that a pasted address can lead to, and what the chain calls their rows.
ROWS = {
    "agenda_item": ("meetings.agendaitem", _("Agenda item")),
    "agreement": ("assets.agreement", _("Data processing agreement")),
    "meeting": ("meetings.meeting", _("Meeting")),
    "occurrence": ("yearwheel.occurrence", _("Duty of the year wheel")),
    "supplier": ("assets.supplier", _("Supplier")),
    "task": ("tasks.task", _("Task")),
}
Source = AssetDocument.Source


class FileOrNone(forms.FileField):
    """A file, or None where an address is given in its place: so it is not called optional."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        return super().clean(data, initial) if data else None


class LineOrNone(forms.CharField):
    """A line, or "" where a file is given in its place."""

    def validate(self, value: Any) -> None:
        if value:
            super().validate(value)


class DocumentForm(PlainForm):
    """The place of the document, its date, and the date of its review."""

    use_required_attribute = False  # of file and address one is enough

    file = FileOrNone(
        label=_("File"),
        help_text=_("PDF, Word, Excel, pictures or text, up to 25 MB."),
        widget=forms.FileInput({"accept": ACCEPT}),
        validators=[may_come_in],
    )
    url = LineOrNone(
        label=_("Or a link"),
        help_text=_("The address of the document where you keep it, or of a page here."),
        max_length=URL_LENGTH,
    )
    agreement = forms.ModelChoiceField(
        Agreement.objects.none(),
        label=_("Or an agreement of the supplier"),
        required=False,
        empty_label=_("None"),
    )
    dated_on = forms.DateField(label=_("The document is from"))
    review_by = forms.DateField(label=_("To be reviewed by"), required=False)

    def __init__(self, *args: Any, asset: Asset, type_: DocumentType, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = Agreement.objects.in_force().filter(assets=asset)
        if type_.code == "agreement" and asset.supplier_id:
            of_supplier = Agreement.objects.in_force().filter(supplier=asset.supplier_id)
            offered = (offered | of_supplier).distinct()
        if type_.code == "agreement" and offered.exists():
            self.fields["agreement"].queryset = offered  # type: ignore[attr-defined]
        else:
            del self.fields["agreement"]
        self.fields["review_by"].required = type_.review_months > 0

    @staticmethod
    def initial_of(type_: DocumentType, today: date) -> dict[str, Any]:
        """Return the dates of a document of today."""
        return {"dated_on": today, "review_by": type_.review_after(today)}

    def given(self) -> dict[str, Any]:
        """Return the action's arguments: a file before an address, an address before nothing."""
        values = self.cleaned_data
        dates = {"dated_on": values["dated_on"], "review_by": values["review_by"]}
        if file := values["file"]:
            return {"source": Source.FILE, "file": (file.name or "", file.read()), **dates}
        if agreement := values.get("agreement"):
            row = ("assets.agreement", str(agreement.pk), agreement.get_absolute_url())
            return {"source": Source.ROW, "row": row, "label": agreement.title, **dates}
        return {**_address(values["url"].strip()), **dates}


def _address(url: str) -> dict[str, Any]:
    """Return a pasted address: as a row of ours where it leads to one, else as a link."""
    inside = url.startswith((f"{settings.SITE_URL}/", "/")) and not url.startswith("//")
    try:
        path = urlsplit(url).path if inside else ""
        found = resolve(path) if path else None
    except (Resolver404, ValueError):
        found = None
    kind, name = ROWS.get(str(found.url_name), ("", "")) if found else ("", "")
    key = str(found.kwargs.get("pk", "")) if found else ""
    if kind and key:
        return {"source": Source.ROW, "row": (kind, key, path), "label": f"{name} {key}"}
    return {"source": Source.LINK, "url": url}


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
    guidance = text_field(
        3,
        label=label_of(DocumentType, "guidance"),
        help_text=gettext_lazy("Owners read this when they add the document."),
        required=False,
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
    return str(Criticality(criticality).label) if criticality else gettext("All")


def _choices(criticality: str) -> list[tuple[str, Any]]:
    nothing = gettext("As for all") if criticality else gettext("Not demanded")
    return [("", nothing), *Demand.Data.choices]
