"""The form to note afterwards what a decision weighed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from kommissorium.core.ui.forms import PlainForm
from kommissorium.meetings.models import Decision


class LaterWeighingForm(PlainForm):
    """Form for those of the four aspects that the decision itself does not mention."""

    def __init__(self, *args: Any, decision: Decision, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for aspect in decision.unweighed_aspects():
            field = Decision.aspect(aspect)
            if not getattr(decision, aspect):
                self.fields[aspect] = forms.ChoiceField(
                    label=str(field.verbose_name),
                    choices=field.flatchoices,
                    widget=forms.RadioSelect,
                    error_messages={"required": _("Choose one of the options.")},
                )
            label = _("Reason: %(aspect)s") % {"aspect": field.verbose_name}
            self.fields[f"{aspect}_text"] = forms.CharField(
                label=label, max_length=500, required=False
            )
