"""Forms for the treatment plan."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person
from kommissorium.accounts.person_choice import PersonChoice
from kommissorium.assets.forms.told import text_field
from kommissorium.assets.models import Area
from kommissorium.core.ui.forms import FilterForm, PlainForm, choice_field, words_field
from kommissorium.core.ui.localised import KronerField
from kommissorium.risks.actions.plans import Plan
from kommissorium.risks.models import PlanAction, Scenario, Step
from kommissorium.risks.planning import ALL, DONE, FAR, IMPOSSIBLE, OVERDUE, SLIPPED
from kommissorium.tasks.models import TITLE_LENGTH

SHOWS = [
    ("", _("Open")),
    (SLIPPED, _("Slipped: late, put off or impossible")),
    (FAR, _("More than twelve months ahead, undecided")),
    (OVERDUE, _("Overdue")),
    (IMPOSSIBLE, _("Cannot be done")),
    (DONE, _("Done")),
    (ALL, _("All")),
]


class PlanFilter(FilterForm):
    """Filter of the plan. Nonsense in the address narrows nothing."""

    q = words_field()
    show = choice_field(_("Show"), SHOWS)
    owner = choice_field(_("Who is to do it"))
    area = choice_field(_("Area"))

    def __init__(self, data: Any, *, owners: Iterable[Person], areas: Iterable[Area]) -> None:
        super().__init__(data)
        self.offer("owner", [(str(one.pk), one.name) for one in owners], _("All"))
        self.offer("area", [(str(one.pk), one.name) for one in areas])


class ActionForm(PlainForm):
    """An action against a risk."""

    title = forms.CharField(label=_("What is to be done"), max_length=TITLE_LENGTH)
    due = forms.DateField(label=_("Due"))
    cost = KronerField(
        label=_("What does it cost?"),
        required=False,
        help_text=_("In kroner, roughly, for example 250.000. Leave it empty if nobody knows."),
    )
    expected_likelihood = forms.TypedChoiceField(
        label=_("How likely is the risk then?"),
        coerce=int,
        empty_value=None,
        required=False,
    )
    expected_consequence = forms.TypedChoiceField(
        label=_("How bad is it then?"), coerce=int, empty_value=None, required=False
    )
    description = text_field(4, label=_("More about it"), required=False)

    def __init__(
        self, data: Any = None, *, scenario: Scenario, by: Person, action: PlanAction | None = None
    ) -> None:
        super().__init__(data, initial=_values(action) if action else _begun(scenario, by))
        kept = action.task.owner if action else None
        owner = PersonChoice(kept=kept, label=_("Who is to do it"), empty_label=None)
        if not by.is_coordinator and action is None:
            owner.help_text = _("Somebody else is asked first. Until they say yes, it is yours.")
        self.fields["owner"] = owner
        scale = scenario.assessment.scale
        self._offer("expected_likelihood", scale.likelihood_steps)
        self._offer("expected_consequence", scale.consequence_steps)
        self.order_fields(["title", "owner", "due", "cost"])
        if action is not None:
            self.keep_version(action.task.edit_version)

    def plan(self) -> Plan:
        names = ("cost", "expected_likelihood", "expected_consequence")
        return Plan(**{name: self.cleaned_data[name] for name in names})

    def task_values(self) -> dict[str, Any]:
        names = ("title", "owner", "due", "description")
        return {name: self.cleaned_data[name] for name in names}

    def _offer(self, name: str, steps: Iterable[Step]) -> None:
        choices = [("", _("As now, or not known")), *((one.number, one.name) for one in steps)]
        self.fields[name].choices = choices  # type: ignore[attr-defined]


def _begun(scenario: Scenario, by: Person) -> dict[str, Any]:
    """Return what the first action of a risk begins from: what its assessment says is to be done,
    and what is left of it then. A further one begins empty, its owner apart."""
    actions = PlanAction.objects.filter(scenario__lineage=scenario.lineage)
    said = " ".join(scenario.treatment_note.split())
    if not said or actions.exists():
        return {"owner": by.pk}
    title = Truncator(said).chars(TITLE_LENGTH)
    return {
        "owner": by.pk,
        "title": title,
        "description": "" if title == said else scenario.treatment_note,
        "expected_likelihood": scenario.residual_likelihood,
        "expected_consequence": scenario.residual_consequence,
    }


def _values(action: PlanAction) -> dict[str, Any]:
    task = action.task
    own = ("cost", "expected_likelihood", "expected_consequence")
    return {
        "title": task.title,
        "owner": task.owner_id,
        "due": task.due,
        "description": task.description,
        **{name: getattr(action, name) for name in own},
    }
