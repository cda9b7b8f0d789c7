"""Forms of what a report asks the executive board for, and of the board's answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.core.refusals import Refused
from kommissorium.core.ui.forms import PlainForm, make_native
from kommissorium.core.ui.localised import KronerField
from kommissorium.core.ui.required import When
from kommissorium.reports.actions.board_requests import Request
from kommissorium.reports.models import BoardAnswer
from kommissorium.reports.models.board_requests import MOST_REQUESTS, SENTENCE
from kommissorium.reports.models.written_parts import TEXT_LENGTH

PLACES: Final = range(1, MOST_REQUESTS + 1)


def _asked_in(place: int) -> When:
    name = f"text_{place}"
    return When(
        gettext_lazy("the board is asked for it"),
        lambda form: bool(form.cleaned_data.get(name)),
        gettext_lazy("Say what happens if the board says no."),
    )


class RequestsForm(PlainForm):
    """Form for up to three requests: a sentence, kroner, and what happens otherwise."""

    edit_version = forms.IntegerField(widget=forms.HiddenInput)
    required_when: Mapping[str, When] = {
        "text_1": When(
            gettext_lazy("the board is asked for something"),
            lambda form: form.asks_nothing,
            gettext_lazy("Write a request, or say below that there is none."),
        ),
        **{f"otherwise_{place}": _asked_in(place) for place in PLACES},
    }

    def __init__(
        self, data: Any = None, *, proposed: Sequence[Mapping[str, Any]], edit_version: int
    ) -> None:
        super().__init__(data)
        self.initial["edit_version"] = edit_version
        for place in PLACES:
            given = proposed[place - 1] if place <= len(proposed) else {}
            for name, field in _fields_of(place).items():
                self.fields[f"{name}_{place}"] = field
                make_native(field)
                self.initial[f"{name}_{place}"] = given.get(name)
        nothing = forms.BooleanField(
            label=_("We ask the executive board for nothing this time"), required=False
        )
        self.fields["nothing"] = nothing
        make_native(nothing)

    @property
    def asks_nothing(self) -> bool:
        """Return whether nothing was typed, and it was not said that this is meant."""
        names = [f"{name}_{place}" for place in PLACES for name in ("text", "otherwise")]
        return not any(self.cleaned_data.get(name) for name in ("nothing", *names))

    def requests(self) -> list[Request]:
        """Return what was typed. Raises Refused for nothing that is not said to be nothing."""
        typed = self.cleaned_data
        found = [
            Request(typed[f"text_{place}"], typed[f"kroner_{place}"], typed[f"otherwise_{place}"])
            for place in PLACES
            if typed[f"text_{place}"] or typed[f"otherwise_{place}"]
        ]
        if typed["nothing"]:
            return []
        if not found:
            raise Refused(text_1=_("Write a request, or say below that there is none."))
        return found


class AnswerForm(PlainForm):
    """Form for the executive board's answer to a request."""

    answer = forms.ChoiceField(
        label=gettext_lazy("Answer"),
        choices=[
            (BoardAnswer.Answer.APPROVED, gettext_lazy("Approve")),
            (BoardAnswer.Answer.REFUSED, gettext_lazy("Refuse")),
            (BoardAnswer.Answer.ASKED, gettext_lazy("Ask a question")),
        ],
    )
    text = forms.CharField(
        label=gettext_lazy("In words"),
        help_text=gettext_lazy("Needed for a no and for a question."),
        required=False,
        max_length=TEXT_LENGTH,
        widget=forms.Textarea({"rows": 2}),
    )


def _fields_of(place: int) -> dict[str, forms.Field]:
    values = {"number": place}
    return {
        "text": forms.CharField(
            label=_("We ask the executive board, %(number)d") % values,
            help_text=_("One sentence that begins with “to”, for example to grant money."),
            required=False,
            max_length=SENTENCE,
        ),
        "kroner": KronerField(
            label=_("Kroner, %(number)d") % values,
            help_text=_("Empty if it costs nothing."),
            required=False,
        ),
        "otherwise": forms.CharField(
            label=_("What happens otherwise, %(number)d") % values,
            help_text=_("One sentence: what stands as it is if the board says no."),
            required=False,
            max_length=SENTENCE,
        ),
    }
