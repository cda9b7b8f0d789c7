from __future__ import annotations

from datetime import date, time

import pytest
from django import forms

from kommissorium.core.ui.forms import PlainForm, RichTextField
from kommissorium.core.ui.responses import Difference, differences, worded

KINDS = [("d", "Decide"), ("More", [("i", "Inform"), ("t", "Talk")])]


class Point(PlainForm):
    title = forms.CharField(label="Title")
    text = RichTextField(label="Text", required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)


def test_only_what_differs_is_told():
    form = Point({"title": "Mine", "text": "<p>Same</p>", "version": 1})
    form.full_clean()
    current = {"title": "Theirs", "text": "<p>Same</p>", "version": 2, "owner": 5}
    assert differences(form, current) == [Difference("Title", "Mine", "Theirs")]


def test_a_value_that_was_refused_is_still_shown_as_mine():
    form = Point({"title": "", "text": "x", "version": 1})
    form.full_clean()
    assert differences(form, {"title": "Theirs"}) == [Difference("Title", "(empty)", "Theirs")]


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        (forms.ChoiceField(choices=KINDS), "t", "Talk"),
        (forms.ChoiceField(choices=KINDS), "gone", "gone"),
        (forms.MultipleChoiceField(choices=KINDS), ["d", "i"], "Decide, Inform"),
        (forms.BooleanField(), True, "Yes"),
        (forms.BooleanField(), False, "No"),
        (forms.DateField(), date(2026, 11, 25), "25 November 2026"),
        (forms.TimeField(), time(13, 0), "13:00"),
        (forms.IntegerField(), 1250000, "1,250,000"),
        (forms.CharField(), None, "(empty)"),
        (forms.CharField(), "", "(empty)"),
        (RichTextField(), "<p>A <strong>b</strong></p>", "A b"),
    ],
)
def test_a_value_is_told_as_a_person_reads_it(field, value, words):
    assert worded(field, value) == words
