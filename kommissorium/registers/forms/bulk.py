"""Form for changing many rows at once: which parts, and to what."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from kommissorium.core.refusals import Refused
from kommissorium.core.ui.forms import PlainForm, add_refusal, make_native
from kommissorium.registers.lists.bulk import LEAVE, BulkPart


class BulkForm(PlainForm):
    """Form made of the parts' fields; once valid, `wishes` holds the change to make per part."""

    def __init__(self, data: Any = None, *, parts: Iterable[BulkPart[Any]]) -> None:
        super().__init__(data)
        self.parts, self.wishes = list(parts), dict[str, Any]()
        for part in self.parts:
            for name, made in part.fields().items():
                self.fields[name] = made
                make_native(made)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if self.errors:
            return said
        try:
            found = {part.code: part.wish(said) for part in self.parts}
        except Refused as refused:
            add_refusal(self, refused)
            return said
        self.wishes = {code: wish for code, wish in found.items() if wish is not LEAVE}
        if not self.wishes:
            self.add_error(None, _("Choose at least one thing to change."))
        return said
