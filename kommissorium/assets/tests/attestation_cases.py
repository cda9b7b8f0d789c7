"""Owners, what they own, and a round in which they are asked."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone

from kommissorium.accounts.models import Person
from kommissorium.assets.actions.assets import add_asset
from kommissorium.assets.actions.attestation.answer import Given, answer_for
from kommissorium.assets.actions.attestation.round import open_round
from kommissorium.assets.actions.owners import appoint
from kommissorium.assets.models import Asked, Asset, Kind, Ownership, Role, Round, Statement
from kommissorium.conftest import Cast

TITLE = "Ejererklæring 2026"
OWNS = {
    Kind.SYSTEM: Role.SYSTEM_OWNER,
    Kind.DATA_SET: Role.DATA_OWNER,
    Kind.ARCHIVE: Role.ARCHIVE_OWNER,
}


def day(days: int) -> date:
    """Return the day this many days from today."""
    return timezone.localdate() + timedelta(days=days)


def asset(cast: Cast, name: str, kind: str = Kind.SYSTEM, **values: object) -> Asset:
    return add_asset(by=cast.coordinator, kind=kind, values={"name": name, **values})


def give(cast: Cast, thing: Asset, to: Person, role: str = "") -> Ownership:
    """Give a person ownership of a thing, or another role in it."""
    made = appoint(thing, role or OWNS[Kind(thing.kind)], to, by=cast.coordinator)
    assert made
    return made


def owns(cast: Cast, to: Person, *names: str) -> list[Asset]:
    """Make a person the owner of systems of these names."""
    made = [asset(cast, name) for name in names]
    for thing in made:
        give(cast, thing, to)
    return made


def opened(cast: Cast, due: date | None = None) -> Round:
    return open_round(by=cast.coordinator, title=TITLE, due=due or day(30))


def request_of(person: Person) -> Asked:
    return Asked.objects.select_related("round").get(person=person, round__closed_at=None)


def says(person: Person, thing: Asset, answer: str, note: str = "") -> int:
    """Answer for one thing as a person; return for how many it was new."""
    return answer_for(request_of(person), {thing.pk: Given(answer, note)}, by=person)


def all_confirmed(cast: Cast) -> None:
    """Let everybody with a role who was not asked yet confirm that all is right."""
    current = Round.current() or opened(cast)
    for one in current.unasked():
        asked = Asked.objects.get_or_create(round=current, person=one.person)[0]
        Statement.objects.create(asked=asked, asset=one.asset, role=one.role)
    for waiting in Statement.objects.filter(asked__round=current).unanswered():
        person = waiting.asked.person
        answer_for(request_of(person), {waiting.asset_id: Given("correct", "")}, by=person)
