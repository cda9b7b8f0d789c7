"""Hand a sheet of risks in, and say what its columns are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.assets.importing.sources import Source
from kommissorium.core.ui.forms import PlainForm
from kommissorium.risks.importing.targets import TARGETS
from kommissorium.risks.models import Assessment, RiskImport
from kommissorium.risks.models.assessments import TITLE_LENGTH

MOST_SAMPLES, MOST_SHOWN = 3, 60  # cells of a column, and characters of each
COLUMN = "column_"
Scope = Assessment.Scope


class UploadForm(PlainForm):
    """A sheet, and what its risks are about."""

    scope = forms.ChoiceField(
        label=gettext_lazy("What are the risks about?"),
        choices=[
            (Scope.ORGANISATION, gettext_lazy("The whole organisation")),
            (Scope.ASSETS, gettext_lazy("The systems, data sets or archives a column names")),
            (Scope.PROCESS, gettext_lazy("A process")),
        ],
        widget=forms.RadioSelect,
        initial=Scope.ORGANISATION,
        error_messages={"required": gettext_lazy("Choose what the risks are about.")},
    )
    process = forms.CharField(
        label=gettext_lazy("Which process?"),
        help_text=gettext_lazy("Only for the risks of a process."),
        required=False,
        max_length=TITLE_LENGTH,
    )
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "An Excel workbook (.xlsx) or a .csv file with one risk in each row. At most 25 MB and"
            " 2,000 rows. The first row with headings is found by itself."
        ),
        widget=forms.ClearableFileInput({"accept": ".xlsx,.csv,.txt"}),
        error_messages={
            "required": gettext_lazy("Choose a file."),
            "empty": gettext_lazy("The file is empty."),
        },
    )


class ColumnsForm(PlainForm):
    """What each column is."""

    edit_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, run: RiskImport, source: Source, **kwargs: Any) -> None:
        kwargs["initial"] = {"edit_version": run.edit_version}
        super().__init__(*args, **kwargs)
        self.columns = []
        for number, heading in enumerate(run.headings):
            name = f"{COLUMN}{number}"
            self.fields[name] = forms.ChoiceField(
                label=heading,
                choices=[("", _("Leave out")), *TARGETS.items()],
                initial=run.mapping.get(str(number), ""),
                required=False,
                widget=forms.Select({"class": "form-select"}),
            )
            self.columns.append((heading, self[name], _samples(source, number)))

    def mapping(self) -> dict[str, str]:
        """Return what the columns are taken as, by the number of the column as text."""
        return {
            name.removeprefix(COLUMN): value
            for name, value in self.cleaned_data.items()
            if value and name.startswith(COLUMN)
        }


def _samples(source: Source, number: int) -> str:
    found: Sequence[str] = list(dict.fromkeys(source.column(number)))[:MOST_SAMPLES]
    return "; ".join(text[:MOST_SHOWN] for text in found)
