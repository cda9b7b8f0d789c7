"""Base forms of all rooms: native controls, errors beside the field, filters, adding, moments."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from kommissorium.core.files.file_types import FileRefused, media_type
from kommissorium.core.refusals import Refused
from kommissorium.core.richtext import RichTextRefused, is_empty, sanitise
from kommissorium.core.ui.fields import DateInput, NumberInput, RichText, TimeInput
from kommissorium.core.ui.required import When, refuse_lacking

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


NATIVE: dict[type[forms.Widget], Callable[[dict[str, Any]], forms.Widget]] = {
    forms.DateInput: DateInput,
    forms.TimeInput: TimeInput,
}

PLAIN_WORDS: dict[type[forms.Field], StrPromise] = {
    forms.DateField: _("Write a date like 25.11.2026."),
    forms.TimeField: _("Write a time like 13.00."),
    forms.IntegerField: _("Write a number, digits only."),
}


def label_of(model: type[Model], name: str) -> StrPromise:
    """Return what the model calls its field, to stand as the label of it in a form."""
    field: Any = model._meta.get_field(name)  # noqa: SLF001
    label: StrPromise = capfirst(field.verbose_name)
    return label


class RichTextField(forms.CharField):
    """Formatted text: gives the sanitised HTML, or "" where a reader would see nothing.

    Text without tags, as typed where the editor does not run, becomes paragraphs.
    """

    widget = RichText

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        try:
            html = sanitise(text)
            return "" if is_empty(html) else html
        except RichTextRefused as refused:
            raise ValidationError(str(refused), code="rich_text") from None

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return super().has_changed(sanitise(initial or ""), sanitise(data or ""))
        except RichTextRefused:
            return True


class VersionField(forms.IntegerField):
    """The hidden version of the row that a form was filled from; 0 where there was none."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, widget=forms.HiddenInput, **kwargs)

    def clean(self, value: Any) -> int:
        return super().clean(value) or 0


class RowsField(forms.MultipleChoiceField):
    """Tick some of the rows offered; gives the rows. Others are passed over."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self.rows: dict[str, Model] = {}

    def offer(self, rows: Iterable[Model]) -> None:
        """Offer these rows."""
        self.rows = {str(row.pk): row for row in rows}
        self.choices = [(key, str(row)) for key, row in self.rows.items()]

    def valid_value(self, value: Any) -> bool:
        return True

    def clean(self, value: Any) -> Any:
        keys: list[str] = super().clean(value)
        return [self.rows[key] for key in keys if key in self.rows]


class PlainForm(forms.Form):
    """A form whose fields get the browser's own controls and take numbers as Danes type them.

    Show it with `{% form_body form %}`, or field by field with `{% field form.name %}`.
    """

    required_when: Mapping[str, When] = {}  # fields that else may stay empty

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            make_native(field)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        refuse_lacking(self)
        return said

    def given(self) -> dict[str, Any]:
        """Return the arguments of the action."""
        return self.cleaned_data

    def keep_version(self, version: int) -> None:
        """Make the form carry the version of the row it was filled from."""
        self.fields["edit_version"] = forms.IntegerField(widget=forms.HiddenInput)
        self.initial["edit_version"] = version


def may_come_in(file: UploadedFile[Any]) -> None:
    """Validate a file that is to be kept: another program looks into it, which takes time.

    It is looked into here, before a transaction begins, so that nobody else who writes waits for
    it; as it is stored no second look is needed.
    """
    try:
        media_type(file.read(), file.name or "")
    except FileRefused as refused:
        raise ValidationError(f"{file.name}: {refused}") from None
    file.seek(0)


def make_native(field: forms.Field) -> None:
    """Give a field the browser's control, and let numbers be typed as 1.250.000 or 12,5."""
    build = NATIVE.get(type(field.widget))
    if build is not None:
        replace_widget(field, build(field.widget.attrs))
    if isinstance(field, forms.IntegerField) and not field.widget.is_hidden:
        _take_danish_numbers(field)
    _use_plain_words(field)


def _use_plain_words(field: forms.Field) -> None:
    own = field.error_messages
    if own["required"] == forms.Field.default_error_messages["required"]:
        own["required"] = _("Must be filled in.")
    for kind, sentence in PLAIN_WORDS.items():
        if isinstance(field, kind) and own["invalid"] == kind.default_error_messages["invalid"]:
            own["invalid"] = sentence


def _take_danish_numbers(field: forms.IntegerField) -> None:
    decimals = isinstance(field, forms.DecimalField | forms.FloatField)
    # Without this Django reads "1.000" as 1.
    field.localize = True
    if type(field.widget) is forms.NumberInput:
        kept = {k: v for k, v in field.widget.attrs.items() if k not in {"min", "max", "step"}}
        replace_widget(field, NumberInput(kept, decimals=decimals))


def replace_widget(field: forms.Field, widget: forms.Widget) -> None:
    """Put another control on a field that a form has already made."""
    widget.is_required = field.required
    field.widget = widget


def add_refusal(form: forms.Form, refused: Refused) -> None:
    """Put a refusal's sentences beside the fields they are about, the rest above the form."""
    for name, sentence in refused.errors.items():
        shown = name in form.fields and not form[name].is_hidden
        form.add_error(name if shown else NON_FIELD_ERRORS, sentence)


@contextmanager
def beside_fields(form: forms.Form) -> Iterator[None]:
    """Make what an action's rule refuses an error of the form that is cleaned, among its others."""
    try:
        yield
    except Refused as refused:
        add_refusal(form, refused)


class AddingField(forms.Field):
    """A field that gives a row which may not be saved yet: it is added before the act is done."""

    def let_add(self, by: Any, initial: Any) -> None:
        """Offer the field's addition to a person with the right; `initial` is the first choice."""
        raise NotImplementedError

    def add(self, row: Any) -> Model:
        """Add the row, by an action; return it."""
        raise NotImplementedError


def let_add[F: forms.BaseForm](form: F, by: Any) -> F:
    """Set the person who fills the form in, so that its fields offer additions; return the form."""
    for name, field in form.fields.items():
        if isinstance(field, AddingField):
            field.let_add(by, form.get_initial_for_field(field, name))
    return form


def with_added[T](act: Callable[[], T], *filled: forms.BaseForm) -> T:
    """Do the act of valid forms, after adding their fields' new rows; all of it, or nothing."""
    new = [(form, name) for form in filled for name in form.fields if _is_new(form, name)]
    if not new:
        return act()
    with transaction.atomic():
        for form, name in new:
            field: Any = form.fields[name]
            form.cleaned_data[name] = field.add(form.cleaned_data[name])
        return act()


def _is_new(form: forms.BaseForm, name: str) -> bool:
    value = form.cleaned_data.get(name)
    return isinstance(form.fields[name], AddingField) and value is not None and value.pk is None


NOT_NARROWED = ("", _("All"))
FEW: Final = 15  # rows of a list that are found without a search


class FilterForm(PlainForm):
    """The filters of a list. Nonsense in the address narrows nothing."""

    all_may_stay_empty = True

    def value(self, name: str) -> str:
        """Return the value asked for; "" for nothing or nonsense."""
        if not hasattr(self, "cleaned_data"):
            self.full_clean()
        return str(self.cleaned_data.get(name) or "").strip()

    @property
    def narrows(self) -> bool:
        """Return whether anything is asked for."""
        return any(self.value(name) for name in self.fields)

    def offer(self, name: str, choices: Iterable[Any], all_label: Any = NOT_NARROWED[1]) -> None:
        """Offer a field these choices, or all."""
        self.fields[name].choices = [("", all_label), *choices]  # type: ignore[attr-defined]


def words_field(label: Any = None, max_length: int | None = 200) -> forms.CharField:
    """Return a field for words to look for."""
    return forms.CharField(
        label=label or _("Words"),
        required=False,
        max_length=max_length,
        widget=forms.TextInput({"type": "search", "class": "form-input"}),
    )


def choice_field(label: Any, choices: Iterable[Any] = ()) -> forms.ChoiceField:
    """Return a field to choose one of several, or none."""
    widget = forms.Select({"class": "form-select"})
    return forms.ChoiceField(label=label, choices=choices, required=False, widget=widget)


class MomentWidget(forms.SplitDateTimeWidget):
    """A day and a time of day, in the browser's own controls."""

    def __init__(self) -> None:
        super().__init__({"class": "width-short"})
        day, time = _("Day"), _("Time of day")
        self.widgets = (DateInput({"aria-label": day}), TimeInput({"aria-label": time}))


class MomentField(forms.SplitDateTimeField):
    """A moment, typed as a day and a time here; no moment is refused.

    Where clocks go back the first of two counts, of a time they jump over the one an hour on.
    """

    widget = MomentWidget

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        for field in self.fields:
            field.error_messages["invalid"] = PLAIN_WORDS[type(field)]

    def compress(self, data_list: Any) -> datetime | None:
        given = [one for one in data_list or () if one is not None]
        if len(given) == 1:
            raise forms.ValidationError(_("Write both a day and a time."))
        return timezone.make_aware(datetime.combine(*given)) if given else None
