"""The built-in kinds of documents, and the assets they are demanded for at first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True)
class BuiltIn:
    """A built-in kind of document. It holds for `months`; 0 means for ever."""

    name: _StrPromise
    guidance: _StrPromise
    months: int


BUILT_IN: dict[str, BuiltIn] = {
    "access": BuiltIn(
        _("Access procedure"),
        _("Who gets access, who approves it, and how it is taken away and gone through."),
        12,
    ),
    "operations": BuiltIn(
        _("Operating procedure"),
        _("How it is run from day to day, who does what, and whom one calls."),
        24,
    ),
    "backup": BuiltIn(
        _("Backup and restore"),
        _("What is backed up and how often, and when restoring was last tried."),
        12,
    ),
    "logging": BuiltIn(
        _("Logging"),
        _("What is logged, who looks at the log and how often, and how long it is kept."),
        24,
    ),
    "deletion": BuiltIn(
        _("Deletion"),
        _("When data are deleted, by what rule, and how one sees that it was done."),
        24,
    ),
    "contingency": BuiltIn(
        _("Contingency plan"),
        _("How the work goes on without it, and how it is brought back."),
        12,
    ),
    "agreement": BuiltIn(
        _("Data processing agreement"),
        _("The agreement with whoever processes personal data for the municipality."),
        0,
    ),
    "risk": BuiltIn(
        _("Risk assessment"),
        _("What can go wrong, how likely and how bad it is, and what is done about it."),
        12,
    ),
    "dpia": BuiltIn(
        _("Data protection impact assessment"),
        _("The consequences for those the data are about, where the risk to them is high."),
        36,
    ),
    "keys": BuiltIn(
        _("Access and keys"),
        _("Who has keys and codes, who lets others in, and how visits are noted."),
        12,
    ),
    "protection": BuiltIn(
        _("Protection against fire, water and theft"),
        _("How the room is secured, and when it was last inspected."),
        24,
    ),
}
