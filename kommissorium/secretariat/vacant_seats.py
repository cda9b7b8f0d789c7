"""Fill the vacant seats of a new committee on one page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

from django import forms
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.accounts.actions import add_person, give_or_ask
from kommissorium.accounts.models import OrganisationRole, Person
from kommissorium.committees.actions.seat_nominations import take_or_ask
from kommissorium.committees.actions.seats import ONLY_ONE, add_seat, rename_seat
from kommissorium.committees.mandate_source import has_blank
from kommissorium.committees.models import Clause, Committee, Mandate, Seat
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.forms import PlainForm
from kommissorium.core.word_search import is_named

FIELD_OF = {"person": "name", "from_date": "name"}
ROLES = {"is_executive": OrganisationRole.Kind.EXECUTIVE, "is_dpo": OrganisationRole.Kind.DPO}


class SeatChoice(PlainForm):
    """Form to fill a seat; left empty, the seat stays vacant.

    A row with a clause is an open row of the mandate: the seat is made when its function is named.
    """

    seat = forms.IntegerField(widget=forms.HiddenInput, required=False)
    clause = forms.IntegerField(widget=forms.HiddenInput, required=False)
    function = forms.CharField(label=gettext_lazy("Function"), max_length=200, required=False)
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
            self.add_error("name", _("Write the name that belongs to the e-mail."))
        if values.get("clause") and values.get("name") and not values.get("function"):
            self.add_error("function", _("Write what the function is called, too."))
        return values


SeatRows = forms.formset_factory(SeatChoice, extra=0, max_num=100, absolute_max=100)


@dataclass(frozen=True)
class Places:
    """Today's seats with who holds them, and the mandate's open rows that are no seat yet."""

    seats: dict[int, Seat]
    open_rows: dict[int, Seat]  # by clause; made when somebody names the function

    @classmethod
    def of(cls, committee: Committee, mandate: Mandate) -> Self:
        """Return the places of the committee, in the mandate's order."""
        today = timezone.localdate()
        seats = {seat.pk: seat for seat in committee.seats.on(today).with_holders(today)}
        made = {seat.number for seat in seats.values()}
        left = mandate.clauses.filter(kind=Clause.Kind.MEMBER, function="").exclude(
            role__in=["", *ONLY_ONE]
        )
        return cls(
            seats,
            {
                one.pk: Seat(committee=committee, role=one.role, number=one.number)
                for one in left
                if one.number not in made
            },
        )

    def rows(self, by: Person) -> Any:
        """Return a row for each vacant seat and open row; who fills it in is the secretary."""
        vacant = {key: seat for key, seat in self.seats.items() if not seat.holder}
        sits = any(one.person_id == by.pk for seat in self.seats.values() for one in seat.current)
        rows = [
            {
                "seat": key,
                "function": seat.function if has_blank(seat.function) else "",
                **(_named(by) if seat.role == Seat.Role.SECRETARY and not sits else {}),
            }
            for key, seat in vacant.items()
        ]
        return SeatRows(initial=[*rows, *({"clause": key} for key in self.open_rows)])

    def beside(self, rows: Any) -> list[tuple[Seat | None, SeatChoice]]:
        """Return each row with its place; None for one that has gone since the page was shown."""
        return [(self.at(row), row) for row in rows]

    def at(self, row: SeatChoice) -> Seat | None:
        return self.seats.get(_key(row, "seat")) or self.open_rows.get(_key(row, "clause"))


def fill_seats(places: Places, rows: Any, *, by: Person) -> bool:
    """Seat everybody named, or nobody: then the reason stands beside its row. Return which."""
    try:
        with transaction.atomic():
            for row in rows:
                if row.cleaned_data.get("name") or row.cleaned_data.get("function"):
                    _fill(places.at(row), row, by)
    except Refused:
        return False
    return True


def _named(person: Person) -> dict[str, str]:
    return {"name": person.name, "email": person.email or ""}


def _key(row: SeatChoice, name: str) -> int:
    value = str(row[name].value() or "")
    return int(value) if value.isdecimal() else 0


def _fill(place: Seat | None, row: SeatChoice, by: Person) -> None:
    try:
        seat = _with_function(_still_vacant(place), row.cleaned_data["function"], by)
        if row.cleaned_data["name"]:
            _seat(seat, row.cleaned_data, by)
    except Refused as refused:
        for name, text in refused.errors.items():
            field = FIELD_OF.get(name, name)
            row.add_error(field if field in row.fields else None, text)
        raise


def _with_function(place: Seat, function: str, by: Person) -> Seat:
    """Return the seat with its function: one that was named now is written."""
    if not place.pk:
        today = timezone.localdate()
        return add_seat(
            place.committee,
            by=by,
            role=place.role,
            function=function,
            from_date=today,
            number=place.number,
        )
    if function and function != place.function:
        rename_seat(place, by=by, function=function)
        place.function = function
    return place


def _seat(seat: Seat, values: dict[str, Any], by: Person) -> None:
    today = timezone.localdate()
    person = _person(values["name"], values["email"], by)
    take_or_ask(seat, by=by, person=person, from_date=today)
    for name, kind in ROLES.items():
        if values[name] and kind not in person.roles_on(today):
            give_or_ask(person, kind, by=by, from_date=today)


def _still_vacant(seat: Seat | None) -> Seat:
    if seat is None or (seat.pk and seat.holder):
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
    same = list(Person.objects.active().filter(is_named(name))[:2])
    if len(same) > 1:
        raise Refused(email=_("Several people have this name. Write the e-mail."))
    return same[0] if same else add_person(by=by, name=name)
