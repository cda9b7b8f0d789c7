"""Requests to owners: one per person, one statement for each of their roles, one mail."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils import timezone, translation

from kommissorium.accounts.models import Person
from kommissorium.assets.emails import Letter
from kommissorium.assets.models import Asked, Round, Statement
from kommissorium.core.evidence.actions import record
from kommissorium.core.mail.actions import queue_mail

type Words = Callable[[Asked, int], Letter]

AT_ONCE = 500  # rows written in one statement


def ask(found: Round) -> dict[Asked, int]:
    """Write what is to be asked in the round and is not yet; return asset counts by person."""
    roles: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for person, asset, role in found.unasked().values_list("person", "asset", "role"):
        roles[person].append((asset, role))
    requests = _requests(found, list(roles))
    statements = [
        Statement(asked=requests[person], asset_id=asset, role=role)
        for person, wanted in roles.items()
        for asset, role in wanted
    ]
    Statement.objects.bulk_create(statements, batch_size=AT_ONCE)
    return {
        requests[person]: len({asset for asset, _role in wanted})
        for person, wanted in roles.items()
    }


def keep_finished(found: Round, *, by: Person | None) -> None:
    """Keep everybody's `answered_at` correct after roles were given or taken."""
    asked: Any = Asked.objects.filter(round=found).with_progress()
    more = asked.filter(left__gt=0, answered_at__isnull=False)
    done = asked.filter(left=0, total__gt=0, answered_at=None)
    waiting, finished = (list(rows.values_list("pk", flat=True)) for rows in (more, done))
    if waiting or finished:
        Asked.objects.filter(pk__in=waiting).update(answered_at=None)
        Asked.objects.filter(pk__in=finished).update(answered_at=timezone.now())
        facts = {"waiting": len(waiting), "finished": len(finished)}
        record("assets.answers_followed", found, by=by, facts=facts)


def tell(asked: Asked, number: int, words: Words, *, kind: str, key: str) -> bool:
    """Queue a mail to a person who can sign in and read it; return whether one was queued."""
    person = asked.person
    if not person.has_login:
        return False
    with translation.override(person.language):
        letter = words(asked, number)
    return queue_mail(
        to=person.email or "", kind=kind, key=key, subject=letter.subject, body=letter.body
    )


def tell_all(numbers: Mapping[Asked, int], words: Words, *, kind: str, key: str) -> int:
    """Queue a mail to each person; `key` distinguishes mails of one kind to the same person."""
    told = [
        tell(asked, number, words, kind=kind, key=f"{asked.pk}:{key}")
        for asked, number in numbers.items()
    ]
    return sum(told)


def _requests(found: Round, people: Sequence[int]) -> dict[int, Asked]:
    """Return the request of each person, by the person's key; new ones are made."""
    there = set(Asked.objects.filter(round=found).values_list("person", flat=True))
    new = [Asked(round=found, person_id=key) for key in people if key not in there]
    Asked.objects.bulk_create(new, batch_size=AT_ONCE)
    rows = Asked.objects.filter(round=found).select_related("person")
    wanted = set(people)
    found_rows = {row.person_id: row for row in rows if row.person_id in wanted}
    for row in found_rows.values():
        row.round = found
    return found_rows
