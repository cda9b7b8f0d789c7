"""Controls of forms: the browser's own wherever it has one."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.templatetags.static import static
from django.utils.formats import localize_input
from django.utils.translation import gettext as _
from django.utils.translation import pgettext


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
        "heading": pgettext("editor", "Heading"),
        "subheading": pgettext("editor", "Subheading"),
        "bullets": _("Bulleted list"),
        "numbers": _("Numbered list"),
        "quote": pgettext("editor", "Quotation"),
        "link": pgettext("editor", "Link"),
        "table": _("Insert table"),
        "undo": pgettext("editor", "Undo"),
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
