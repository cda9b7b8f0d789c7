"""Reminders that an acceptance expires: 30 days before, 7 days before, and on its last day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from django.utils import translation
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.core.mail.digest import Reminder
from kommissorium.core.ui.localised import day
from kommissorium.risks.models import Acceptance, Scenario
from kommissorium.risks.models.acceptances import AcceptanceQuerySet

STAGES = (30, 7, 0)  # days before
LATE = 14  # days after: whoever was not reached in time still hears of it


def reminders(on: date) -> Iterator[Reminder]:
    """Yield, for owner and coordinators, the newest stage each expiring acceptance has reached."""
    acceptances = list(near(on).prefetch_related("risks__scenario"))
    if not acceptances:
        return
    coordinators = _reachable(Person.objects.with_role("coordinator", on))
    for acceptance in acceptances:
        owners = Person.objects.filter(owned_risks__acceptances__acceptance=acceptance)
        people = {one.pk: one for one in (*_reachable(owners.distinct()), *coordinators)}
        for person in people.values():
            yield _reminder(acceptance, person, on)


def near(on: date) -> AcceptanceQuerySet:
    """Return the acceptances that expire soon or have just expired, the first to first."""
    days = (on - timedelta(days=LATE), on + timedelta(days=max(STAGES)))
    return Acceptance.objects.standing().filter(expires_on__range=days).order_by("expires_on", "pk")


def stage(expires_on: date, on: date) -> int | None:
    """Return the newest stage reached: 30, 7 or 0 days before; None before all."""
    left = (expires_on - on).days
    return next((days for days in sorted(STAGES) if left <= days), None)


def _reachable(people: Iterable[Person]) -> list[Person]:
    return [one for one in people if one.is_active and one.email]


def _reminder(acceptance: Acceptance, person: Person, on: date) -> Reminder:
    is_read = Acceptance.objects.visible_to(person).filter(pk=acceptance.pk).exists()
    with translation.override(person.language):
        heading, text, url = line_of(acceptance, person, on, is_read=is_read)
    key = f"acceptance:{acceptance.pk}:{stage(acceptance.expires_on, on)}"
    return Reminder(person, key, text, url, heading)


def line_of(
    acceptance: Acceptance, person: Person, on: date, *, is_read: bool
) -> tuple[str, str, str]:
    """Return heading, text and page of the acceptance, as the active language has it.

    Who does not read all risks of it is told of their own and no amount.
    """
    rows = acceptance.risks.all()
    risks = [row.scenario for row in rows if is_read or row.scenario.owner_id == person.pk]
    heading, text = _in_words(acceptance, risks, on, says_amount=is_read)
    return heading, text, (acceptance if is_read else risks[0]).get_absolute_url()


def _in_words(
    acceptance: Acceptance, risks: Sequence[Scenario], on: date, *, says_amount: bool
) -> tuple[str, str]:
    title = risks[0].title
    title = title if len(risks) == 1 else _("%(title)s and more") % {"title": title}
    values = {
        "title": title,
        "amount": acceptance.loss_in_words,
        "day": day(acceptance.expires_on),
    }
    if acceptance.expires_on < on:
        text = _("%(title)s: the acceptance of %(amount)s expired on %(day)s.")
        short = _("%(title)s: the acceptance expired on %(day)s.")
        return _("Accepted risks that have expired"), (text if says_amount else short) % values
    text = _("%(title)s: the acceptance of %(amount)s holds until %(day)s.")
    short = _("%(title)s: the acceptance holds until %(day)s.")
    return _("Accepted risks that expire"), (text if says_amount else short) % values
