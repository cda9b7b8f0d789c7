"""Forms to have risks accepted, and to accept them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from django import forms
from django.utils.translation import gettext_lazy as _

from kommissorium.assets.forms.told import text_field
from kommissorium.core.ui.forms import (
    NOT_NARROWED,
    FilterForm,
    PlainForm,
    RowsField,
    beside_fields,
    choice_field,
)
from kommissorium.core.ui.localised import KronerField
from kommissorium.core.ui.required import When, chosen
from kommissorium.meetings.forms.weighing import NAMES, weighing_fields, weighing_lines
from kommissorium.meetings.models import Weighing
from kommissorium.meetings.models.proposed_weighings import WHY_LENGTH
from kommissorium.risks.acceptance_risks import Offer
from kommissorium.risks.accepted import ALL, EXPIRING, IN_FORCE, MINE, OVER, WAITING
from kommissorium.risks.actions.acceptance_rules import refuse_longer
from kommissorium.risks.models import Acceptance, Band, Capacity, Scenario
from kommissorium.risks.models.assessments import WORD_LENGTH

SHOWS = [
    ("", _("In force, or waiting for an answer")),
    (MINE, _("Waiting for my answer")),
    (WAITING, _("Waiting for an answer")),
    (IN_FORCE, _("In force")),
    (EXPIRING, _("Expires within 60 days")),
    (OVER, _("Expired, ended or not accepted")),
    (ALL, _("All")),
]
YES, NO = "yes", "no"


class AcceptanceFilter(FilterForm):
    """Filter of the list of acceptances. Nonsense in the address narrows nothing."""

    show = choice_field(_("Show"), SHOWS)
    year = forms.TypedChoiceField(
        label=_("Budget year"),
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.Select({"class": "form-select"}),
    )
    capacity = choice_field(_("Accepted by"), [NOT_NARROWED, *Capacity.choices])

    def __init__(self, data: Any, *, years: Iterable[int]) -> None:
        super().__init__(data)
        self.offer("year", [(year, str(year)) for year in years])


class Option(NamedTuple):
    """A risk to tick. `about` is its assessment, "" where all are of the same."""

    id: str
    risk: Scenario
    band: Band | None
    says_above: bool
    about: str
    is_ticked: bool


class AcceptanceForm(PlainForm):
    """Form for the terms of an acceptance, and who is to accept.

    What the chair is to decide must be weighed.
    """

    required_when: Mapping[str, When] = {
        "longer_because": When(_("it holds beyond the year of the risk level"))
    }

    risks = RowsField(label=_("What is to be accepted?"))
    reason = text_field(
        4,
        label=_("Why it is accepted"),
        help_text=_("Why nothing more is done: what it would cost, and what it would help."),
    )
    amount = KronerField(
        label=_("Possible loss that is accepted (kr.)"),
        help_text=_("What it can cost at most, for example 250.000. 0 if nothing."),
    )
    loss = forms.ChoiceField(
        label=_("When can it be lost?"),
        choices=Acceptance.Loss.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the options.")},
    )
    measure_cost = KronerField(
        label=_("What would the measure that is not taken have cost? (kr.)"),
        help_text=_("What it would take to bring the risk down to the level. 0 if nothing can."),
    )
    budget_year = forms.TypedChoiceField(
        label=_("In which budget year?"),
        coerce=int,
        help_text=_("A loss of every year counts in each year in which it holds."),
    )
    expires_on = forms.DateField(
        label=_("Until when does it hold?"),
        help_text=_(
            "The last day. It ends with the year of the risk level, unless there is a reason for "
            "more. After that the risk counts as not accepted."
        ),
    )
    longer_because = text_field(
        2,
        label=_("Why it holds beyond the year of the risk level"),
        help_text=_("Whoever accepts it decides on that too."),
        required=False,
        max_length=WORD_LENGTH,
    )
    conditions = text_field(3, label=_("On what conditions?"), required=False)
    capacity = forms.ChoiceField(
        label=_("Who is to accept it?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a person.")},
    )

    def __init__(
        self,
        data: Any = None,
        *,
        offer: Offer,
        years: Sequence[int],
        capacities: Sequence[tuple[str, str]],
        until: date,
        replaces: Acceptance | None = None,
    ) -> None:
        super().__init__(data, initial={**_values(replaces, offer, years), "expires_on": until})
        self.offer = offer
        offered: Any = self.fields["risks"]
        offered.offer(offer.all)
        offered.required = True
        offered.error_messages["required"] = _("Choose the risks it is about.")
        offered.choices = [(str(one.pk), one.title) for one in offer.all]
        self.fields["budget_year"].choices = [(year, str(year)) for year in years]  # type: ignore[attr-defined]
        self.fields["capacity"].choices = capacities  # type: ignore[attr-defined]
        self.asks_chair = any(code == Capacity.CHAIR for code, _label in capacities)
        if self.asks_chair:
            self.fields.update(weighing_fields())
            self.fields["why_now"] = text_field(
                2,
                label=_("Why can it not wait for the next meeting?"),
                help_text=_("The chair is shown it, and signs it or writes another."),
                required=False,
                max_length=WHY_LENGTH,
            )
            words, by_chair = _("the chair is to accept it"), chosen("capacity", Capacity.CHAIR)
            aspect = When(words, by_chair, _("Choose one of the options."))
            self.required_when = {
                **self.required_when,
                "why_now": When(words, by_chair, _("Write why.")),
                **dict.fromkeys(Weighing.ASPECTS, aspect),
            }

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if said.get("risks") and said.get("expires_on"):
            with beside_fields(self):
                refuse_longer(said.get("longer_because", ""), said["expires_on"], said["risks"])
        return said

    def is_weighing_open(self) -> bool:
        """Return whether the weighing stands open: some of it is said, or lacks."""
        return self.is_bound and any(
            self[name].data or self[name].errors for name in (*NAMES, "why_now")
        )

    def weighings(self) -> Sequence[tuple[Any, Any]]:
        """Return the fields of each aspect of the weighing; none where no chair is asked."""
        return weighing_lines(self) if self.asks_chair else ()

    @property
    def front(self) -> list[Option]:
        """Return the risks in sight."""
        return self._options()[: len(self.offer.front)]

    @property
    def rest(self) -> list[Option]:
        """Return the risks that are folded away."""
        return self._options()[len(self.offer.front) :]

    @property
    def shows_rest(self) -> bool:
        """Return whether what is folded away stands open: some is ticked, or some must be."""
        return bool(self["risks"].errors) or any(one.is_ticked for one in self.rest)

    def _options(self) -> list[Option]:
        offer = self.offer
        return [
            Option(
                widget.data["attrs"]["id"],
                risk,
                risk.assessment.scale.band(risk.rank) if risk.rank else None,
                offer.says_above(risk),
                "" if offer.is_of_one_assessment else risk.assessment.title,
                bool(widget.data["selected"]),
            )
            for widget, risk in zip(self["risks"].subwidgets, offer.all, strict=True)
        ]

    def terms(self) -> dict[str, Any]:
        names: tuple[str, ...] = ("reason", "amount", "loss", "measure_cost", "budget_year")
        names += ("expires_on", "longer_because", "conditions", "capacity")
        found = {name: self.cleaned_data[name] for name in names}
        if found["capacity"] != Capacity.CHAIR:
            return found
        weighing = {name: self.cleaned_data[name] for name in NAMES}
        return {**found, "weighing": weighing, "why_now": self.cleaned_data["why_now"]}


class AnswerForm(PlainForm):
    """Form to answer yes or no, each a button of its own, with a comment."""

    answer = forms.ChoiceField(
        label=_("Do you accept it?"),
        choices=[(YES, _("Yes, I accept the risk on these terms")), (NO, _("No"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the options.")},
    )
    word = text_field(3, label=_("A few words on it"), required=False, max_length=WORD_LENGTH)

    def __init__(self, data: Any = None, *, capacity: str = "") -> None:
        super().__init__(data)
        self.fields["word"].help_text = {
            Capacity.EXECUTIVE: _("With a no, say why. With a yes, when the board decided it."),
        }.get(Capacity(capacity), _("With a no, say why."))

    @property
    def accepts(self) -> bool:
        return bool(self.cleaned_data["answer"] == YES)


def _values(replaces: Acceptance | None, offer: Offer, years: Sequence[int]) -> dict[str, Any]:
    ticked = {"risks": [str(key) for key in offer.chosen]}
    if replaces is None:
        return {**ticked, "budget_year": years[0], "loss": Acceptance.Loss.ONCE}
    names = ("reason", "amount", "loss", "measure_cost", "conditions", "capacity")
    return {**ticked, "budget_year": years[0], **{one: getattr(replaces, one) for one in names}}
