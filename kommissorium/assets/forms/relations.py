"""Form for a relation between two assets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kommissorium.assets.map import BACKWARDS
from kommissorium.assets.models import Asset, Relation
from kommissorium.core.ui.forms import PlainForm

BACK = "-back"


class RelationForm(PlainForm):
    """The relation, and the other of the two among those that were searched for."""

    kind = forms.ChoiceField(label=_("What it has to do with it"), widget=forms.RadioSelect)
    other = forms.ChoiceField(
        label=_("The other"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose one of those found, or search again."),
            "invalid_choice": _("Choose one of those found, or search again."),
        },
    )

    def __init__(self, data: Any = None, *, asset: Asset, found: Sequence[Asset]) -> None:
        super().__init__(data)
        self.found = {str(one.pk): one for one in found}
        choices = [
            (code + back, f"{asset.name} {words} …")
            for kind, label in Relation.Kind.choices
            for code, back, words in ((kind, "", label), (kind, BACK, BACKWARDS[kind]))
        ]
        self.fields["kind"].choices = choices  # type: ignore[attr-defined]
        self.fields["other"].choices = [  # type: ignore[attr-defined]
            (key, f"{one.name} ({one.get_kind_display()})") for key, one in self.found.items()
        ]

    def values(self) -> dict[str, Any]:
        """Return the arguments of the action."""
        kind: str = self.cleaned_data["kind"]
        return {
            "kind": kind.removesuffix(BACK),
            "backwards": kind.endswith(BACK),
            "other": self.found[self.cleaned_data["other"]],
        }
