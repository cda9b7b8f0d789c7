"""Texts of the mails about a meeting, which say nothing of closed items, and links to answer by.

Call these in the language of whoever gets the mail.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from kommissorium.core.mail.letter import Letter, Link, Listed
from kommissorium.core.richtext import plain_text
from kommissorium.core.ui.localised import clock, day
from kommissorium.meetings.models import AgendaItem, Attendance, Meeting

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


Answer, Capacity = Attendance.Answer, Attendance.Capacity


def invitation(attendance: Attendance, items: Sequence[AgendaItem]) -> Letter:
    """Return the call: when, where, what is on the agenda and how to answer."""
    letter = _letter(_("Call: %(what)s"), attendance, _asked_as(attendance))
    return replace(letter, lists=[_agenda(items)] if items else [])


def planned(attendance: Attendance) -> Letter:
    """Return that a meeting is planned; the agenda comes with the call."""
    later = _("The agenda comes later, with the call.")
    if attendance.capacity == Capacity.GUEST:
        later = ""
    return _letter(_("Meeting planned: %(what)s"), attendance, _asked_as(attendance), later)


def moved(attendance: Attendance, *, in_time: bool) -> Letter:
    """Return the new time or place; a new time asks for a new answer."""
    if not in_time:
        said = _("The place of the meeting has changed. Your answer still counts.")
        if not attendance.answer:
            said = _("The place of the meeting has changed.")
        return _letter(_("New place: %(what)s"), attendance, said)
    said = _("The meeting has been moved to another time.")
    if is_asked(attendance):
        said += " " + _("Answers to the former time no longer count. Please answer again.")
    elif attendance.capacity == Capacity.DEPUTY:
        said += " " + _as_deputy(attendance)
    return _letter(_("New time: %(what)s"), attendance, said)


def late_item(attendance: Attendance, item: AgendaItem) -> Letter:
    """Return that an item came after the call: what it is about, and where it stands."""
    title = _("Closed item") if item.is_closed else item.title
    said = [_("An item has come on the agenda after the call.")]
    facts = [(_("Item"), f"{item.number}. {title}")]
    if not item.is_closed:
        said += [plain_text(text) for text in (item.presentation, item.recommendation) if text]
        facts.append((_("Why it comes now"), item.late_because))
    letter = _letter(_("Late item: %(what)s"), attendance, *said, asks=False)
    button = Link(_("Read the item"), item.get_absolute_url())
    more = [letter.button, *letter.more]
    return replace(letter, button=button, more=more, facts=[*facts, *letter.facts])


def cancelled(attendance: Attendance) -> Letter:
    """Return that the meeting is called off, and why."""
    reason = attendance.meeting.cancelled_because
    said = _("The meeting is cancelled: %(reason)s") % {"reason": reason}
    return _letter(_("Cancelled: %(what)s"), attendance, said, asks=False)


def call_withdrawn(attendance: Attendance) -> Letter:
    """Return that the call is withdrawn, why, and that another will come."""
    reason = attendance.meeting.cancelled_because
    said = _("The call is withdrawn: %(reason)s") % {"reason": reason}
    later = _(
        "The meeting is planned again for the same time. You get a new call with a new agenda,"
        " and answer that one."
    )
    return _letter(_("Call withdrawn: %(what)s"), attendance, said, later, asks=False)


def dropped(attendance: Attendance) -> Letter:
    """Return that the person is no longer called to the meeting."""
    said = _("You are no longer called to this meeting. Take it off your calendar.")
    letter = _letter(_("No longer for you: %(what)s"), attendance, said, asks=False)
    if attendance.capacity != Capacity.GUEST:
        return letter
    return replace(letter, button=Link(_("Open Kommissorium"), "/"))  # the former link is dead


def stands_in(attendance: Attendance, holder: str) -> Letter:
    """Return to a deputy that they take the holder's place."""
    values = {"name": holder, "seat": attendance.seat}
    said = _("%(name)s sends apologies and asks you as deputy to take part (%(seat)s).") % values
    return _letter(_("You stand in: %(what)s"), attendance, said)


def stands_in_no_more(attendance: Attendance) -> Letter:
    """Return to a deputy that they are not needed after all."""
    values = {"seat": attendance.seat}
    said = _("You no longer stand in as deputy (%(seat)s) at this meeting.") % values
    return _letter(_("You do not stand in: %(what)s"), attendance, said, asks=False)


def is_asked(attendance: Attendance) -> bool:
    """Return whether an answer is asked of the person: a deputy is only told until they stand in."""
    return attendance.capacity != Capacity.DEPUTY or attendance.stands_in


def _letter(subject: str, attendance: Attendance, *said: str, asks: bool = True) -> Letter:
    meeting = attendance.meeting
    what = f"{meeting.committee.name} {day(meeting.starts_at)}"
    links = _pages(attendance, asks=asks)
    is_answered = asks and is_asked(attendance)
    if is_answered:
        links = [*_answers(attendance), *links]
    by_calendar = is_answered and meeting.committee.email
    return Letter(
        subject % {"what": what},
        links[0],
        attendance.person.name,
        lines=said,
        facts=_when_and_where(meeting),
        more=links[1:],
        small=[_("You can also answer in your calendar.")] if by_calendar else [],
    )


def _pages(attendance: Attendance, *, asks: bool) -> list[Link]:
    """Return the pages of the meeting; for a guest, who reads none of it, the one of the answer."""
    meeting = attendance.meeting
    if attendance.capacity == Capacity.GUEST:
        return [] if asks else [Link(_("See the meeting"), answer_link(attendance))]
    links = [Link(_("See the meeting and its agenda"), meeting.get_absolute_url())]
    if meeting.number and asks:
        pack = reverse("meeting_pack", args=[meeting.pk, "pdf"])
        links.append(Link(_("The agenda with its annexes as PDF"), pack))
    return links


def _answers(attendance: Attendance) -> list[Link]:
    """Return where to answer: the button, and each answer by itself."""
    answers = {
        "": _("Say whether you come"),
        Answer.ACCEPTED: _("I come"),
        Answer.TENTATIVE: _("I may come"),
        Answer.DECLINED: _("I send apologies"),
    }
    return [Link(words, answer_link(attendance, answer)) for answer, words in answers.items()]


def _asked_as(attendance: Attendance) -> str:
    values = {"committee": attendance.meeting.committee.name, "seat": attendance.seat}
    if attendance.capacity == Capacity.GUEST:
        return _("You are invited as a guest to a meeting of %(committee)s.") % values
    if attendance.capacity == Capacity.DEPUTY and not attendance.stands_in:
        told = _("For your information: there is a meeting of %(committee)s.") % values
        return f"{told} {_as_deputy(attendance)}"
    if attendance.capacity == Capacity.DEPUTY:
        return _("You stand in as deputy (%(seat)s) at a meeting of %(committee)s.") % values
    return _("You are called to a meeting of %(committee)s.") % values


def _as_deputy(attendance: Attendance) -> str:
    values = {"seat": attendance.seat}
    return _("You are deputy (%(seat)s) and take part only when asked to stand in.") % values


def _when_and_where(meeting: Meeting) -> list[tuple[str, str]]:
    starts_at, ends_at = timezone.localtime(meeting.starts_at), timezone.localtime(meeting.ends_at)
    weekday = date_format(starts_at, "l").capitalize()
    hours = f"{clock(starts_at)}–{time_format(ends_at.time(), 'TIME_FORMAT')}"
    facts = [
        (_("When"), f"{weekday} {day(starts_at)}, {hours}"),
        (_("Where"), meeting.place),
        (_("Video meeting"), meeting.link),
    ]
    found = [(name, value) for name, value in facts if value]
    return found if meeting.has_place else [*found, (_("Where"), _("The place is not set yet."))]


def _agenda(items: Sequence[AgendaItem]) -> Listed:
    titles = [_("Closed item") if item.is_closed else item.title for item in items]
    numbers = [item.number for item in items]
    return Listed.of(
        _("Agenda"),
        [f"{number}. {title}" for number, title in zip(numbers, titles, strict=True)],
        is_numbered=True,
    )
