"""Layout of one form field: label, help, error, then the control."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from django import forms
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString

from kommissorium.core.ui.widgets import RichText

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
    def optional(self) -> bool:
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
