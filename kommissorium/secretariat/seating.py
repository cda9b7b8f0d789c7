"""Fill the vacant seats of a new committee on one page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.accounts.actions import add_person, give_role
from kommissorium.accounts.models import OrganisationRole, Person
from kommissorium.committees.actions.seats import take_seat
from kommissorium.committees.models import Committee, Seat
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.forms import PlainForm

FIELD_OF = {"person": "name", "from_date": "name"}


class SeatRow(PlainForm):
    """Who sits in a seat; left empty the seat stays vacant."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=120, required=False)
    email = forms.EmailField(label=gettext_lazy("E-mail"), required=False)
    is_executive = forms.BooleanField(
        label=gettext_lazy("Sits on the executive board"), required=False
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if values.get("email") and not values.get("name"):
            self.add_error("name", _("Write the name too."))
        return values


SeatRows = forms.formset_factory(SeatRow, extra=0, max_num=100, absolute_max=100)


def vacant_seats(committee: Committee) -> list[Seat]:
    """Return today's seats that nobody holds."""
    today = timezone.localdate()
    return [seat for seat in committee.seats.on(today).with_holders(today) if seat.holder is None]


def fill_seats(vacant: Sequence[Seat], rows: Any, *, by: Person) -> bool:
    """Seat everybody named, or nobody: then the reason stands beside its row. Return which."""
    try:
        with transaction.atomic():
            for seat, row in zip(vacant, rows.forms, strict=False):
                if row.cleaned_data.get("name"):
                    _seat(seat, row, by)
    except Refused:
        return False
    return True


def _seat(seat: Seat, row: SeatRow, by: Person) -> None:
    today = timezone.localdate()
    values = row.cleaned_data
    try:
        person = _person(values["name"], values["email"], by)
        take_seat(seat, by=by, person=person, from_date=today)
        executive = OrganisationRole.Kind.EXECUTIVE
        if values["is_executive"] and executive not in person.roles_on(today):
            give_role(person, executive, by=by, from_date=today)
    except Refused as refused:
        for name, text in refused.errors.items():
            field = FIELD_OF.get(name, name)
            row.add_error(field if field in row.fields else None, text)
        raise


def _person(name: str, email: str, by: Person) -> Person:
    """Return who is meant: known by e-mail, else by a name only one person has, else new."""
    if email:
        known = Person.objects.filter(email__iexact=email).first()
        if known and known.name.casefold() != name.casefold():
            text = _("This e-mail is %(name)s's. Write that name, or another e-mail.")
            raise Refused(email=text % {"name": known.name})
        return known or add_person(by=by, name=name, email=email)
    same = list(Person.objects.active().filter(name__iexact=name)[:2])
    if len(same) > 1:
        raise Refused(email=_("Several people have this name. Write the e-mail."))
    return same[0] if same else add_person(by=by, name=name)
