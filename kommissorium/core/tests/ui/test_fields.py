"""The rendering of a form's fields: label, help, error, control, tied together for all readers."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from html import unescape

import pytest
from django import forms
from django.template import engines

from kommissorium.core.ui.forms import PlainForm, RichTextField
from kommissorium.core.ui.required import When, chosen


class Everything(PlainForm):
    title = forms.CharField(label="Title", help_text="Short.")
    place = forms.ChoiceField(label="Place", choices=[("", "–"), ("b", "Hall")], required=False)
    kind = forms.ChoiceField(choices=[("d", "Decide"), ("i", "Inform")], widget=forms.RadioSelect)
    people = forms.MultipleChoiceField(
        choices=[(1, "Karen"), (2000, "Morten")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    closed = forms.BooleanField(label="Closed", required=False)
    on = forms.DateField()
    at = forms.TimeField()
    amount = forms.IntegerField(required=False)
    email = forms.EmailField(required=False)
    secret = forms.CharField(widget=forms.PasswordInput, required=False)
    text = RichTextField(label="Text", required=False)
    note = forms.CharField(widget=forms.Textarea, required=False)
    file = forms.FileField(required=False)
    hidden = forms.CharField(widget=forms.HiddenInput, required=False)


def shown(source: str, **context: object) -> str:
    template = engines["django"].from_string("{% load ui %}" + source)
    return re.sub(r"\s+", " ", template.render(context))


def field(name: str, form: forms.Form | None = None, options: str = "") -> str:
    return shown("{% field form." + name + " " + options + " %}", form=form or Everything())


def test_a_label_stands_above_and_names_its_control():
    html = field("title")
    assert html.index('<label class="form-label" for="id_title"') < html.index('id="id_title"')


def test_help_is_tied_to_the_control():
    html = field("title")
    assert 'id="id_title_helptext">Short.' in html
    assert 'aria-describedby="id_title_helptext"' in html


def test_an_error_is_beside_the_field_and_tied_to_it():
    html = field("title", Everything({}))
    assert "form-error" in html
    assert 'id="id_title_error"' in html
    assert "Must be filled in." in html
    assert 'aria-describedby="id_title_helptext id_title_error"' in html
    assert 'aria-invalid="true"' in html


def test_a_sound_field_says_nothing_of_errors():
    html = field("title", Everything({"title": "x"}))
    assert "form-error" not in html
    assert "aria-invalid" not in html


@pytest.mark.parametrize(("name", "marked"), [("place", True), ("title", False), ("closed", False)])
def test_what_may_be_left_out_says_so(name, marked):
    assert ("(optional)" in field(name)) == marked


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("on", 'type="date"'),
        ("at", 'type="time"'),
        ("amount", 'inputmode="numeric"'),
        ("email", 'type="email"'),
        ("secret", 'type="password"'),
        ("file", 'type="file"'),
        ("place", 'class="form-select width-medium"'),
        ("note", "<textarea"),
        ("on", "width-short"),
    ],
)
def test_each_kind_gets_the_control_made_for_it(name, part):
    assert part in field(name)


def test_a_number_is_not_a_number_input():
    assert 'type="number"' not in field("amount")


def test_a_width_can_be_asked_for():
    assert 'class="form-input width-short"' in field("title", options='width="short"')


def test_radio_buttons_are_a_group_with_a_legend():
    html = field("kind")
    assert "<fieldset" in html
    assert "<legend" in html
    assert html.count('type="radio"') == 2
    assert '<label for="id_kind_0">Decide</label>' in html


def test_a_groups_error_is_told_of_the_group():
    assert '<fieldset aria-describedby="id_kind_error"' in field("kind", Everything({}))


def test_tick_boxes_keep_what_was_ticked_and_plain_keys():
    html = field("people", Everything({"people": ["2000"]}))
    assert re.search(r'value="2000" checked', html)
    assert not re.search(r'value="1" checked', html)


def test_one_tick_box_has_its_label_behind_it():
    html = field("closed")
    assert html.index('type="checkbox"') < html.index("Closed")
    assert "form-checkbox" in html


def test_formatted_text_carries_the_words_of_its_editor():
    html = field("text")
    words = json.loads(unescape(re.search(r'data-rich="([^"]*)"', html).group(1)))
    assert words["bold"] == "Bold"
    assert "vendor/icons.svg" in html
    assert "required" not in html


def test_what_was_typed_is_shown_again_and_harmless():
    html = field("title", Everything({"title": '"><script>x</script>'}))
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_the_sum_of_errors_leads_to_each_field():
    html = shown("{% form_errors form %}", form=Everything({}))
    assert 'role="alert"' in html
    assert 'href="#id_title"' in html
    assert 'href="#id_kind_0"' in html


def test_without_errors_there_is_no_sum():
    assert shown("{% form_errors form %}", form=Everything()).strip() == ""


def test_errors_of_the_whole_form_and_of_hidden_fields_are_told():
    form = Everything({"title": "x", "kind": "d", "on": "2026-11-25", "at": "13:00"})
    form.add_error(None, "The meeting is over.")
    form.add_error("hidden", "It has moved.")
    html = shown("{% form_errors form %}", form=form)
    assert "The meeting is over." in html
    assert "It has moved." in html


def test_a_whole_form_has_every_field_once():
    html = shown("{% form_body form %}", form=Everything())
    names = set(re.findall(r'name="(\w+)"', html))
    assert names == set(Everything.base_fields)


def test_a_label_that_asks_needs_no_colon():
    class Asking(PlainForm):
        who = forms.CharField(label="Who?")

    html = shown("{% form_errors form %}", form=Asking({}))
    assert "Who? Must be filled in." in html


class Conditional(PlainForm):
    required_when: Mapping[str, When] = {
        "why": When("it is late", chosen("late", "yes"), "Write why."),
        "file": When("nothing else shows it"),
    }

    late = forms.ChoiceField(choices=[("no", "No"), ("yes", "Yes")])
    why = forms.CharField(required=False)
    file = forms.CharField(required=False)
    sure = forms.CharField()


def test_what_is_required_on_a_condition_says_when_and_never_that_it_is_optional():
    html = field("why", Conditional())
    assert "(required when it is late)" in html
    assert "(optional)" not in html + field("file", Conditional())
    assert "required when" not in field("sure", Conditional())


def test_where_the_condition_holds_it_is_refused_with_all_other_errors():
    form = Conditional({"late": "yes"})
    assert form.errors == {"why": ["Write why."], "sure": ["Must be filled in."]}


@pytest.mark.parametrize("sent", [{"late": "no"}, {"late": "yes", "why": "Snow."}])
def test_else_it_may_stay_empty(sent):
    assert Conditional({**sent, "sure": "x"}).is_valid()
