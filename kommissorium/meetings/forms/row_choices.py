"""Form of the choices for the rows of an item, all of them together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django import forms
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kommissorium.core.ui.forms import PlainForm, make_native
from kommissorium.meetings.models.row_choices import BECAUSE_LENGTH
from kommissorium.meetings.rows_to_choose import Chosen, ChosenRow

DAY, BECAUSE, VERSION = "-day", "-because", "-version"


class RowChoicesForm(PlainForm):
    """For each row what is chosen, the day, and why. The field of a choice is named as its row,
    so that what the action refuses stands beside it. What a row needs depends on what is chosen, so
    the labels say when, and nothing is called optional."""

    all_may_stay_empty = True

    def __init__(self, rows: Sequence[ChosenRow], data: QueryDict | None = None) -> None:
        super().__init__(data, auto_id="row_%s")
        self.rows = list(rows)
        for row in self.rows:
            for name, field in _fields(row):
                make_native(field)
                self.fields[name] = field

    def lines(self) -> Iterator[tuple[ChosenRow, list[BoundField]]]:
        """Yield each row with its fields."""
        for row in self.rows:
            key = row.offered.key
            yield row, [self[name] for name in (key, key + DAY, key + BECAUSE)]

    def choices(self) -> dict[str, Chosen]:
        """Return what is chosen, by row."""
        given = self.cleaned_data
        keys = [row.offered.key for row in self.rows]
        return {key: Chosen(given[key], given[key + DAY], given[key + BECAUSE]) for key in keys}

    def versions(self) -> dict[str, int]:
        """Return the versions of the choices that the writer saw, by row."""
        found = {row.offered.key: self.data.get(row.offered.key + VERSION, "") for row in self.rows}
        return {key: int(text) for key, text in found.items() if text.isascii() and text.isdigit()}


def _fields(row: ChosenRow) -> Iterator[tuple[str, forms.Field]]:
    key, title, chosen = row.offered.key, row.offered.title, row.chosen
    options = [(one.code, one.label) for one in row.offered.options]
    label = _labelled(_("Choice"), title)
    yield key, forms.ChoiceField(label=label, choices=options, initial=chosen.code)
    label = _labelled(_("Until, where it is extended"), title)
    yield key + DAY, forms.DateField(label=label, initial=chosen.day, required=False)
    label = _labelled(_("Why, where it must be said"), title)
    yield (
        key + BECAUSE,
        forms.CharField(
            label=label, initial=chosen.because, max_length=BECAUSE_LENGTH, required=False
        ),
    )


def _labelled(label: str, title: str) -> SafeString:
    """Return a label that names its row to whoever only hears it."""
    return format_html('{}<span class="sr-only">: {}</span>', label, title)
