"""What the list of risks is narrowed to, and the day another picture is asked for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kommissorium.assets.models import Area
from kommissorium.core.ui.forms import PlainForm
from kommissorium.risks.models import Group, Scale, Step, Treatment
from kommissorium.risks.moving import WAYS

NONE, NO_AREA, AFTER, YES, NO = "none", "none", "after", "yes", "no"
ALL: Final = ("", _("All"))
# Wishes behind "More to choose by"; the others always stand above the list.
CHOSEN: Final = ("of", "likelihood", "consequence", "treatment", "accepted")
WRITTEN: Final = ("owner", "asset")
FLAGS: Final = ("above", "without_owner", "unsaid")
FOLDED: Final = (*CHOSEN, *WRITTEN, *FLAGS)
HIDDEN: Final = ("assessment", "since", "moved")


class RiskFilter(PlainForm):
    """What the address asks for. Nonsense in it narrows nothing.

    `owner` and `asset` take words of a name, or the key of a row as other pages link to it.
    `moved` is a way a risk went `since` a day.
    """

    q = forms.CharField(label=_("Words"), required=False, max_length=200)
    group = forms.ChoiceField(label=_("Category"), choices=[ALL, *Group.choices], required=False)
    area = forms.ChoiceField(label=_("Area"), required=False)
    rank = forms.ChoiceField(label=_("Risk"), required=False)
    of = forms.ChoiceField(
        label=_("Which picture"),
        choices=[("", _("Today")), (AFTER, _("After the treatment"))],
        required=False,
    )
    likelihood = forms.ChoiceField(label=_("Likelihood"), required=False)
    consequence = forms.ChoiceField(label=_("Consequence"), required=False)
    treatment = forms.ChoiceField(
        label=_("Treatment"),
        choices=[
            ALL,
            *[(one.value, one.label) for one in Treatment if one.value],
            (NONE, Treatment.NONE.label),
        ],
        required=False,
    )
    accepted = forms.ChoiceField(
        label=_("Acceptance"),
        choices=[ALL, (YES, _("Accepted by somebody")), (NO, _("Accepted by nobody"))],
        required=False,
    )
    owner = forms.CharField(label=_("Risk owner"), required=False, max_length=200)
    asset = forms.CharField(label=_("System, data or archive"), required=False, max_length=200)
    above = forms.BooleanField(label=_("Above the risk level"), required=False)
    without_owner = forms.BooleanField(label=_("Without risk owner"), required=False)
    unsaid = forms.BooleanField(
        label=_("Nobody has said what the treatment leaves"), required=False
    )
    assessment = forms.IntegerField(required=False, min_value=1, max_value=10**9)
    since = forms.DateField(required=False)
    moved = forms.ChoiceField(choices=[("", ""), *[(way, way) for way in WAYS]], required=False)

    def __init__(self, data: Any, *, areas: Iterable[Area], scale: Scale | None) -> None:
        super().__init__(data)
        self.areas = list(areas)
        named = [(str(area.pk), area.name) for area in self.areas if not area.closed_on]
        self._offer("area", [*named, (NO_AREA, _("No area"))])
        bands = [(str(band.rank), band.name) for band in scale.band_list] if scale else []
        self._offer("rank", list(reversed(bands)))
        self._offer("likelihood", _steps(scale.likelihood_steps if scale else []))
        self._offer("consequence", _steps(scale.consequence_steps if scale else []))
        self.full_clean()

    def _offer(self, name: str, choices: list[Any]) -> None:
        self.fields[name].choices = [ALL, *choices]  # type: ignore[attr-defined]

    def show(self, name: str, text: str) -> None:
        """Let the key of a row stand in its field as what the row is called."""
        self.data = {**dict(self.data.items()), name: text}

    def wish(self, name: str) -> str:
        """Return what was wished for; "" for nothing or nonsense."""
        wish = self.cleaned_data.get(name, "")
        return str(wish or "").strip()

    def number(self, name: str) -> int:
        """Return the step or rank that was wished for; 0 for none."""
        return int(self.wish(name) or 0)

    @property
    def since_day(self) -> date | None:
        """Return the day the risks are compared with; None unless a way they went is asked for."""
        day: date | None = self.cleaned_data.get("since")
        return day if self.wish("moved") else None

    @property
    def asked(self) -> frozenset[str]:
        """Return the names of what is asked for."""
        return frozenset(name for name in self.fields if self.wish(name))

    @property
    def narrows(self) -> bool:
        """Return whether the list is narrowed to anything."""
        return bool(self.asked - {"of", "since"})

    @property
    def told(self) -> list[str]:
        """Return what of the folded wishes is asked for, in words."""
        return [self._told(name) for name in FOLDED if name in self.asked]

    def _told(self, name: str) -> str:
        if name in FLAGS:
            return str(self[name].label)
        chosen = dict(getattr(self.fields[name], "choices", ()))
        words = chosen.get(self.wish(name)) or self[name].value()
        return f"{self[name].label}: {words}"

    @property
    def plain(self) -> list[forms.BoundField]:
        return [self["group"], self["area"], self["rank"]]

    @property
    def chosen(self) -> list[forms.BoundField]:
        return [self[name] for name in CHOSEN]

    @property
    def written(self) -> list[forms.BoundField]:
        return [self[name] for name in WRITTEN]

    @property
    def flags(self) -> list[tuple[forms.BoundField, bool]]:
        return [(self[name], bool(self.wish(name))) for name in FLAGS]

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """Return what came with a link and stays while the form is used."""
        return [(name, self.wish(name)) for name in HIDDEN if self.wish(name)]


def _steps(steps: list[Step]) -> list[tuple[str, str]]:
    return [(str(step.number), step.name) for step in reversed(steps)]


class ThenForm(PlainForm):
    """The day to be compared with today."""

    then = forms.DateField(
        label=_("Compare with"),
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"invalid": _("Write the day as a date.")},
    )

    def clean_then(self) -> date:
        then: date = self.cleaned_data["then"]
        if then >= timezone.localdate():
            raise forms.ValidationError(_("Choose a day gone by."))
        return then
