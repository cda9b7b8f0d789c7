"""Forms beside the items of an agenda that is read: a question, its answer and a private note."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kommissorium.core.ui.forms import PlainForm
from kommissorium.meetings.models.reading import LONGEST_NOTE, LONGEST_QUESTION


class QuestionForm(PlainForm):
    """A question on one item; many stand on a page, each named by its item."""

    text = forms.CharField(
        label=_("Your question"),
        max_length=LONGEST_QUESTION,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, key: int, data: Any = None) -> None:
        super().__init__(data, auto_id=f"question-{key}-%s")


class QuestionAnswerForm(PlainForm):
    """The answer to a question."""

    answer = forms.CharField(
        label=_("The answer"),
        max_length=LONGEST_QUESTION,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, key: int, data: Any = None) -> None:
        super().__init__(data, auto_id=f"answer-{key}-%s")


class NoteForm(PlainForm):
    """A private note on one item; left empty it is gone."""

    all_may_stay_empty = True

    text = forms.CharField(
        label=_("Your private note"),
        max_length=LONGEST_NOTE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, key: int, data: Any = None, *, text: str = "") -> None:
        super().__init__(data, initial={"text": text}, auto_id=f"note-{key}-%s")
