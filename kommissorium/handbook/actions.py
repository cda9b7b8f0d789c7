"""Change the access to the handbook without sign-in."""

from __future__ import annotations

from ipaddress import ip_network

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.core.actions.rows import change_row
from kommissorium.core.refusals import Refused
from kommissorium.handbook.models import HandbookSettings


@transaction.atomic
def change_handbook(*, by: Person, is_open: bool, networks: str, edit_version: int) -> None:
    """Open the handbook to our own network, or close it. Raises Conflict, and Refused by field."""
    if not by.is_coordinator:
        raise PermissionDenied
    lines = [_network(line) for line in networks.split()]
    if is_open and not lines:
        raise Refused(networks=_("Say which network is our own. It is never open to all."))
    row, _new = HandbookSettings.objects.get_or_create(pk=1)
    change_row(
        row,
        {"is_open": is_open, "networks": "\n".join(lines)},
        edit_version=edit_version,
        act="handbook.changed",
        by=by,
        facts=lambda now: {"open": now.is_open, "networks": now.networks.split()},
    )


def _network(line: str) -> str:
    try:
        found = ip_network(line, strict=False)
    except ValueError:
        told = _("“%(line)s” is not a network. Write it like 10.0.0.0/8.") % {"line": line[:60]}
        raise Refused(networks=told) from None
    if found.prefixlen == 0:
        raise Refused(networks=_("%(line)s is the whole internet.") % {"line": line})
    return str(found)
