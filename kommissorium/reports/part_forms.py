"""Forms of what is told: what each part says, all on one page, and what of it is closed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.core.ui.forms import PlainForm, make_native
from kommissorium.meetings.forms.closing import ClosingGroundField
from kommissorium.reports.actions.periodic_reports import PartText
from kommissorium.reports.models.written_parts import TEXT_LENGTH, Closes, WrittenPart

NOTHING = "-"  # is closed
SEEN = re.compile(r"\d{1,9}", re.ASCII)  # a version as the form sent it


class PartsForm(PlainForm):
    """A text per part, and beside what is written by hand whether there is anything to tell.

    A hidden field says which version of a part was shown, and what it said: a part that nobody
    touched is not saved over what somebody else wrote in it meanwhile.
    """

    def __init__(self, data: Any = None, *, parts: Sequence[WrittenPart]) -> None:
        self.parts = parts
        super().__init__(data)
        for part in parts:
            for name, field in _fields_of(part).items():
                self.fields[name] = field
                make_native(field)

    def texts(self) -> dict[str, PartText]:
        """Return what was typed in the parts that were touched, by their codes."""
        return {
            part.code: typed
            for part in self.parts
            if (typed := self._typed(part)) and self._seen(part)[1] != _mark(typed)
        }

    def on_top_of(self, theirs: Mapping[str, WrittenPart]) -> QueryDict:
        """Return what was typed, as typed on top of what somebody else has saved by now.

        What was not touched is shown as it is now.
        """
        sent = QueryDict(mutable=True)
        sent.update(self.data)
        touched = self.texts()
        for part in self.parts:
            sent[f"seen_{part.code}"] = _seen(part)
            if part.code not in touched:
                sent[f"text_{part.code}"] = part.text
                if part.is_empty:
                    sent[f"empty_{part.code}"] = "on"
        return sent

    def _typed(self, part: WrittenPart) -> PartText | None:
        seen, _mark_then = self._seen(part)
        text = self.cleaned_data.get(f"text_{part.code}")
        if text is None or f"text_{part.code}" not in self.data:  # it was not asked for
            return None
        return PartText(text, bool(self.cleaned_data.get(f"empty_{part.code}")), seen)

    def _seen(self, part: WrittenPart) -> tuple[int, str]:
        version, _colon, mark = (self.cleaned_data.get(f"seen_{part.code}") or "").partition(":")
        return int(version) if SEEN.fullmatch(version) else 0, mark


class ClosingForm(PlainForm):
    """Form to leave part of a text out of the edition for everybody, and on which ground."""

    closes = forms.ChoiceField(
        label=gettext_lazy("What is closed?"),
        choices=[(NOTHING, gettext_lazy("Nothing")), *Closes.choices],
        widget=forms.RadioSelect,
    )
    ground = ClosingGroundField(required=False)

    def clean_closes(self) -> str:
        """Return what is closed; "" for nothing."""
        return str(self.cleaned_data["closes"]).replace(NOTHING, "")


def _fields_of(part: WrittenPart) -> dict[str, forms.Field]:
    rows = max(2, min(8, len(part.text) // 70 + 1))
    found: dict[str, forms.Field] = {
        f"text_{part.code}": forms.CharField(
            label=part.heading,
            help_text=_help(part),
            initial=part.text,
            required=False,
            max_length=TEXT_LENGTH,
            widget=forms.Textarea({"rows": rows}),
        ),
        f"seen_{part.code}": forms.CharField(
            initial=_seen(part), required=False, widget=forms.HiddenInput
        ),
    }
    if part.is_by_hand:
        label = _("%(part)s: nothing to tell") % {"part": part.heading}
        found[f"empty_{part.code}"] = forms.BooleanField(
            label=label, initial=part.is_empty, required=False
        )
    return found


def _help(part: WrittenPart) -> str:
    """Return what the program says where somebody has said something else; else the quarter before."""
    if part.is_overtaken:
        return _("The program says: %(text)s") % {"text": part.proposed}
    if part.last_text and part.is_by_hand:
        return _("The time before: %(text)s") % {"text": part.last_text}
    return ""


def _seen(part: WrittenPart) -> str:
    return f"{part.edit_version}:{_mark(PartText(part.text, part.is_empty))}"


def _mark(typed: PartText) -> str:
    """Return a short mark of a text, whatever a browser does to the ends of its lines."""
    lines = "\n".join(typed.text.split())
    return sha256(f"{int(typed.is_empty)}{lines}".encode()).hexdigest()[:16]
