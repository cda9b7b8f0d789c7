"""Mails of every change of access: to the person, the chair and the administrators, at once.

While a municipality is being set up they are gathered: one mail for each person and day.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Final, Protocol

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from kommissorium.accounts.history import entries
from kommissorium.accounts.leaders import chairs
from kommissorium.accounts.models import Invitation, Municipality, Person, administrators
from kommissorium.accounts.models.second_person import leading_people
from kommissorium.core.evidence.models import Event
from kommissorium.core.mail.actions import gather_mail, queue_mail, take_gathered
from kommissorium.core.mail.letter import Letter, Link, Listed


class Asked(Protocol):
    """Something that waits for the yes of somebody whose yes counts, on a page of its own."""

    def get_absolute_url(self) -> str: ...

    def can_be_accepted_by(self, person: Person, /) -> bool: ...


ACCESS, SET_UP = "accounts.access_changed", "accounts.access_set_up"
INVITATION_MAIL: Final = "accounts.invitation"
# What the set-up is made of. Whatever could take a login over is told at once, always.
GATHERS: Final = (
    "accounts.role_given",
    "accounts.role_ended",
    "accounts.person_invited",
    "committees.seat_taken",
    "committees.seat_left",
    "committees.holding_undone",
)
GATHERED: Final = time(16)  # when the one mail of the day leaves while all is being set up
FIRST_CALL: Final = "meetings.meeting_called"
AT_MOST: Final = timedelta(days=60)  # after the assistant: then each change is told by itself


def tell(event: Event, person: Person, *, before: str = "", asks: Asked | None = None) -> None:
    """Mail what was done about the person; `before` is an e-mail that was theirs until now.

    `asks` waits for a second yes: in the mail to whoever can say it stands where. While all is
    being set up each gets one mail a day with the roles and seats that were given, and who was invited.
    """
    told = Q(pk=person.pk) | Q(pk__in=chairs()) | Q(pk__in=administrators().values("pk"))
    reached = Person.objects.active().exclude(email=None)
    gathers = not asks and event.act in GATHERS and is_quiet()
    for one in reached.filter(told):
        answers = asks if asks and asks.can_be_accepted_by(one) else None
        if gathers:
            _gather(event, person, one)
        else:
            _tell_one(event, person, one, one.email or "", answers)
    for one in reached.filter(pk__in=leading_people()).exclude(told) if asks else ():
        if asks and asks.can_be_accepted_by(one):
            _tell_one(event, person, one, one.email or "", asks)
    if before:
        _tell_one(event, person, person, before)
    elif not person.is_active and person.email:
        _tell_one(event, person, person, person.email)


def is_quiet() -> bool:
    """Return whether the municipality is being set up: no meeting was called yet.

    Nor did the assistant end long ago, for a committee may never meet by a call from here.
    """
    ended = Municipality.current().setup_finished_at
    if ended is not None and ended < timezone.now() - AT_MOST:
        return False
    return not Event.objects.filter(act=FIRST_CALL).exists()


def told_while_set_up(person: Person) -> list[Link]:
    """Take back the mail of the day that waits for the person; return what it lists."""
    return take_gathered(to=person.email or "", kind=SET_UP)


def list_of(items: Sequence[Link]) -> list[Listed]:
    """Return the list of what was done, for a mail; none for nothing."""
    return [Listed(_("What was done"), items)] if items else []


def _gather(event: Event, person: Person, to: Person) -> None:
    """Add what was done to what waits for somebody: the invitation, or the mail of the day."""
    with translation.override(to.language):
        [entry] = entries([event])
        text = entry.text.strip()
        text = text if person.name in text else f"{person.name}: {text}"
        said = Link(f"{text}\n{_('By')}: {entry.who}")
        letter = Letter(
            _("Changes of access while Kommissorium is set up"),
            Link(_("See who has access"), reverse("people")),
            to.name,
            lines=[
                _("This was done in Kommissorium, %(municipality)s.")
                % {"municipality": Municipality.current().name},
                _surprised(),
            ],
            lists=list_of([said]),
        )
    gather_mail(
        to=to.email or "",
        kind=SET_UP,
        key=str(event.seq),
        letter=letter,
        due=_due(to),
        into=[INVITATION_MAIL],
    )


def _due(to: Person) -> datetime:
    """Return when the mail of the day leaves; the day after, where an invitation is that day's."""
    now = timezone.localtime()
    due = timezone.make_aware(datetime.combine(now, GATHERED))
    begins = timezone.make_aware(datetime.combine(now, time.min))
    invited = Invitation.objects.filter(person=to, sent_at__gte=begins).exists()
    return due + timedelta(days=1) if invited or now >= due else due


def _surprised() -> str:
    return _(
        "If something here is a surprise to you, tell the information security coordinator and an "
        "administrator at once."
    )


def _tell_one(
    event: Event, person: Person, to: Person, email: str, asks: Asked | None = None
) -> None:
    with translation.override(to.language):
        [entry] = entries([event])
        values = {"person": person.name, "name": person.name}
        values["municipality"] = Municipality.current().name
        subject = _("Change of access to Kommissorium: %(name)s") % values
        button = Link(_("See what was done"), person.get_absolute_url())
        if asks:
            subject = _("Your yes or no is needed: %(name)s") % values
            button = Link(_("Say yes or no"), asks.get_absolute_url())
        letter = Letter(
            subject,
            button,
            to.name,
            lines=[
                _("In Kommissorium, %(municipality)s, this was done about %(person)s:") % values,
                entry.text,
            ],
            facts=[(_("By"), entry.who)],
            small=[
                _surprised(),
                _("The person, the chair and the administrators all get this mail."),
            ],
        )
    queue_mail(to=email, kind=ACCESS, key=str(event.seq), letter=letter)
