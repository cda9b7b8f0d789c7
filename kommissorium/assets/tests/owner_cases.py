"""A small register with owners, one of whom has left."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from kommissorium.accounts.actions import close_login
from kommissorium.assets.actions.assets import add_asset
from kommissorium.assets.actions.owners import appoint
from kommissorium.assets.models import (
    Area,
    Asset,
)
from kommissorium.conftest import Cast


def make_register(cast: Cast) -> dict[str, Asset]:
    """Make a register: two with an owner, one of whom has left, and two without."""
    area = Area.objects.create(name="Ældre")
    Area.objects.create(name="Børn")
    since = timezone.localdate() - timedelta(days=90)
    given = {
        "sag": ("system", "Sagssystemet", area),
        "data": ("data_set", "Borgerdata", area),
        "arkiv": ("archive", "Kælderen", None),
        "bare": ("system", "Åbent system", None),
    }
    made = {
        key: add_asset(
            by=cast.coordinator,
            kind=kind,
            values={"name": name, "area": of},
            registered_on=since,
        )
        for key, (kind, name, of) in given.items()
    }
    roles = [("sag", "system_owner", "member"), ("sag", "manager", "member")]
    for key, role, who in [*roles, ("data", "data_owner", "deputy")]:
        appoint(made[key], role, cast.who(who), by=cast.coordinator, from_date=since)
    close_login(cast.deputy, by=cast.administrator)
    return made
