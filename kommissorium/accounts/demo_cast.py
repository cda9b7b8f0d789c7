"""The cast of the demonstration: people whom a visitor can sign in as."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

DOMAIN = "havneby.example"


@dataclass(frozen=True)
class CastMember:
    """A part one can play: `label` is the part, `does` what there is to try in it."""

    code: str
    email: str
    label: StrPromise
    does: StrPromise


def _part(code: str, label: StrPromise, does: StrPromise) -> CastMember:
    return CastMember(code, f"{code}@{DOMAIN}", label, does)


CAST = (
    _part(
        "coordinator",
        _("Information security coordinator"),
        _("Plans the meetings, writes the agenda and keeps the registers of people."),
    ),
    _part(
        "chair",
        _("Chair of the committee"),
        _("Leads the meeting and approves the mandate."),
    ),
    _part("deputy", _("Deputy chair"), _("Takes the chair's place when the chair is away.")),
    _part("member", _("Member of the committee"), _("Reads the agenda before the meeting.")),
    _part("head_of_it", _("Head of IT"), _("Sits in the committee and answers for the systems.")),
    _part("dpo", _("Data protection officer"), _("Advises the committee without deciding.")),
    _part(
        "executive", _("Member of the executive board"), _("Follows the meetings of the committee.")
    ),
    _part("auditor", _("Auditor"), _("Reads everything and checks the chain of evidence.")),
    _part(
        "system_owner", _("System owner"), _("Is responsible for a system, outside the committee.")
    ),
    _part("employee", _("Employee"), _("Has no part in the committee and sees little.")),
    _part(
        "administrator", _("Administrator"), _("Manages people and sign-in, and sees no content.")
    ),
)


def part(code: str) -> CastMember | None:
    """Return the part of that code, or None."""
    return next((member for member in CAST if member.code == code), None)
