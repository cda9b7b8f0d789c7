"""Everything that happens by itself, and how often."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.core.management import call_command

from kommissorium.accounts.models import Municipality
from kommissorium.assets.actions.attestation import ask_newcomers_today
from kommissorium.assets.actions.figures import keep_figures
from kommissorium.assets.actions.reviews import follow_all_reviews
from kommissorium.core.evidence.anchoring import anchor_today
from kommissorium.core.mail.actions import send_due
from kommissorium.core.schedule.actions import Periodic
from kommissorium.risks.actions.figures import keep_risk_figures
from kommissorium.secretariat.reminding import remind_today
from kommissorium.yearwheel.actions import sync_all_meetings


def anchor() -> None:
    """Tell the head of the chain to the outside world."""
    anchor_today(settings.DATA_DIR / "anchors.txt", mail_to=Municipality.current().anchor_email)


def forget_sessions() -> None:
    """Remove the sign-ins that have run out."""
    call_command("clearsessions")


SCHEDULE = [
    Periodic("mail", send_due, timedelta(seconds=10)),
    Periodic("reminders", remind_today, timedelta(hours=1)),
    Periodic("wheel_meetings", sync_all_meetings, timedelta(minutes=10)),
    Periodic("register_figures", keep_figures, timedelta(hours=1)),
    Periodic("asset_newcomers", ask_newcomers_today, timedelta(days=1)),
    Periodic("asset_reviews", follow_all_reviews, timedelta(days=1)),
    Periodic("risk_figures", keep_risk_figures, timedelta(hours=1)),
    Periodic("anchor", anchor, timedelta(hours=1)),
    Periodic("sessions", forget_sessions, timedelta(days=1)),
]
