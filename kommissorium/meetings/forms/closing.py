"""The field that says why something is closed: a law from the list, and own words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.core.ui.required import When, chosen
from kommissorium.meetings.closing_grounds import (
    LONGEST,
    MOST_OWN_WORDS,
    ground_text,
    grounds,
    law_and_words,
)

NO_GROUND = gettext_lazy("Choose the law that the closing rests on.")
CLOSED = When(gettext_lazy("it is closed"), chosen("is_closed", True), NO_GROUND)


class ClosingGroundInput(forms.Widget):
    """A list of laws and a line for own words; together they are one text."""

    use_fieldset = True

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> str:
        """Return the ground as one text; words alone may begin with a law of the list."""
        return ground_text(data.get(f"{name}_law", ""), data.get(name, ""))

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return name not in data and f"{name}_law" not in data

    def use_required_attribute(self, initial: Any) -> bool:
        """Return False: only what is closed needs a ground."""
        return False

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        law, words = law_and_words(value or "")
        context = {
            "name": name,
            "id": (attrs or {}).get("id", name),
            "law": law.code if law else "",
            "words": words,
            "most": MOST_OWN_WORDS,
            "grounds": grounds(),
        }
        return render_to_string("meetings/parts/closing_ground.html", context)


class ClosingGroundField(forms.CharField):
    """Ground for closing something. Gives "" where no law is chosen, whatever words there are.

    Whether there must be one is for the form to ask: only of what is closed.
    """

    widget = ClosingGroundInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=gettext_lazy("Legal basis and reason for closing"),
            help_text=gettext_lazy("Choose the law it rests on."),
            required=False,
            max_length=LONGEST,
            error_messages={
                "max_length": gettext_lazy("Your own words are too long. Shorten them.")
            },
            **kwargs,
        )

    def clean(self, value: Any) -> str:
        text = self.to_python(value) or ""
        self.run_validators(text)
        law, words = law_and_words(text)
        if law is None:
            return ""
        if law.needs_words and not words:
            raise ValidationError(_("Say in your own words why this law applies here."))
        return text
