"""Requests that wait for a second person's yes, in words: for pages, the overview and reminders."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from kommissorium.accounts.models import (
    DirectoryLink,
    EmailChange,
    Person,
    RoleNomination,
    SecondYes,
    administrators,
    can_be_confirmed_by,
)
from kommissorium.accounts.models.second_person import (
    asked_to_confirm,
    leading_people,
    leads_something,
    makings,
)
from kommissorium.core.mail.digest import Reminder
from kommissorium.core.ui.localised import day
from kommissorium.core.ui.todo import Todo


@dataclass(frozen=True)
class Waiting:
    """A line about something that waits; `can_accept` says whether the reader's yes counts."""

    text: str
    url: str
    row: SecondYes
    can_accept: bool


def waiting_for(reader: Person, person: Person | None = None) -> list[Waiting]:
    """Return the roles and e-mails that wait and the reader may answer, of one person or of all."""
    found: list[Waiting] = []
    about = {"person": person} if person else {}
    for nomination in (
        RoleNomination.objects.filter(answered_at=None).filter(**about).select_related(*PEOPLE)
    ):
        url = reverse("role_nomination", args=[nomination.person_id, nomination.pk])
        found += line_of(nomination, nomination_in_words(nomination), url, reader)
    for change in (
        EmailChange.objects.filter(answered_at=None).filter(**about).select_related(*PEOPLE)
    ):
        url = reverse("email_change", args=[change.person_id, change.pk])
        found += line_of(change, change_in_words(change), url, reader)
    links = DirectoryLink.objects.filter(answered_at=None).filter(**about).select_related(*PEOPLE)
    for link in links if settings.DIRECTORY else ():
        found += line_of(link, link_in_words(link), link.get_absolute_url(), reader)
    return found


PEOPLE = ("person", "by")


def line_of(row: SecondYes, text: str, url: str, reader: Person) -> list[Waiting]:
    """Return the line, if the reader may answer at all."""
    if not row.can_be_refused_by(reader):
        return []
    return [Waiting(text, url, row, row.can_be_accepted_by(reader))]


def nomination_in_words(nomination: RoleNomination) -> str:
    """Return the person, the role and the day of a nomination, in words."""
    values = {
        "name": nomination.person.name,
        "role": nomination.get_kind_display(),
        "date": day(nomination.begins),
    }
    if nomination.to_date:
        until = {**values, "last": day(nomination.to_date)}
        return _("%(name)s is to get the role %(role)s from %(date)s until %(last)s.") % until
    return _("%(name)s is to get the role %(role)s from %(date)s.") % values


def change_in_words(change: EmailChange) -> str:
    """Return the person and the new e-mail of a change, in words."""
    values = {"name": change.person.name, "email": change.email, "before": change.before}
    if change.before:
        return _("%(name)s is to sign in with %(email)s in place of %(before)s.") % values
    return _("%(name)s is to get the e-mail %(email)s.") % values


def link_in_words(link: DirectoryLink) -> str:
    """Return the person and the account that are to be linked, in words."""
    issuer, _space, lasting_id = link.account.partition(" ")
    values = {"name": link.person.name, "id": lasting_id, "issuer": issuer}
    return _("%(name)s is to sign in by the account %(id)s of %(issuer)s.") % values


def makings_in_words(person: Person) -> list[str]:
    """Return who has made the person up lately, and what follows from it, a sentence each."""
    lasting = makings([person.pk])
    makers = Person.objects.in_bulk([one.maker for one in lasting]) if lasting else {}
    text = _(
        "%(maker)s has added or invited %(name)s, or given an e-mail or a role, on %(day)s. Until "
        "%(until)s %(name)s does not count as a second person beside %(maker)s, unless somebody "
        "else confirms who it is."
    )
    return [
        text
        % {
            "maker": makers[one.maker].name,
            "name": person.name,
            "day": day(one.at),
            "until": day(one.until),
        }
        for one in lasting
    ]


def whose_yes_counts(row: SecondYes) -> list[str]:
    """Return the names of those whose yes counts today and who can be reached."""
    people = leading_people().active().exclude(email=None).order_by("name", "pk")
    return [one.name for one in people if row.can_be_accepted_by(one)]


def todos(person: Person) -> Iterator[Todo]:
    """Yield what waits for this person's yes or word, and a lone administrator's call."""
    if not leads_something(person):
        return
    for one in waiting_for(person):
        if one.can_accept:
            yield Todo(one.text, _("Say yes or no"), one.url, urgent=True)
    for asked in asked_to_confirm():
        if can_be_confirmed_by(asked, person):
            text = _("You are asked to confirm who %(name)s is.") % {"name": asked.name}
            yield Todo(text, _("Confirm"), reverse("person_confirmation", args=[asked.pk]))
    if person.is_administrator and not administrators().exclude(pk=person.pk).exists():
        yield Todo(lone(), _("Choose somebody"), reverse("people"))


def reminders(on: date) -> Iterator[Reminder]:
    """Yield once a month that a lone administrator needs a second one."""
    found = list(administrators()[:2])
    if len(found) != 1:
        return
    with translation.override(found[0].language):
        text, heading = lone(), _("Administrators")
    key = f"accounts.lone_administrator:{on:%Y-%m}"
    yield Reminder(found[0], key, text, reverse("people"), heading)


def lone() -> str:
    """Return the sentence that asks for a second administrator."""
    return _("You are the only administrator. Make somebody else one too: two must agree on much.")
