"""The periodic jobs, and how often each runs."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from kommissorium.accounts.actions import renew_waiting_invitations
from kommissorium.accounts.actions.readings import forget_readings
from kommissorium.accounts.models import Municipality, OrganisationRole, Person
from kommissorium.compliance.actions.freezing import freeze_month_ends
from kommissorium.core.evidence.daily_anchor import anchor_today
from kommissorium.core.evidence.time_stamps import stamp_today
from kommissorium.core.files.leftovers import forget_leftovers
from kommissorium.core.mail.actions import send_due
from kommissorium.core.schedule.actions import Periodic
from kommissorium.meetings.actions.reading import forget_item_readings
from kommissorium.meetings.kept_packs import forget_kept_packs
from kommissorium.registers.installed import registers
from kommissorium.secretariat.daily_reminders import remind_today
from kommissorium.secretariat.mailbox import read_answers
from kommissorium.secretariat.searching import mend
from kommissorium.secretariat.space_warning import warn_of_space
from kommissorium.yearwheel.actions import sync_all_meetings

AUDITORS = "auditors"


def anchor() -> None:
    """Publish the head of the chain to the outside world."""
    anchor_today(settings.ANCHOR_FILE, mail_to=_outside())


def _outside() -> list[str]:
    """Return who is sent the head of each day: the mailbox of the settings, and ANCHOR_TO."""
    found = [Municipality.current().anchor_email]
    for one in settings.ANCHOR_TO:
        if one == AUDITORS:
            auditors = Person.objects.active().with_role(
                OrganisationRole.Kind.AUDITOR, timezone.localdate()
            )
            found += [person.email or "" for person in auditors]
        else:
            found.append(one)
    return list(dict.fromkeys(filter(None, found)))


def forget_sessions() -> None:
    """Remove expired sign-ins."""
    call_command("clearsessions")


SCHEDULE = [
    Periodic("invitations", renew_waiting_invitations, timedelta(hours=6)),
    Periodic("mail", send_due, timedelta(seconds=10)),
    Periodic("mailbox", read_answers, timedelta(minutes=1)),
    Periodic("reminders", remind_today, timedelta(hours=1)),
    Periodic("wheel_meetings", sync_all_meetings, timedelta(minutes=10)),
    *(periodic for register in registers() for periodic in register.schedule),
    Periodic("answers", freeze_month_ends, timedelta(hours=1)),
    Periodic("search", mend, timedelta(minutes=10)),
    Periodic("anchor", anchor, timedelta(hours=1)),
    Periodic("time_stamp", stamp_today, timedelta(hours=1)),
    Periodic("space", warn_of_space, timedelta(hours=1)),
    Periodic("leftover_files", forget_leftovers, timedelta(days=1)),
    Periodic("sessions", forget_sessions, timedelta(days=1)),
    Periodic("readings", forget_readings, timedelta(days=1)),
    Periodic("item_readings", forget_item_readings, timedelta(days=1)),
    Periodic("kept_packs", forget_kept_packs, timedelta(days=1)),
]
