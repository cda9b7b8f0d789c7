"""Input that forms accept: numbers, dates and texts as people write them."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal

import pytest
from django import forms
from django.utils import translation

from kommissorium.core.refusals import Refused
from kommissorium.core.ui.forms import PlainForm, RichTextField, add_refusal


class Numbers(PlainForm):
    whole = forms.IntegerField(required=False)
    part = forms.DecimalField(required=False)
    year = forms.IntegerField(initial=2026, required=False)


class Days(PlainForm):
    on = forms.DateField(required=False)
    at = forms.TimeField(required=False)


class Texts(PlainForm):
    title = forms.CharField(required=False)
    text = RichTextField(required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


@pytest.fixture(autouse=True)
def danish():
    with translation.override("da"):
        yield


def taken(form: forms.Form, name: str) -> object:
    assert form.is_valid(), form.errors
    return form.cleaned_data[name]


@pytest.mark.parametrize(
    ("typed", "number"),
    [("1000", 1000), ("1.000", 1000), ("1.250.000", 1_250_000), (" 7 ", 7), ("-3", -3)],
)
def test_a_whole_number_may_have_its_thousands_parted(typed, number):
    assert taken(Numbers({"whole": typed}), "whole") == number


@pytest.mark.parametrize(
    ("typed", "number"), [("12,5", "12.5"), ("1.250,75", "1250.75"), ("3", "3")]
)
def test_a_part_of_a_number_follows_a_comma(typed, number):
    assert taken(Numbers({"part": typed}), "part") == Decimal(number)


@pytest.mark.parametrize("typed", ["x", "1,5", "1e9", "12 stk"])
def test_what_is_no_whole_number_is_refused(typed):
    assert "whole" in Numbers({"whole": typed}).errors


def test_a_year_is_shown_without_a_point():
    assert 'value="2026"' in str(Numbers()["year"])


@pytest.mark.parametrize("typed", ["2026-11-25", "25.11.2026", "25-11-2026", "25/11/2026"])
def test_a_date_is_taken_as_danes_write_it(typed):
    assert taken(Days({"on": typed}), "on") == date(2026, 11, 25)


@pytest.mark.parametrize("typed", ["13:00", "13.00", "13:00:00"])
def test_a_time_is_taken_with_point_or_colon(typed):
    assert taken(Days({"at": typed}), "at") == time(13, 0)


def test_a_date_travels_to_the_browser_as_its_control_wants_it():
    form = Days(initial={"on": date(2026, 11, 25), "at": time(13, 0)})
    assert 'value="2026-11-25"' in str(form["on"])
    assert 'value="13:00"' in str(form["at"])


def test_a_wrong_date_is_refused_in_plain_words_and_stays():
    form = Days({"on": "31.02.2026"})
    assert "25.11.2026" in form.errors["on"][0]
    assert 'value="31.02.2026"' in str(form["on"])


def test_text_typed_without_the_editor_becomes_paragraphs():
    text = taken(Texts({"text": "First line.\n\nSecond & last."}), "text")
    assert text == "<p>First line.</p><p>Second &amp; last.</p>"


@pytest.mark.parametrize("typed", ["", "   ", "<p></p>", "<p> </p><p><br></p>"])
def test_a_text_nobody_can_see_is_empty(typed):
    assert taken(Texts({"text": typed}), "text") == ""


def test_what_a_text_may_not_carry_is_taken_out():
    text = taken(Texts({"text": '<p onclick="x()">A</p><script>x</script><img src=x>'}), "text")
    assert text == "<p>A</p>"


def test_an_empty_text_that_is_needed_is_refused():
    class Needed(PlainForm):
        text = RichTextField()

    assert "text" in Needed({"text": "<p></p>"}).errors


def test_a_text_too_long_is_refused_beside_the_field():
    assert "text" in Texts({"text": "x" * 200_001}).errors


def test_a_text_the_editor_only_wrote_otherwise_has_not_changed():
    form = Texts({"text": "<p><b>A</b></p>"}, initial={"text": "<p><strong>A</strong></p>"})
    assert "text" not in form.changed_data


def test_a_refusal_goes_to_its_field_or_to_the_top():
    form = Texts({"title": "x"})
    add_refusal(form, Refused("The meeting is over.", title="Taken.", version="Old.", other="Odd."))
    assert form.errors["title"] == ["Taken."]
    assert sorted(form.non_field_errors()) == ["Odd.", "Old.", "The meeting is over."]


def test_a_fields_own_words_are_kept():
    class Own(PlainForm):
        name = forms.CharField(error_messages={"required": "Say who."})
        on = forms.DateField(error_messages={"invalid": "Say when."})

    form = Own({"on": "x"})
    assert form.errors == {"name": ["Say who."], "on": ["Say when."]}
