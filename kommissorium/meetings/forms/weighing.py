"""The four aspects of a weighing as fields, and the form to note afterwards what a decision weighed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _

from kommissorium.core.ui.forms import PlainForm
from kommissorium.core.ui.required import When
from kommissorium.meetings.models import Decision, Weighing

NAMES: Final = tuple(name for one in Weighing.ASPECTS for name in (one, f"{one}_text"))


def chips(aspect: str, *, required: bool = False) -> forms.ChoiceField:
    """Return the field of what an aspect comes to."""
    field = Decision.aspect(aspect)
    return forms.ChoiceField(
        label=str(field.verbose_name),
        choices=field.flatchoices,
        widget=forms.RadioSelect,
        required=required,
        error_messages={"required": _("Choose one of the options.")},
    )


def reason(aspect: str) -> forms.CharField:
    """Return the field of why it comes to that."""
    label = _("Reason: %(aspect)s") % {"aspect": Decision.aspect(aspect).verbose_name}
    found = forms.CharField(label=label, max_length=500, required=False)
    if words := _heavy().get(aspect):
        found.required_when = When(words)  # type: ignore[attr-defined]
    return found


def _heavy() -> dict[str, str]:
    """Return when an approval asks for the reason, by aspect (Weighing.HEAVY)."""
    return {
        "security": _("security gets weaker"),
        "usability": _("something gets harder"),
        "economy": _("it costs money"),
    }


def weighing_fields() -> dict[str, forms.Field]:
    """Return the eight fields by name, none of them required."""
    found: dict[str, forms.Field] = {}
    for aspect in Weighing.ASPECTS:
        found[aspect] = chips(aspect)
        found[f"{aspect}_text"] = reason(aspect)
    return found


def weighing_lines(form: forms.Form) -> Sequence[tuple[Any, Any]]:
    """Return the fields of each aspect: its chips and the reason for them."""
    return [(form[aspect], form[f"{aspect}_text"]) for aspect in Weighing.ASPECTS]


class LaterWeighingForm(PlainForm):
    """Form for those of the four aspects that the decision itself does not mention."""

    def __init__(self, *args: Any, decision: Decision, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for aspect in decision.unweighed_aspects():
            if not getattr(decision, aspect):
                self.fields[aspect] = chips(aspect, required=True)
            self.fields[f"{aspect}_text"] = reason(aspect)
