"""What would come of a sign-in by the directory: read off what it says, without signing in."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _

from kommissorium.accounts.actions.directory_links import linked_by
from kommissorium.accounts.directory import Directory, proven_email
from kommissorium.accounts.models import Person
from kommissorium.accounts.openid import was_asked_since

LONGEST: Final = 300  # letters shown of a value
GOOD, LOOK, BAD = "success", "warning", "error"


@dataclass(frozen=True)
class Outcome:
    """One thing that would come of it: what it is about, how good that is, and a sentence."""

    about: str
    tone: str
    says: str


def outcomes(directory: Directory, claims: Mapping[str, Any], asked_at: float) -> list[Outcome]:
    """Return what would come of a sign-in with these claims, asked for anew at that moment."""
    found = [_account(directory, claims), _email(claims)]
    if directory.account(claims):
        found.insert(1, _person(directory, claims))
    return [*found, _second_step(directory, claims), _asked_anew(claims, asked_at)]


def shown(claims: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield name and value of all that the directory says."""
    for name, value in sorted(claims.items()):
        said = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        yield name, said if len(said) <= LONGEST else f"{said[:LONGEST]} …"


def _account(directory: Directory, claims: Mapping[str, Any]) -> Outcome:
    about = _("The account's lasting id")
    if directory.account(claims):
        return Outcome(about, GOOD, str(claims[directory.id_claim]))
    says = _("There is none (%(claim)s). Without it nobody can sign in.")
    return Outcome(about, BAD, says % {"claim": directory.id_claim})


def _person(directory: Directory, claims: Mapping[str, Any]) -> Outcome:
    about, account = _("Person"), directory.account(claims)
    linked = Person.objects.filter(directory_account=account).first()
    if linked:
        values = {"name": linked.name}
        if linked.is_active:
            return Outcome(about, GOOD, _("Signs in as %(name)s.") % values)
        return Outcome(about, BAD, _("Is linked to %(name)s, whose login is closed.") % values)
    if person := linked_by(proven_email(claims)):
        says = _("Is linked to %(name)s by the e-mail at the first sign-in.")
        return Outcome(about, GOOD, says % {"name": person.name})
    says = _(
        "Is nobody's here yet. An administrator links it on the person's page, by its lasting id."
    )
    return Outcome(about, LOOK, says)


def _email(claims: Mapping[str, Any]) -> Outcome:
    about = _("E-mail")
    if email := proven_email(claims):
        says = _("%(email)s is the account's own, says the directory.")
        return Outcome(about, GOOD, says % {"email": email})
    says = _(
        "Not proven (email_verified or xms_edov). Accounts are then linked by administrators alone."
    )
    return Outcome(about, LOOK, says)


def _second_step(directory: Directory, claims: Mapping[str, Any]) -> Outcome:
    about = _("Second step")
    if directory.has_second_step(claims):
        return Outcome(about, GOOD, _("Was asked for there. It is not asked for again here."))
    says = _("The directory names none. Kommissorium asks for its own, where a person has one.")
    return Outcome(about, LOOK, says)


def _asked_anew(claims: Mapping[str, Any], asked_at: float) -> Outcome:
    about = _("Asked once more")
    if was_asked_since(claims, asked_at):
        says = _("The directory says when it asked: it can prove who one is before what matters.")
        return Outcome(about, GOOD, says)
    says = _(
        "The directory does not say when it asked (auth_time). Before what matters, people then "
        "need a password or a second step here."
    )
    return Outcome(about, BAD, says)
