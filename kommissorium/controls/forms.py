"""Forms about controls and versions of the statement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.person_choice import PersonChoice
from kommissorium.controls.models import Applies, Control, SoaVersion
from kommissorium.core.ui.forms import PlainForm
from kommissorium.core.ui.localised import day
from kommissorium.core.ui.required import When
from kommissorium.registers.forms.rows import RowForm
from kommissorium.registers.installed import registers
from kommissorium.registers.requirements import Says, Shown


class LinkPicker(forms.SelectMultiple):
    """Tick boxes under the register of each item, folded unless something is chosen."""

    template_name = "controls/link_picker.html"
    use_fieldset = True

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        chosen = frozenset(context["widget"]["value"] or ())
        context["groups"] = [
            {
                "name": room,
                "chosen": any(key in chosen for key, _title in found),
                "options": [
                    {
                        "value": key,
                        "id": "".join(letter for letter in key if letter.isalnum()),
                        "title": title,
                        "is_chosen": key in chosen,
                    }
                    for key, title in found
                ],
            }
            for room, found in self.choices
        ]
        return context

    def use_required_attribute(self, initial: Any) -> bool:
        return False


class ControlForm(RowForm):
    """A description of how a control is met; for keepers of the list also applicability and owner.

    `shown` is the evidence to choose among in the registers; None for people who do not read
    them, and leaves what is chosen as it is.
    """

    model = Control
    names: tuple[str, ...] = ("applies", "because", "how", "owner")
    required_when: Mapping[str, When] = {
        "applies": When(_("the statement is put forward")),
        "owner": When(_("the statement is put forward, and it applies")),
    }

    def __init__(
        self, data: Any = None, *, row: Control, shown: Sequence[Shown] | None, keeps: bool
    ) -> None:
        self.names = self.names if keeps else ("how",)
        super().__init__(data, row=row)
        self.links = row.links
        if shown is None:
            return
        self.fields["links"] = forms.MultipleChoiceField(
            label=_("What shows it"),
            help_text=_(
                "Choose what lays it down and what shows that it is done. What is tagged with the "
                "control counts already."
            ),
            choices=choices_of(shown),
            initial=row.links,
            required=False,
            widget=LinkPicker(),
        )

    def values(self) -> dict[str, Any]:
        return {**super().values(), "links": self.cleaned_data.get("links", self.links)}


class DecideForm(PlainForm):
    """Whether many controls apply, and why."""

    applies = forms.ChoiceField(
        label=_("Do they apply?"), choices=[("", _("Choose")), *Applies.choices[1:]]
    )
    because = forms.CharField(
        label=_("Reason"),
        widget=forms.Textarea({"rows": 3}),
        help_text=_("The same reason is written at each of them. It can be changed afterwards."),
    )

    owner = PersonChoice(
        label=_("Who answers for them"), required=False, empty_label=_("Leave as it is")
    )


class StatementForm(RowForm):
    """The news in a version."""

    model = SoaVersion
    names = ("news",)


def choices_of(shown: Sequence[Shown]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the choices under their registers; each item once."""
    labels = {one.code: str(one.label) for one in registers()} | {"yearwheel": str(_("Year wheel"))}
    groups: dict[str, dict[str, str]] = {}
    for one in sorted(shown, key=lambda one: one.title.casefold()):
        room = labels.get(one.key.partition(".")[0], "")
        told = ", ".join(filter(None, [str(Says(one.says).label), day(one.day) if one.day else ""]))
        groups.setdefault(room, {}).setdefault(one.key, f"{one.title} ({told})")
    return [(room, list(found.items())) for room, found in sorted(groups.items())]
