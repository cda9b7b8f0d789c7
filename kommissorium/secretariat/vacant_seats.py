"""Fill the vacant seats of a new committee on one page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.accounts.actions import add_person, give_or_ask
from kommissorium.accounts.models import OrganisationRole, Person
from kommissorium.committees.actions.seat_nominations import take_or_ask
from kommissorium.committees.models import Committee, Seat
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.forms import PlainForm

FIELD_OF = {"person": "name", "from_date": "name"}
ROLES = {"is_executive": OrganisationRole.Kind.EXECUTIVE, "is_dpo": OrganisationRole.Kind.DPO}


class SeatChoice(PlainForm):
    """Who sits in a seat; left empty the seat stays vacant."""

    seat = forms.IntegerField(widget=forms.HiddenInput)
    name = forms.CharField(label=gettext_lazy("Name"), max_length=120, required=False)
    email = forms.EmailField(label=gettext_lazy("E-mail"), required=False)
    is_executive = forms.BooleanField(
        label=gettext_lazy("Sits on the executive board"), required=False
    )
    is_dpo = forms.BooleanField(
        label=gettext_lazy("Is the data protection officer"), required=False
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if values.get("email") and not values.get("name"):
            self.add_error("name", _("Write the name too."))
        return values


SeatRows = forms.formset_factory(SeatChoice, extra=0, max_num=100, absolute_max=100)


def seats_today(committee: Committee) -> dict[int, Seat]:
    """Return today's seats with who holds them, by key, in the mandate's order."""
    today = timezone.localdate()
    return {seat.pk: seat for seat in committee.seats.on(today).with_holders(today)}


def rows_for(seats: Mapping[int, Seat]) -> Any:
    """Return an empty row for each vacant seat."""
    return SeatRows(initial=[{"seat": key} for key, seat in seats.items() if not seat.holder])


def beside(seats: Mapping[int, Seat], rows: Any) -> list[tuple[Seat | None, SeatChoice]]:
    """Return each row with its seat; None for one that has gone since the page was shown."""
    return [(seats.get(_key(row)), row) for row in rows]


def fill_seats(seats: Mapping[int, Seat], rows: Any, *, by: Person) -> bool:
    """Seat everybody named, or nobody: then the reason stands beside its row. Return which."""
    try:
        with transaction.atomic():
            for row in rows:
                if row.cleaned_data.get("name"):
                    _seat(seats.get(row.cleaned_data["seat"]), row, by)
    except Refused:
        return False
    return True


def _key(row: SeatChoice) -> int:
    value = str(row["seat"].value())
    return int(value) if value.isdecimal() else 0


def _seat(seat: Seat | None, row: SeatChoice, by: Person) -> None:
    today = timezone.localdate()
    values = row.cleaned_data
    try:
        person = _person(values["name"], values["email"], by)
        take_or_ask(_still_vacant(seat), by=by, person=person, from_date=today)
        for name, kind in ROLES.items():
            if values[name] and kind not in person.roles_on(today):
                give_or_ask(person, kind, by=by, from_date=today)
    except Refused as refused:
        for name, text in refused.errors.items():
            field = FIELD_OF.get(name, name)
            row.add_error(field if field in row.fields else None, text)
        raise


def _still_vacant(seat: Seat | None) -> Seat:
    if seat is None or seat.holder:
        raise Refused(name=_("Somebody has filled or ended the seat meanwhile."))
    return seat


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
