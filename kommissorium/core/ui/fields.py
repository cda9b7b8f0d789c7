"""Controls of forms, the browser's own wherever it has one, and the layout of each field."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Literal

from django import forms
from django.forms.boundfield import BoundField
from django.templatetags.static import static
from django.utils.formats import localize_input
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kommissorium.core.ui.required import When, condition_of


class DateInput(forms.DateInput):
    """The browser's own calendar; the value travels as 2026-11-25."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    """The browser's own clock; the value travels as 13:00."""

    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")


class NumberInput(forms.TextInput):
    """A line for digits. Not type=number: that refuses 1.250.000 and changes with the wheel."""

    def __init__(self, attrs: dict[str, Any] | None = None, *, decimals: bool = False) -> None:
        self.decimals = decimals
        inputmode = "decimal" if decimals else "numeric"
        super().__init__({"inputmode": inputmode, "autocomplete": "off", **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        """Return a whole number as its digits: a year is not written 2.026."""
        if value is None or value == "":
            return None
        return str(localize_input(value)) if self.decimals else str(value)


class RichText(forms.Textarea):
    """A text area that becomes an editor in browsers that can. Used by RichTextField.

    `rows` says how tall it starts.
    """

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"rows": 8, **(attrs or {})})

    def use_required_attribute(self, initial: Any) -> bool:
        """Return False: the browser cannot point at a field that the editor has replaced."""
        return False

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        words = json.dumps(editor_words(), ensure_ascii=False)
        given = {"data-rich": words, "data-icons": static("vendor/icons.svg")}
        return super().get_context(name, value, {**(attrs or {}), **given})


def editor_words() -> dict[str, str]:
    """Return the editor's words, by the name its code knows the button by."""
    return {
        "toolbar": _("Formatting"),
        "bold": pgettext("editor", "Bold"),
        "italic": pgettext("editor", "Italic"),
        "heading": _("Heading"),
        "subheading": pgettext("editor", "Subheading"),
        "bullets": _("Bulleted list"),
        "numbers": _("Numbered list"),
        "quote": pgettext("editor", "Quotation"),
        "link": pgettext("editor", "Link"),
        "table": _("Insert table"),
        "undo": _("Undo"),
        "redo": pgettext("editor", "Redo"),
        "rowBelow": _("Row below"),
        "columnRight": _("Column to the right"),
        "deleteRow": _("Delete row"),
        "deleteColumn": _("Delete column"),
        "deleteTable": _("Delete table"),
        "address": _("Address of the link"),
        "addressWrong": _("Write an address that starts with https:// or an e-mail address."),
        "setLink": _("Insert link"),
        "removeLink": _("Remove link"),
        "cancel": _("Cancel"),
    }


type Kind = Literal["line", "group", "tick", "rich"]
type Width = Literal["", "short", "medium", "full"]

SHORT = (forms.DateInput, forms.TimeInput, forms.NumberInput)
CLASSES: dict[type[forms.Widget], str] = {
    forms.Select: "form-select",
    forms.FileInput: "form-file",
    forms.CheckboxInput: "form-checkbox",
}


@dataclass(frozen=True)
class FieldLayout:
    """The values that the template of a field needs."""

    bound: BoundField
    kind: Kind
    control: SafeString | str
    described_by: str
    target: str

    @property
    def label_id(self) -> str:
        return f"{self.bound.auto_id}_label"

    @property
    def condition(self) -> When | None:
        return condition_of(self.bound.form, self.bound.name)

    @property
    def mark(self) -> str:
        """Return the words behind the label: when it is required, or that it may stay empty."""
        if self.condition:
            return _("(required when %(when)s)") % {"when": self.condition.words}
        return _("(optional)") if self.optional else ""

    @property
    def optional(self) -> bool:
        """Return whether it says so; where all may stay empty, as in a filter, none does."""
        if getattr(self.bound.form, "all_may_stay_empty", False) or self.condition:
            return False
        is_wanted = getattr(self.bound.field, "is_wanted", False)  # though it is saved without
        return not (self.bound.field.required or is_wanted or self.kind == "tick")


def laid_out(bound: BoundField, width: Width = "") -> FieldLayout:
    """Return the layout of a field; `width` overrides the width of its control."""
    described_by = " ".join(
        f"{bound.auto_id}_{part}"
        for part, there in [("helptext", bound.help_text), ("error", bound.errors)]
        if there
    )
    kind = kind_of(bound)
    attrs: dict[str, str | bool] = {"class": _classes(bound, width)}
    if described_by and kind != "group":
        attrs["aria-describedby"] = described_by
    return FieldLayout(
        bound=bound,
        kind=kind,
        control="" if has_options(bound) else bound.as_widget(attrs=attrs),
        described_by=described_by,
        target=target_of(bound),
    )


def kind_of(bound: BoundField) -> Kind:
    """Return the layout that the field gets."""
    widget = bound.field.widget
    if widget.use_fieldset:
        return "group"
    if isinstance(widget, forms.CheckboxInput):
        return "tick"
    return "rich" if isinstance(widget, RichText) else "line"


def has_options(bound: BoundField) -> bool:
    """Return whether the field is a list of radio buttons or tick boxes."""
    return isinstance(bound.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple)


def target_of(bound: BoundField) -> str:
    """Return the id a link in the summary of errors leads to."""
    if has_options(bound):
        return f"{bound.auto_id}_0"
    return bound.id_for_label or bound.auto_id


def _classes(bound: BoundField, width: Width) -> str:
    widget = bound.field.widget
    base = next((c for kind, c in CLASSES.items() if isinstance(widget, kind)), "form-input")
    given = str(widget.attrs.get("class", ""))
    chosen = width or _natural_width(widget)
    return " ".join(filter(None, [given, base, f"width-{chosen}" if chosen else ""]))


def _natural_width(widget: forms.Widget) -> Width:
    if isinstance(widget, SHORT) or "inputmode" in widget.attrs:
        return "short"
    if isinstance(widget, forms.EmailInput | forms.PasswordInput | forms.Select):
        return "medium"
    return ""
