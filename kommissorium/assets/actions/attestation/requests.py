"""Ask owners about what they own: requests, their mails, and the round on the year wheel."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.accounts.models import Person
from kommissorium.assets.models import Asked, RegisterSettings, Round, Statement
from kommissorium.core.evidence.actions import record
from kommissorium.core.evidence.models import reference
from kommissorium.core.mail.actions import queue_mail
from kommissorium.core.mail.letter import Letter, Link
from kommissorium.core.ui.localised import day
from kommissorium.measures.codes import Measure
from kommissorium.yearwheel.actions.evidence import GivenEvidence
from kommissorium.yearwheel.actions.register_occurrences import (
    RegisterDuty,
    keep_due,
    register_done,
)
from kommissorium.yearwheel.models import Occurrence

KEY: Final = "assets.attestation"


def put_on_wheel(found: Round, *, by: Person) -> None:
    """Put the day by which owners are to answer on the committee's year wheel."""
    committee = RegisterSettings.current().wheel_committee
    if committee is not None:
        keep_due(
            _duty(),
            committee,
            source=source_of(found),
            link=found.get_absolute_url(),
            due=found.due,
            occasion=found.title,
            delegate=None,
            by=by,
        )


def finish_on_wheel(found: Round, *, by: Person, asked: int, answered: int, words: str) -> None:
    """Note on the wheel that the round is closed, with the round itself as evidence."""
    said = _("%(answered)d of %(asked)d owners have answered.")
    said = said % {"answered": answered, "asked": asked}
    kind, key = reference(found)
    shown = GivenEvidence(
        "row",
        label=found.title,
        url=found.get_absolute_url(),
        object_kind=kind,
        object_id=key,
    )
    missed = Occurrence.Result.MINOR if answered < asked else Occurrence.Result.NO_FAULT
    conclusion = f"{said}\n{words}".strip()
    register_done(source_of(found), by=by, result=missed, conclusion=conclusion, evidence=[shown])


def source_of(found: Round) -> str:
    """Return the round's source key on the year wheel."""
    return f"assets.round:{found.pk}:answers"


def _duty() -> RegisterDuty:
    return RegisterDuty(
        key=KEY,
        title=_("Owners' statements"),
        method=_("Ask all owners, see who answers, and act on what they want corrected."),
        success=_("All owners have answered, and what they wanted corrected is corrected."),
        evidence_wanted=_("The closed round"),
        measure=Measure.OWNERSHIP,
    )


def invitation(asked: Asked, number: int) -> Letter:
    """Ask an owner of this many assets to confirm the facts about each."""
    said = ngettext(
        "You are registered as an owner of %(number)d system, data set or archive.",
        "You are registered as an owner of %(number)d systems, data sets and archives.",
        number,
    )
    wish = _("Look at what is registered, and say whether it is correct. It takes one page.")
    subject = _("Is this correct? Answer by %(due)s")
    return _letter(subject, asked, said % {"number": number}, wish)


def addition(asked: Asked, number: int) -> Letter:
    """Ask about assets that became the person's after the others were asked."""
    said = ngettext(
        "You have become an owner of %(number)d more system, data set or archive.",
        "You have become an owner of %(number)d more systems, data sets and archives.",
        number,
    )
    wish = _("Look at what is registered, and say whether it is correct.")
    subject = _("More to answer for by %(due)s")
    return _letter(subject, asked, said % {"number": number}, wish)


def reminder(asked: Asked, number: int) -> Letter:
    """Ask again about the assets, `number` of them, that are not answered."""
    said = ngettext(
        "You have not yet answered for %(number)d system, data set or archive.",
        "You have not yet answered for %(number)d systems, data sets and archives.",
        number,
    )
    wish = _("What you have answered is saved. You can go on where you left off.")
    subject = _("Reminder: your answer was asked for by %(due)s")
    return _letter(subject, asked, said % {"number": number}, wish)


def _letter(subject: str, asked: Asked, said: str, wish: str) -> Letter:
    due = day(asked.round.due)
    return Letter(
        subject % {"due": due},
        Link(_("Look and answer"), reverse("attestation")),
        asked.person.name,
        lines=[f"{said} {wish}"],
        facts=[(_("No later than"), due)],
    )


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
    return queue_mail(to=person.email or "", kind=kind, key=key, letter=letter)


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
