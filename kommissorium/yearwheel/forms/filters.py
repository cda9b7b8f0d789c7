"""What the wheel is narrowed to, as the address says it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kommissorium.core.ui.forms import PlainForm
from kommissorium.yearwheel.models import Duty
from kommissorium.yearwheel.reading import Filters, WheelEntry

STATES = [
    ("", _("All")),
    ("open", _("Open")),
    ("overdue", _("Overdue")),
    ("soon", _("Due soon")),
    ("done", _("Done")),
    ("done_with_fault", _("Done, faults found")),
    ("skipped", _("Skipped")),
    ("projected", pgettext_lazy("occurrence", "Planned")),
]


def _select(label: Any) -> forms.ChoiceField:
    widget = forms.Select({"class": "form-select"})
    return forms.ChoiceField(label=label, required=False, widget=widget)


class WheelFilter(PlainForm):
    """The choices are what the year holds. Nonsense in the address narrows nothing."""

    state = _select(_("State"))
    person = _select(_("Responsible"))
    clause = _select(_("Clause"))
    tag = _select(_("Tag"))
    kind = _select(_("Kind"))

    def __init__(self, data: Any, entries: Iterable[WheelEntry]) -> None:
        super().__init__(data)
        entries = list(entries)
        people = {
            (name, key)
            for entry in entries
            for name, key in (
                (entry.responsible, entry.responsible_key),
                (entry.delegate, entry.delegate_key),
            )
            if key
        }
        tags = {(name, key) for entry in entries for key, name in entry.tags}
        clauses = sorted({entry.clause for entry in entries if entry.clause}, key=_natural)
        self._offer("state", STATES[1:])
        self._offer("person", [(str(key), name) for name, key in sorted(people)])
        self._offer("clause", [(number, number) for number in clauses])
        self._offer("tag", [(str(key), name) for name, key in sorted(tags)])
        self._offer("kind", Duty.Kind.choices)
        self.full_clean()

    @property
    def filters(self) -> Filters:
        return Filters(
            clause=self._wish("clause"),
            person=int(self._wish("person")) if self._wish("person") else None,
            tag=int(self._wish("tag")) if self._wish("tag") else None,
            kind=self._wish("kind"),
            state=self._wish("state"),
        )

    @property
    def narrows(self) -> bool:
        return any(self._wish(name) for name in self.fields)

    def _wish(self, name: str) -> str:
        return str(self.cleaned_data.get(name, ""))

    def _offer(self, name: str, choices: Iterable[Any]) -> None:
        self.fields[name].choices = [("", _("All")), *choices]  # type: ignore[attr-defined]


def _natural(number: str) -> tuple[str, int]:
    letters = number.rstrip("0123456789")
    digits = number[len(letters) :]
    return letters, int(digits) if digits else 0
