"""Signed links in mails, to answer without signing in."""

from __future__ import annotations

from django.conf import settings
from django.core import signing
from django.urls import reverse

from kommissorium.meetings.models import Attendance

SALT = "kommissorium.meetings.answer"


def answer_link(attendance: Attendance, answer: str = "") -> str:
    """Return the whole address; `answer` is the button that is then the first to press."""
    path = reverse("answer_by_link", args=[answer_token(attendance)])
    chosen = f"?answer={answer}" if answer else ""
    return f"{settings.SITE_URL}{path}{chosen}"


def answer_token(attendance: Attendance) -> str:
    """Return who answers to which meeting at which time, signed; it holds no name."""
    meeting = attendance.meeting
    content = [attendance.pk, meeting.uid.hex, _moment(attendance), _closed(attendance)]
    return signing.Signer(salt=SALT).sign_object(content)


def attendance_of(token: str) -> tuple[Attendance, bool] | None:
    """Return whom a token is about, and whether the meeting is still at its time.

    None for a token that was not made here, when the person is off the list or has left, and
    for one from before the login was closed, whether or not it was reopened.
    """
    try:
        key, uid, moment, closed = signing.Signer(salt=SALT).unsign_object(token)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    found = (
        Attendance.objects.filter(pk=key, meeting__uid=uid, person__is_active=True)
        .select_related("person", "seat", "meeting__committee")
        .first()
    )
    if found is None or closed != _closed(found):
        return None
    return found, moment == _moment(found)


def _closed(attendance: Attendance) -> int:
    closed = attendance.person.login_closed_at
    return int(closed.timestamp()) if closed else 0


def _moment(attendance: Attendance) -> int:
    return int(attendance.meeting.starts_at.timestamp())
