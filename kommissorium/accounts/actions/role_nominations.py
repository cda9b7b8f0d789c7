"""Actions on roles that need a second person's yes: ask for one, say yes or no."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from kommissorium.accounts.actions.email_changes import invite_unproven
from kommissorium.accounts.actions.notices import tell
from kommissorium.accounts.actions.roles import give_role, refuse_role, write_role
from kommissorium.accounts.actions.second_yes import ask_once, note_answer
from kommissorium.accounts.models import OrganisationRole, Person, RoleNomination
from kommissorium.core.backdating import reason_for
from kommissorium.core.evidence.actions import record
from kommissorium.core.refusals import Refused


def give_or_ask(
    person: Person,
    kind: str,
    *,
    by: Person | None,
    from_date: date,
    to_date: date | None = None,
    because: str = "",
) -> OrganisationRole | RoleNomination:
    """Give a role, or ask for the second yes it needs."""
    if by and OrganisationRole.needs_second_yes(person, kind, by):
        return nominate_for_role(
            person, kind, by=by, from_date=from_date, to_date=to_date, because=because
        )
    return give_role(person, kind, by=by, from_date=from_date, to_date=to_date, because=because)


@transaction.atomic
def nominate_for_role(
    person: Person,
    kind: str,
    *,
    by: Person,
    from_date: date,
    to_date: date | None = None,
    because: str = "",
) -> RoleNomination:
    """Ask for a role; somebody else says yes. Raises Refused as giving it does."""
    if not OrganisationRole.can_be_given_by(by, kind):
        raise PermissionDenied
    refuse_role(person, kind, from_date, to_date)
    nomination = RoleNomination(
        person=person,
        kind=kind,
        by=by,
        from_date=from_date,
        to_date=to_date,
        because=reason_for(from_date, because),
    )
    ask_once(nomination, _("This role waits for a second person's yes already."))
    facts = {"kind": kind, "from": from_date, "to": to_date, "because": nomination.because}
    tell(record("accounts.role_nominated", person, by=by, facts=facts), person, asks=nomination)
    return nomination


@transaction.atomic
def accept_role_nomination(nomination: RoleNomination, *, by: Person) -> OrganisationRole:
    """Say yes: the role begins, not before today. Raises Refused where it cannot be given any more."""
    note_answer(nomination, by=by, accepted=True)
    asker = nomination.by
    if not (asker.is_active and OrganisationRole.can_be_given_by(asker, nomination.kind)):
        sentence = _("%(name)s, who asked, may no longer give this role. Say no.")
        raise Refused(sentence % {"name": asker.name})
    person, kind = nomination.person, nomination.kind
    refuse_role(person, kind, nomination.begins, nomination.to_date)
    invite_unproven(person, by=by, asked_by=asker)
    return write_role(
        person,
        kind,
        by=by,
        from_date=nomination.begins,
        to_date=nomination.to_date,
        because=nomination.because,
        asked_by=asker,
    )


@transaction.atomic
def refuse_role_nomination(nomination: RoleNomination, *, by: Person) -> None:
    """Say no, or take back what one asked for."""
    note_answer(nomination, by=by, accepted=False)
    person, facts = nomination.person, {"kind": nomination.kind}
    tell(record("accounts.role_refused", person, by=by, facts=facts), person)
