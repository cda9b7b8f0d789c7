"""Run a round of attestation: ask the owners, ask again, act on what they answer, close it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.accounts.models import Person
from kommissorium.assets.actions.attestation import requests
from kommissorium.assets.actions.attestation.answer import hold_open
from kommissorium.assets.actions.attestation.requests import (
    ask,
    finish_on_wheel,
    keep_finished,
    put_on_wheel,
    tell_all,
)
from kommissorium.assets.attestation.content import content_of
from kommissorium.assets.attestation.editions import round_pdf
from kommissorium.assets.models import Asked, Round, Statement
from kommissorium.assets.models.attestation import TITLE_LENGTH, WORD_LENGTH
from kommissorium.core.actions.rows import update_row
from kommissorium.core.cleaning import clean_line, clean_reason, clean_text
from kommissorium.core.evidence.actions import freeze, record
from kommissorium.core.refusals import Refused

MOST_DAYS = 366  # from the opening until the answers are due


@transaction.atomic
def open_round(*, by: Person, title: str, due: date) -> Round:
    """Ask everybody who has a role in an asset of the register, by one mail each.

    Raises Refused for no title, a day that is over or more than a year away, while another
    round is open, and where no asset has an owner.
    """
    if not Round.can_be_run_by(by):
        raise PermissionDenied
    title, due = _title(title), _due(due)
    if (other := Round.current()) is not None:
        raise Refused(_("“%(title)s” is still open. Close it first.") % {"title": other.title})
    found = _made(title, due, by)
    asked = ask(found)
    if not asked:
        raise Refused(_("Nobody owns anything in the registers yet. Appoint owners first."))
    tell_all(asked, requests.invitation, kind="assets.attestation", key="first")
    put_on_wheel(found, by=by)
    record("assets.round_opened", found, by=by, facts={"due": due, "asked": len(asked)})
    return found


@transaction.atomic
def change_round(found: Round, *, by: Person, title: str, due: date, edit_version: int) -> None:
    """Give an open round another title or day. Raises Refused as open_round does; Conflict."""
    if not Round.can_be_run_by(by):
        raise PermissionDenied
    hold_open(found)
    title, new_due = _title(title), due if due == found.due else _due(due)
    update_row(found, {"title": title, "due": new_due}, edit_version=edit_version)
    put_on_wheel(found, by=by)
    record("assets.round_changed", found, by=by, facts={"due": new_due})


@transaction.atomic
def ask_newcomers(found: Round, *, by: Person | None) -> int:
    """Ask about roles given since the round was opened; return the number of people.

    `by` is None when the program does it by itself. Raises Refused for a round that is closed.
    """
    if by is not None and not Round.can_be_run_by(by):
        raise PermissionDenied
    hold_open(found)
    asked = ask(found)
    keep_finished(found, by=by)
    if asked:
        at = timezone.now().isoformat()
        tell_all(asked, requests.addition, kind="assets.attestation", key=at)
        record("assets.newcomers_asked", found, by=by, facts={"asked": len(asked)})
    return len(asked)


def ask_newcomers_today() -> None:
    """Ask people who came to own something while a round is open; the worker does it by itself."""
    found = Round.current()
    if found is not None:
        ask_newcomers(found, by=None)


@transaction.atomic
def remind(found: Round, *, by: Person, only: Asked | None = None) -> int:
    """Send one more mail to those who have not answered; return their number.

    Nobody gets two on one day. Raises Refused for a round that is closed and where no mail
    was to be sent.
    """
    if not Round.can_be_run_by(by):
        raise PermissionDenied
    hold_open(found)
    rows = Asked.objects.filter(round=found).waiting().with_progress()
    waiting = list((rows.filter(pk=only.pk) if only else rows).select_related("person", "round"))
    today = timezone.localdate()
    new = [one for one in waiting if not _was_reminded(one, today) and one.person.has_login]
    if not new:
        raise Refused(_why_nobody(waiting))
    numbers = {one: one.left for one in new}
    told = tell_all(
        numbers, requests.reminder, kind="assets.attestation_reminder", key=today.isoformat()
    )
    Asked.objects.filter(pk__in=[one.pk for one in new]).update(reminded_at=timezone.now())
    record("assets.owners_reminded", found, by=by, facts={"number": len(new)})
    return told


@transaction.atomic
def settle(statement: Statement, *, by: Person, settlement: str) -> Statement:
    """Note what was done about an answer that asked for something.

    What the person said of their other roles in the asset is settled with it. Raises Refused
    for no words, where it is settled already or changed meanwhile, and for a closed round.
    """
    if not Round.can_be_run_by(by):
        raise PermissionDenied
    found, person = statement.asked.round, statement.asked.person
    hold_open(found)
    words = clean_reason(settlement, _("Must be filled in."), "settlement")
    same = Statement.objects.wanting().filter(
        asked=statement.asked_id,
        asset=statement.asset_id,
        answer=statement.answer,
        note=statement.note,
    )
    if not same.update(settled_at=timezone.now(), settled_by=by, settlement=words):
        raise Refused(_("It is settled already, or the owner has changed the answer meanwhile."))
    statement.refresh_from_db()
    facts = {"asset": statement.asset_id, "person": str(person.pseudonym)}
    record("assets.statement_settled", found, by=by, facts=facts)
    return statement


def _title(title: str) -> str:
    return clean_line(title, "title", TITLE_LENGTH, wanted=_("Give it a title."))


def _due(due: date) -> date:
    today = timezone.localdate()
    if due < today:
        raise Refused(due=_("That day is over. Choose today or a later day."))
    if due > today + timedelta(days=MOST_DAYS):
        raise Refused(due=_("Choose a day within a year."))
    return due


def _made(title: str, due: date, by: Person) -> Round:
    try:
        with transaction.atomic():
            return Round.objects.create(
                title=title, due=due, opened_at=timezone.now(), opened_by=by
            )
    except IntegrityError:  # of two who open at once the second comes here
        raise Refused(_("Somebody else has already done this.")) from None


def _was_reminded(asked: Asked, today: date) -> bool:
    return asked.reminded_at is not None and timezone.localdate(asked.reminded_at) == today


def _why_nobody(waiting: list[Asked]) -> str:
    if not waiting:
        return _("Everybody has answered.")
    if any(one.person.has_login for one in waiting):
        return _("They have been reminded today. Wait until tomorrow.")
    return _("They cannot sign in, so no mail was sent. Write or call.")


ATTESTATION: Final = "assets.attestation"  # the kind of record


@transaction.atomic
def close_round(found: Round, *, by: Person, conclusion: str = "") -> Round:
    """Freeze the owners' answers, who never answered, and what was done; then nothing changes.

    Raises Refused for one that is closed, and while an answer asks for something not done.
    """
    if not Round.can_be_run_by(by):
        raise PermissionDenied
    hold_open(found)
    words = clean_text(conclusion, "conclusion", WORD_LENGTH)
    if sentence := why_not(found):
        raise Refused(sentence)
    keep_finished(found, by=by)
    found.refresh_from_db()
    now = timezone.now()
    content = content_of(found) | {
        "closed_at": timezone.localtime(now).isoformat(),
        "closed_by": by.name,
        "conclusion": words,
    }
    pdf = round_pdf(content, made_at=timezone.localtime(now))
    frozen = freeze(ATTESTATION, found, by=by, content=content, pdf=pdf)
    asked, answered = content["asked"], content["answered"]
    # On the wheel first: a closed round never changes, and what it leads to may be refused.
    finish_on_wheel(found, by=by, asked=asked, answered=answered, words=words)
    Round.objects.filter(pk=found.pk, closed_at=None).update(
        closed_at=now,
        closed_by=by,
        record=frozen,
        open_mark=None,
        asked_count=asked,
        answered_count=answered,
        edit_version=found.edit_version + 1,
    )
    found.refresh_from_db()
    record("assets.round_closed", found, by=by, facts={"asked": asked, "answered": answered})
    return found


def why_not(found: Round) -> str:
    """Return why an open round cannot be closed yet, as a sentence; "" where it can."""
    number = found.number_wanting()
    if not number:
        return ""
    return ngettext(
        "%(number)d answer waits for you. Act on it before you close.",
        "%(number)d answers wait for you. Act on them before you close.",
        number,
    ) % {"number": number}
