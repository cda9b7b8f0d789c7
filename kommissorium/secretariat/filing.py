"""The list of what belongs in the records system: what is filed there, and what is not yet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person
from kommissorium.core.ui.forms import PlainForm
from kommissorium.meetings.filing import OF_MEETINGS, FiledKind, receipts_of
from kommissorium.meetings.models import Filing
from kommissorium.registers.installed import registers


@dataclass(frozen=True, slots=True)
class FilingLine:
    """One thing as the list shows it; `receipt` is None until somebody noted it."""

    key: str
    title: str
    url: str
    day: date
    receipt: Filing | None


class FilingForm(PlainForm):
    """Form for when the ticked things were filed, and in which case."""

    filed_on = forms.DateField(label=_("Filed on"))
    case_number = forms.CharField(
        label=_("Case number"), max_length=60, help_text=_("As your records system writes it.")
    )


def filed_kinds(person: Person) -> list[FiledKind[Any]]:
    """Return the kinds of things of which `person` may note that they were filed."""
    kinds = [*OF_MEETINGS, *(kind for register in registers() for kind in register.filings)]
    return [kind for kind in kinds if kind.can_be_noted_by(person)]


def filing_lines(kind: FiledKind[Any], rows: Sequence[models.Model]) -> Iterable[FilingLine]:
    """Return the rows as the list shows them."""
    receipts = receipts_of(kind, rows)
    for row in rows:
        key = str(row.pk)
        yield FilingLine(key, kind.title(row), kind.url(row), kind.day(row), receipts.get(key))
