"""Lay down how much may be accepted in each capacity."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Municipality, Person
from kommissorium.core.evidence.actions import record
from kommissorium.core.refusals import Conflict, Refused
from kommissorium.core.ui.localised import MOST_KRONER
from kommissorium.risks.actions.acceptance_rules import hold_committees
from kommissorium.risks.models import AuthorityLimit, Capacity, Scale
from kommissorium.risks.models.acceptances import HIGHEST


@dataclass(frozen=True, slots=True)
class Limit:
    """Limit of acceptance: whole kroner and worst band, None for any; nothing without amounts."""

    per_risk: int | None = None
    per_year: int | None = None
    highest_rank: int | None = None


NOTHING = Limit()


def limits_now() -> dict[str, Limit]:
    """Return the limit of every capacity, those who may accept least first."""
    limits_by_capacity = {
        row.capacity: Limit(row.per_risk, row.per_year, row.highest_rank)
        for row in AuthorityLimit.objects.all()
    }
    return {code: limits_by_capacity.get(code, NOTHING) for code in Capacity.values}


def limits_version() -> int:
    """Return a number that grows whenever a limit is changed."""
    return AuthorityLimit.objects.aggregate(sum=Sum("edit_version"))["sum"] or 0


@transaction.atomic
def set_limits(limits: Mapping[str, Limit], *, by: Person, edit_version: int) -> None:
    """Give every capacity its limit; one left out may accept nothing.

    `edit_version` is limits_version() as it was when they were read. Raises Refused, by field
    capacity_per_risk and so on, for half a limit, where somebody below the committee could
    accept the highest band, and where a higher capacity could accept less than a lower one;
    Conflict with the limits there are now.
    """
    if not AuthorityLimit.can_be_set_by(by):
        raise PermissionDenied
    wished = {code: limits.get(code, NOTHING) for code in Capacity.values}
    hold_committees()
    # Of two who save at once the second waits here and sees what the first did.
    municipality = Municipality.objects.select_for_update().get(pk=Municipality.current().pk)
    now, version = limits_now(), limits_version()
    if version != edit_version:
        raise Conflict({"limits": now, "edit_version": version})
    _refuse_senseless(wished)
    changed = [code for code in Capacity.values if wished[code] != now[code]]
    for code in changed:
        _write(code, wished[code])
    if changed:
        facts = {code: _given(wished[code]) for code in changed}
        record("risks.limits_set", municipality, by=by, facts={"limits": facts})


def _write(capacity: str, limit: Limit) -> None:
    row = AuthorityLimit.objects.filter(capacity=capacity).first()
    version = row.edit_version + 1 if row else 1
    values = {**asdict(limit), "edit_version": version}
    AuthorityLimit.objects.update_or_create(capacity=capacity, defaults=values)


def _given(limit: Limit) -> dict[str, Any]:
    return {name: value for name, value in asdict(limit).items() if value is not None}


def _refuse_senseless(limits: Mapping[str, Limit]) -> None:
    scale = Scale.in_use()
    bands = len(scale.bands) if scale else 0
    given = {code: limit for code, limit in limits.items() if limit != NOTHING}
    for code, limit in given.items():
        for name in ("per_risk", "per_year"):
            _refuse_amount(f"{code}_{name}", getattr(limit, name))
        if (limit.per_year or 0) < (limit.per_risk or 0):
            sentence = _("In a year it must be at least as much as for one acceptance.")
            raise Refused(**{f"{code}_per_year": sentence})
        _refuse_band(code, limit.highest_rank, bands)
    for lower, higher in pairwise(given):
        _refuse_less(given, lower, higher)


def _refuse_amount(field: str, amount: int | None) -> None:
    if amount is None:
        sentence = _("Fill in the whole line, or leave all of it empty: then nothing is accepted.")
        raise Refused(**{field: sentence})
    if not 0 <= amount <= MOST_KRONER:
        raise Refused(**{field: _("Write an amount from 0 to 10.000.000.000 kr.")})


def _refuse_band(capacity: str, rank: int | None, bands: int) -> None:
    field = f"{capacity}_highest_rank"
    if rank is not None and not 1 <= rank <= bands:
        raise Refused(**{field: _("Choose from the list.")})
    if capacity not in HIGHEST and (rank is None or rank >= bands):
        sentence = _("Only the committee or the executive board accepts the highest risks.")
        raise Refused(**{field: sentence})


def _refuse_less(limits: Mapping[str, Limit], lower: str, higher: str) -> None:
    """Refuse that who decides higher up may accept less; any band is the most."""
    for name in ("per_risk", "per_year", "highest_rank"):
        least, most = getattr(limits[lower], name), getattr(limits[higher], name)
        if most is not None and (least is None or least > most):
            sentence = _("“%(lower)s” may not accept more than “%(higher)s”.")
            words = {"lower": Capacity(lower).label, "higher": Capacity(higher).label}
            raise Refused(**{f"{lower}_{name}": sentence % words})
