"""Suppliers, their agreements and oversight as lists. Reading only."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final, Literal

from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from kommissorium.accounts.models import danish_order
from kommissorium.assets.models import Agreement, Asset, Oversight, PersonalData
from kommissorium.assets.models.suppliers import SupplierQuerySet
from kommissorium.core.word_search import mentions_all

type OversightState = Literal["none", "overdue", "soon", "planned"]

SOON: Final = 60  # days
COLUMNS: Final = {"name": "name_order", "systems": "systems", "next": "next_oversight"}
# What the list can be narrowed to, by the word in its address.
OVERDUE, DUE_SOON, UNCOVERED, CLOSED = "overdue", "soon", "uncovered", "closed"


def state_of(next_oversight: date | None, today: date) -> OversightState:
    """Return the state of an oversight: "none" where none is planned."""
    if next_oversight is None:
        return "none"
    if next_oversight < today:
        return "overdue"
    return "soon" if next_oversight <= today + timedelta(days=SOON) else "planned"


def uncovered_assets() -> QuerySet[Asset]:
    """Return the assets in the register with a supplier and personal data, and no agreement.

    An agreement that has ended covers nothing.
    """
    held = ~Q(personal_data__in=["", f",{PersonalData.NONE},"])
    with_supplier = Asset.objects.in_register().filter(held, supplier__isnull=False)
    covering = Agreement.objects.in_force().filter(assets=OuterRef("pk"))
    return with_supplier.filter(~Exists(covering))


def with_figures(suppliers: SupplierQuerySet) -> QuerySet[Any]:
    """Add to each: `systems`, `agreement_count`, `next_oversight`, `last_done`, `is_uncovered`."""
    own = OuterRef("pk")
    live = Agreement.objects.in_force().filter(supplier=own).order_by()
    assets = Asset.objects.in_register().filter(supplier=own).order_by()
    done = Oversight.objects.filter(agreement__supplier=own).order_by("-done_on", "-pk")
    added: dict[str, Any] = {
        "systems": Coalesce(_counted(assets), 0),
        "agreement_count": Coalesce(_counted(live), 0),
        "next_oversight": Subquery(
            live.values("supplier").annotate(next=Min("next_oversight")).values("next")
        ),
        "last_done": Subquery(done.values("done_on")[:1]),
        "last_result": Subquery(done.values("result")[:1]),
        "is_uncovered": Exists(uncovered_assets().filter(supplier=own)),
        "name_order": danish_order("name"),
    }
    return suppliers.annotate(**added)


def narrow(suppliers: QuerySet[Any], show: str, today: date) -> QuerySet[Any]:
    """Return those of with_figures that `show` names: one of the words above, "" for all in use."""
    if show == CLOSED:
        return suppliers.filter(closed_on__isnull=False)
    found = suppliers.filter(closed_on=None)
    if show == OVERDUE:
        return found.filter(next_oversight__lt=today)
    if show == DUE_SOON:
        return found.filter(next_oversight__range=(today, today + timedelta(days=SOON)))
    return found.filter(is_uncovered=True) if show == UNCOVERED else found


def in_order(suppliers: QuerySet[Any], wish: str) -> QuerySet[Any]:
    """Return those of with_figures by a column of COLUMNS, or by "-" and one; else by name.

    What has no date comes after all that have one, whichever way one sorts.
    """
    by = F(COLUMNS.get(wish.removeprefix("-"), COLUMNS["name"]))
    turned = wish.startswith("-") and wish.removeprefix("-") in COLUMNS
    wished = by.desc(nulls_last=True) if turned else by.asc(nulls_last=True)
    return suppliers.order_by(wished, "name_order", "pk")


def found_by(suppliers: QuerySet[Any], words: str) -> QuerySet[Any]:
    """Return those with every word in their name, CVR number or contact."""
    return suppliers.filter(mentions_all(words, "name", "cvr", "contact"))


def with_last(agreements: QuerySet[Agreement]) -> QuerySet[Any]:
    """Add to each: `last_done` and `last_result`, and the number of assets it covers: `covers`."""
    done = Oversight.objects.filter(agreement=OuterRef("pk")).order_by("-done_on", "-pk")
    added: dict[str, Any] = {
        "last_done": Subquery(done.values("done_on")[:1]),
        "last_result": Subquery(done.values("result")[:1]),
        "covers": Count("assets", filter=Q(assets__ended_on=None)),
    }
    return agreements.annotate(**added)


def list_address(show: str) -> str:
    """Return the address of the list of suppliers, narrowed to one of the words above."""
    return f"{reverse('suppliers')}?show={show}"


def _counted(rows: QuerySet[Any]) -> Subquery:
    return Subquery(rows.values("supplier").annotate(number=Count("pk")).values("number"))
