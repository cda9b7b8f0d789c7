"""Personal data that the program keeps: of whom, why and how long; and all that is kept of one person.

GDPR articles 15, 17 and 30. The same table stands in docs/personal-data.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.accounts.models import Person, Reading
from kommissorium.core.documents import Column, Sheet
from kommissorium.core.evidence.models import Event, RowVersion
from kommissorium.core.mail.models import OutboxMail
from kommissorium.secretariat.evidence_access import address_of


@dataclass(frozen=True)
class KindOfData:
    """One kind of personal data: what it is, of whom, why it is kept, who sees it and how long."""

    what: str | Promise
    whose: str | Promise
    why: str | Promise
    seen_by: str | Promise
    how_long: str | Promise


KINDS: Final = (
    KindOfData(
        gettext_lazy("Name, e-mail, job title, department and language"),
        gettext_lazy("Those who have a login, a role, a seat or a responsibility"),
        gettext_lazy("To know who decides, advises and answers for what"),
        gettext_lazy(
            "The name: everybody who signs in. The rest: those who keep people, and auditors"
        ),
        gettext_lazy("Until it is erased, at the earliest a year after the login was closed"),
    ),
    KindOfData(
        gettext_lazy(
            "Password (as a hash), second step, the id of your account in the municipality's "
            "directory, and sessions with the browser's name"
        ),
        gettext_lazy("Those who sign in"),
        gettext_lazy("To know that it is you"),
        gettext_lazy("Nobody"),
        gettext_lazy("A session for ten hours at most; the rest until the person is erased"),
    ),
    KindOfData(
        gettext_lazy("Roles and seats, with their days"),
        gettext_lazy("Those who hold them"),
        gettext_lazy("To prove who could decide what on any day"),
        gettext_lazy("Those who follow the committee, those who keep people, and auditors"),
        gettext_lazy("As long as the municipality keeps the database: they prove decisions"),
    ),
    KindOfData(
        gettext_lazy("Who did what and when: the chain of evidence"),
        gettext_lazy("Everybody who does something in the program"),
        gettext_lazy("To prove what was decided, by whom, and that nothing was changed"),
        gettext_lazy("Coordinators and auditors; of each thing, those who may see it"),
        gettext_lazy(
            "For ever, by a pseudonym; whose it is, is forgotten when the person is erased"
        ),
    ),
    KindOfData(
        gettext_lazy("What a row held before it was changed or removed: with the evidence"),
        gettext_lazy("Those whom it named"),
        gettext_lazy("To prove what was known on any day"),
        gettext_lazy("Those who may see the thing; of removed ones, those who run the server"),
        gettext_lazy("As long as the database; what is erased by rule is erased there, too"),
    ),
    KindOfData(
        gettext_lazy("Names in calls, minutes and other approved papers"),
        gettext_lazy("Those who were called, were there or decided"),
        gettext_lazy("They are records of a public authority"),
        gettext_lazy("Those who may read the paper"),
        gettext_lazy("As the rules of archives have it: approved papers never change"),
    ),
    KindOfData(
        gettext_lazy("Who answers for systems, risks, documents, tasks and duties"),
        gettext_lazy("Owners and those who were asked"),
        gettext_lazy("To know whom to ask, and whom to remind"),
        gettext_lazy("Those who may see the thing"),
        gettext_lazy("As long as the thing is kept; erased persons stand without their name"),
    ),
    KindOfData(
        gettext_lazy("Reports of incidents: what happened, and who reported it"),
        gettext_lazy("Employees, and others who report"),
        gettext_lazy("To limit the harm, and to tell authorities in time"),
        gettext_lazy("Those who handle the case, its coordinator and the data protection officer"),
        gettext_lazy("As long as the case is kept; it is filed in the records system"),
    ),
    KindOfData(
        gettext_lazy("Names of persons concerned by a breach"),
        gettext_lazy("Citizens and employees"),
        gettext_lazy("To tell them, where the law asks for it"),
        gettext_lazy("Those who handle the case. They stand in no chain, mail or search"),
        gettext_lazy("Until the case is filed, and as many days after as the settings say"),
    ),
    KindOfData(
        gettext_lazy("Which items you read before a meeting, and that you agree"),
        gettext_lazy("Those who have a seat in a committee"),
        gettext_lazy("So that those who prepare the meeting know what needs time; it is no vote"),
        gettext_lazy("You; those who prepare the meeting see how many items, and when"),
        gettext_lazy("Until 90 days after the meeting"),
    ),
    KindOfData(
        gettext_lazy("Private notes on items of a meeting"),
        gettext_lazy("Those who write them"),
        gettext_lazy("To remember at the meeting"),
        gettext_lazy(
            "The writer alone. They are encrypted, and stand in no chain, search or export"
        ),
        gettext_lazy("Until the writer empties them, at the latest 90 days after the meeting"),
    ),
    KindOfData(
        gettext_lazy("Who took a course, and who confirmed a document"),
        gettext_lazy("Employees"),
        gettext_lazy("To know who lacks it"),
        gettext_lazy("Coordinators; leaders for their own area. Groups under five are hidden"),
        gettext_lazy("Courses: as the settings of awareness say. Confirmations: with the document"),
    ),
    KindOfData(
        gettext_lazy("Who read closed items, incidents and audits, or took a file out"),
        gettext_lazy("Everybody who signs in"),
        gettext_lazy("To find out who saw what, should something leak"),
        gettext_lazy("Auditors and the data protection officer; everybody their own"),
        gettext_lazy("A year"),
    ),
    KindOfData(
        gettext_lazy("The server's log: sign-ins and refusals, by pseudonym and network address"),
        gettext_lazy("Those who sign in"),
        gettext_lazy("To find out who tried to get in"),
        gettext_lazy("Those who run the server"),
        gettext_lazy("As long as those who run the server keep its log"),
    ),
    KindOfData(
        gettext_lazy("Mails that were sent"),
        gettext_lazy("Those who got them"),
        gettext_lazy("To send each once, and to know that it arrived"),
        gettext_lazy("Administrators: address, time and subject"),
        gettext_lazy("Until the person is erased"),
    ),
)


def data_of(person: Person) -> list[Sheet]:
    """Return all that is kept of a person, as the sheets of a workbook.

    Where a row names the person, it says which row it is and where it stands, without its content:
    that may be about others, or closed.
    """
    return [
        Sheet(_("Person"), [Column(_("What")), Column(_("Value"), width=60)], _card(person)),
        Sheet(
            _("Where you are named"),
            [
                Column(_("What")),
                Column(_("As")),
                Column(_("Number")),
                Column(_("Link"), kind="link"),
            ],
            _named(person),
        ),
        Sheet(
            _("What you have done"),
            [
                Column(_("Number"), kind="number"),
                Column(_("Time"), kind="moment"),
                Column(_("Act")),
            ],
            _done(person),
        ),
        Sheet(
            _("What you have read"),
            [Column(_("Time"), kind="moment"), Column(_("What was read")), Column(_("Of what"))],
            _read(person),
        ),
        Sheet(
            _("Mails to you"),
            [Column(_("Time"), kind="moment"), Column(_("Subject"), width=60)],
            _mails(person),
        ),
    ]


def _card(person: Person) -> Iterator[tuple[str, Any]]:
    for name in ("name", "email", "job_title", "department", "language"):
        field = Person._meta.get_field(name)  # noqa: SLF001 Django's documented model API
        yield capfirst(str(getattr(field, "verbose_name", name))), str(getattr(person, name) or "")
    yield _("Pseudonym in the chain of evidence"), str(person.pseudonym)
    yield _("Reminders by mail"), str(person.get_reminders_display())
    if person.directory_account:
        yield _("Account in the municipality's directory"), person.directory_account
    yield _("Second step"), str(_("Yes") if person.authenticator_set.exists() else _("No"))
    for role in person.roles.all():
        until = f"–{role.to_date}" if role.to_date else "–"
        yield _("Role"), f"{role.get_kind_display()} ({role.from_date}{until})"


def naming() -> Iterable[tuple[type[models.Model], models.ForeignKey[Any, Any]]]:
    """Return each column of ours that names a person, with its table."""
    for model in apps.get_models():
        if not model.__module__.startswith("kommissorium.") or model is Reading:
            continue
        for field in model._meta.local_fields:  # noqa: SLF001 Django's documented model API
            if isinstance(field, models.ForeignKey) and field.related_model is Person:
                yield model, field


def _named(person: Person) -> Iterator[tuple[str, str, str, str]]:
    for model, field in naming():
        meta = model._meta  # noqa: SLF001 Django's documented model API
        what, role = _worded(meta.verbose_name), _worded(field.verbose_name)
        rows = model._default_manager.filter(**{field.name: person}).order_by("pk")  # noqa: SLF001
        keys = list(map(str, rows.values_list("pk", flat=True)))
        for key in keys:
            page = address_of(meta.label_lower, key)
            yield what, role, key, f"{settings.SITE_URL}{page}" if page else ""
        before = RowVersion.objects.naming(meta.db_table, field.column, person.pk)
        for key in sorted(before.difference(keys), key=int):
            yield what, _("%(role)s, before") % {"role": role}, key, ""


def _worded(name: object) -> str:
    """Return a name that was given; one that Django makes of the code says nothing to a reader."""
    return capfirst(str(name)) if isinstance(name, Promise) else _("A row of the program")


def _done(person: Person) -> Iterator[tuple[int, Any, str]]:
    found = Event.objects.filter(actor=str(person.pseudonym)).order_by("seq")
    yield from found.values_list("seq", "at", "act").iterator()


def _read(person: Person) -> Iterator[tuple[Any, str, str]]:
    for one in Reading.objects.filter(person=person).iterator():
        thing = one.path or f"{one.object_kind} {one.object_id}"
        yield one.at, str(one.get_what_display()), thing


def _mails(person: Person) -> Iterator[tuple[Any, str]]:
    if person.email:
        found = OutboxMail.objects.filter(recipient__iexact=person.email).order_by("pk")
        yield from found.values_list("queued_at", "subject").iterator()
