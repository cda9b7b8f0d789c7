"""Ask whoever may approve a draft of the mandate to do so, by mail at once."""

from __future__ import annotations

from typing import Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from kommissorium.accounts.models import OrganisationRole, Person
from kommissorium.committees.leaders import who_chairs
from kommissorium.committees.mandate_versions import WordedChange, worded_changes
from kommissorium.committees.models import Mandate
from kommissorium.core.evidence.actions import record
from kommissorium.core.mail.actions import queue_mail
from kommissorium.core.mail.letter import Letter, Link, Listed
from kommissorium.core.refusals import Refused

SHOWN: Final = 20  # changes
LENGTH: Final = 160  # characters of a clause


@transaction.atomic
def ask_for_approval(mandate: Mandate, *, by: Person) -> list[Person]:
    """Ask by mail for the approval of a draft, once in its present form; return the people asked.

    That is whoever chairs the committee; where none of them may approve it, the other
    coordinators and the executive board. Raises Refused where nobody can be asked.
    """
    if not mandate.can_be_edited_by(by):
        raise PermissionDenied
    people = _who_approves(mandate, by)
    if not people:
        raise Refused(_("Nobody else can approve it today: there is no chair who can be reached."))
    told = {"version": mandate.version}
    record("committees.mandate_approval_asked", mandate, by=by, facts=told)
    for person in people:
        _ask(mandate, person, by)
    return people


def _who_approves(mandate: Mandate, by: Person) -> list[Person]:
    today = timezone.localdate()
    chairs = who_chairs(mandate.committee, today, but=[by])
    able = [one for one in chairs if mandate.can_be_approved_by(one)]
    if able:
        return able
    reached = Person.objects.active().exclude(email=None).exclude(pk=by.pk)
    kinds = OrganisationRole.Kind
    others = reached.with_role(kinds.COORDINATOR, today) | reached.with_role(kinds.EXECUTIVE, today)
    return [one for one in others.distinct() if mandate.can_be_approved_by(one)]


def _ask(mandate: Mandate, person: Person, by: Person) -> None:
    with translation.override(person.language):
        values = {
            "by": by.name,
            "title": mandate.title,
            "version": mandate.version,
            "committee": mandate.committee.name,
        }
        said = _(
            "%(by)s asks you to approve version %(version)d of the terms of reference of "
            "%(committee)s."
        )
        letter = Letter(
            _("Terms of reference to approve: %(title)s, version %(version)d") % values,
            Link(_("Read it and approve"), reverse("mandate_approval", args=[mandate.pk])),
            person.name,
            lines=[said % values],
            lists=[_changes(mandate)],
        )
    key = f"{mandate.pk}:{mandate.edit_version}"
    kind = "committees.mandate_approval_asked"
    queue_mail(to=person.email or "", kind=kind, key=key, letter=letter)


def _changes(mandate: Mandate) -> Listed:
    """Return the differences from the version before; for a first one its size."""
    clauses, previous = list(mandate.clauses.all()), mandate.previous()
    if previous is None:
        return Listed.of("", [_("Number of clauses: %(number)d") % {"number": len(clauses)}])
    found = worded_changes(list(previous.clauses.all()), clauses)
    changed = [one for one in found if one.kind != "same"]
    if not changed:
        return Listed.of("", [_("No clause differs from the version before.")])
    more = ["…"] if len(changed) > SHOWN else []
    return Listed.of(_("What is changed:"), [*map(_line, changed[:SHOWN]), *more])


def _line(change: WordedChange) -> str:
    text = "".join(words for op, words in change.segments if op != "removed" or _is_gone(change))
    return f"{change.number} ({change.label}): {Truncator(text).chars(LENGTH)}"


def _is_gone(change: WordedChange) -> bool:
    return change.kind == "removed"
