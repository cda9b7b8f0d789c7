"""The form of one proposed duty in the list of them: when it is due first, and who answers for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.accounts.models import OrganisationRole, Person, danish_order, held_on
from kommissorium.committees.models import Committee, Seat
from kommissorium.core.ui.forms import PlainForm
from kommissorium.yearwheel.duty_proposals import ProposedDuty

type Responsible = Seat | Person


def responsible_choices(committee: Committee) -> dict[str, Responsible]:
    """Return who can answer for a duty: the seats, then those with a role outside them."""
    today = timezone.localdate()
    seats = list(committee.seats.on(today).with_holders(today))
    seated = {seat.holder.pk for seat in seats if seat.holder}
    roles = OrganisationRole.objects.filter(held_on(today))
    others = Person.objects.active().filter(pk__in=roles.values("person")).exclude(pk__in=seated)
    people = others.order_by(danish_order("name"), "pk")
    found: dict[str, Responsible] = {f"seat-{seat.pk}": seat for seat in seats}
    return found | {f"person-{person.pk}": person for person in people}


def _label(one: Responsible) -> str:
    if isinstance(one, Person):
        return one.name
    name = one.holder.name if one.holder else _("vacant")
    return f"{name} ({one})"


class ProposalRow(PlainForm):
    """One proposal: taken or not, its first date and who answers for it."""

    due = forms.DateField(label=gettext_lazy("First due"))
    responsible = forms.ChoiceField(label=gettext_lazy("Responsible"), required=False)

    def __init__(
        self,
        proposal: ProposedDuty,
        data: Any,
        responsible: dict[str, Responsible],
        choices: Sequence[tuple[str, str]],
    ) -> None:
        names = [f"{proposal.key}-{name}" for name in self.base_fields]
        sent = data is not None and any(name in data for name in names)
        seat = f"seat-{proposal.seat.pk}" if proposal.seat else ""
        initial = {"due": proposal.due, "responsible": seat}
        super().__init__(data if sent else None, prefix=proposal.key, initial=initial)
        self.proposal, self.offered = proposal, responsible
        self.chosen = data is None or proposal.key in data.getlist("proposal")
        self.fields["responsible"].choices = choices  # type: ignore[attr-defined]
        if proposal.due is None:
            del self.fields["due"]

    def full_clean(self) -> None:
        super().full_clean()
        if not self.chosen:
            self.errors.clear()

    def wanted(self) -> ProposedDuty:
        """Return the proposal as it is to be adopted. Only of a row that was not sent, or is valid."""
        if not self.is_bound:
            return self.proposal
        found = self.proposal
        who = self.offered.get(self.cleaned_data.get("responsible", ""))
        found = replace(
            found,
            seat=who if isinstance(who, Seat) else None,
            person=who if isinstance(who, Person) else None,
        )
        due = self.cleaned_data.get("due")
        if due and due != found.due:
            return replace(found, first=due, due=due, anchor=None)
        return found


def proposal_rows(
    found: Sequence[ProposedDuty], data: Any, responsible: dict[str, Responsible]
) -> list[ProposalRow]:
    """Return a row for each proposal that is not on the wheel yet, those due first first.

    `responsible` are those who can answer for it.
    """
    left = [one for one in found if not one.is_adopted]
    choices = [("", _("None")), *((key, _label(one)) for key, one in responsible.items())]
    rows = [ProposalRow(one, data, responsible, choices) for one in left]
    return sorted(rows, key=lambda row: row.proposal.due or date.max)
