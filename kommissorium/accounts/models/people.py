"""People, their roles and invitations."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import cached_property
from typing import ClassVar
from uuid import uuid4

from django.apps import apps
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.leaders import leads_a_committee
from kommissorium.accounts.models.conditions import ends_after_it_starts, held_on
from kommissorium.accounts.models.municipality import Municipality
from kommissorium.accounts.models.reminders import Reminded
from kommissorium.accounts.models.sign_in_states import Linked, SignInState, can_sign_in
from kommissorium.core.backdating import MOST_OF_REASON
from kommissorium.core.word_search import mentions_all

INVITATION_LASTS = timedelta(days=7)
LANGUAGES = [("da", _("Danish")), ("en", _("English"))]


class PersonQuerySet(models.QuerySet["Person"]):
    def active(self) -> PersonQuerySet:
        return self.filter(is_active=True)

    def visible_to(self, person: Person) -> PersonQuerySet:
        """Return the people whose cards `person` may open: all for those who keep them."""
        if Person.can_be_kept_by(person) or person.is_auditor:
            return self
        return self.filter(pk=person.pk)

    def with_sign_in(self, now: datetime) -> PersonQuerySet:
        """Add `sign_in_state` (SignInState) and `has_second_step` to each person."""
        asked = Invitation.objects.filter(
            person=models.OuterRef("pk"), accepted_at=None, sent_at__gt=now - INVITATION_LASTS
        )
        with_step = Person.objects.filter(pk=models.OuterRef("pk"), authenticator__isnull=False)
        state = models.Case(
            models.When(is_active=False, then=models.Value(SignInState.CLOSED)),
            models.When(can_sign_in(), then=models.Value(SignInState.ACTIVE)),
            models.When(models.Exists(asked), then=models.Value(SignInState.INVITED)),
            default=models.Value(SignInState.NONE),
            output_field=models.CharField(),
        )
        added = {"sign_in_state": state, "has_second_step": models.Exists(with_step)}
        return self.annotate(**added)

    def found_by(self, words: str) -> PersonQuerySet:
        """Return the people in whose name, e-mail, title or department every word stands."""
        return self.filter(mentions_all(words, "name", "email", "job_title", "department"))

    def with_role(self, kind: str, on: date) -> PersonQuerySet:
        held = OrganisationRole.objects.filter(held_on(on), kind=kind)
        return self.filter(pk__in=held.values("person"))


class PersonManager(BaseUserManager.from_queryset(PersonQuerySet)):  # type: ignore[misc]
    """Finds people by e-mail, whatever the case it was typed in."""

    def get_by_natural_key(self, username: str | None) -> Person:
        person: Person = self.get(email__iexact=username)
        return person


class Person(Reminded, Linked, AbstractBaseUser):
    """A person in or around the municipality. May have no login: then no e-mail or password.

    `pseudonym` is the only name the evidence chain knows a person by.
    """

    UNKEPT = "who leaves may be erased"

    pseudonym = models.UUIDField(default=uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail"), null=True, blank=True, unique=True)
    job_title = models.CharField(_("job title"), max_length=120, blank=True)
    department = models.CharField(_("department"), max_length=120, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES, default="da")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    # Counted up to end all sessions and links for good; and when the login was closed last.
    sign_in_epoch = models.PositiveIntegerField(default=1)
    login_closed_at = models.DateTimeField(null=True)
    # Issuer and lasting id of the account in the municipality's directory by which they sign in.
    directory_account = models.CharField(max_length=500, null=True)
    edit_version = models.PositiveIntegerField(default=1)

    UNSEALED_COLUMNS: ClassVar = {
        "password": _("it never leaves the database, so nobody else could check it"),
        "last_login": _("it changes with each sign-in"),
    }

    # Only on people fetched by with_sign_in() or by the list of people.
    sign_in_state: str
    has_second_step: bool
    roles_today: list[OrganisationRole]
    # Only on who is signed in: how many roles had ended, counted when the person was fetched.
    ended_roles: int | None = None

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects: ClassVar[PersonManager] = PersonManager()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("person")
        constraints = [
            models.UniqueConstraint(Lower("email"), name="one_person_per_email"),
            models.UniqueConstraint(
                fields=["directory_account"],
                condition=models.Q(directory_account__isnull=False),
                name="one_person_per_directory_account",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("person", args=[self.pk])

    has_noted_reading = False  # by a page of this request
    sits_today: bool | None = None  # in a committee, where it was asked for along (backends)
    owns_today = sits_today  # something of a register

    def roles_on(self, on: date) -> set[str]:
        """Return the kinds of role the person holds in the organisation on the date."""
        return set(self.roles.filter(held_on(on)).values_list("kind", flat=True))

    @cached_property
    def current_roles(self) -> set[str]:
        """Return today's roles; asked of the database once per request."""
        return self.roles_on(timezone.localdate())

    @property
    def is_administrator(self) -> bool:
        return OrganisationRole.Kind.ADMINISTRATOR in self.current_roles

    @property
    def is_executive(self) -> bool:
        return OrganisationRole.Kind.EXECUTIVE in self.current_roles

    @property
    def is_auditor(self) -> bool:
        return OrganisationRole.Kind.AUDITOR in self.current_roles

    @property
    def is_coordinator(self) -> bool:
        return OrganisationRole.Kind.COORDINATOR in self.current_roles

    @property
    def has_login(self) -> bool:
        return self.is_active and bool(self.email) and (self.can_use_password or self.is_linked)

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Return what a session is bound to: it never comes back once one of these has changed."""
        salt = "kommissorium.accounts.session"
        ended = self.ended_roles
        if ended is None:
            ended = self.roles.filter(to_date__lt=timezone.localdate()).count()
        value = f"{self.pk}:{self.password}:{self.sign_in_epoch}:{ended}"
        if self.signs_in_there_alone:
            value += ":directory"  # so that what a password began ends once it is no way in
        return salted_hmac(salt, value, secret=secret, algorithm="sha256").hexdigest()

    def is_trusted(self) -> bool:
        """Return whether a second yes stands behind a role or seat, now or later, or is waited for."""
        nominations = apps.get_model("accounts", "RoleNomination").objects
        if nominations.filter(person=self.pk, answered_at=None).exists():
            return True
        lasting = models.Q(to_date=None) | models.Q(to_date__gte=timezone.localdate())
        return self.roles.filter(lasting).exists() or leads_a_committee(self.pk)

    def email_is_guarded(self) -> bool:
        """Return whether a new e-mail waits until the old mailbox, or administrators, agree."""
        return self.has_way_in or self.is_trusted()

    @staticmethod
    def can_be_kept_by(person: Person) -> bool:
        """Return whether `person` may add people and correct their cards."""
        return person.is_administrator or person.is_coordinator

    @staticmethod
    def can_be_listed_by(person: Person) -> bool:
        """Return whether `person` may see the list of all people."""
        return Person.can_be_kept_by(person) or person.is_auditor

    def sign_in_can_be_kept_by(self, person: Person) -> bool:
        """Return whether `person` may invite this one, change the e-mail or close the login.

        Whoever rules an administrator's mailbox rules the program: only their equals may.
        """
        return person.is_administrator or (person.is_coordinator and not self.is_administrator)

    def invitation_can_be_shown_to(self, person: Person) -> bool:
        """Return whether `person` may see the link by which this one chooses a first password.

        Whoever sees it could use it: where a second person's yes stands behind somebody, it goes
        to the mailbox alone, as the e-mail on the card is guarded then.
        """
        if self.has_way_in or self.signs_in_there_alone or not self.sign_in_can_be_kept_by(person):
            return False
        return Municipality.is_being_set_up() or not self.is_trusted()

    def second_step_can_be_reset_by(self, person: Person) -> bool:
        """Return whether `person` may remove this one's second step; one's own goes elsewhere."""
        return person.is_administrator and person != self

    @staticmethod
    def can_change_municipality(person: Person) -> bool:
        return person.is_administrator or person.is_coordinator

    @staticmethod
    def can_see_evidence(person: Person) -> bool:
        """Return whether `person` may read the evidence chain and export it."""
        return person.is_auditor or person.is_coordinator


class OrganisationRole(models.Model):
    """A role in the whole municipality, from one date to another (both included)."""

    class Kind(models.TextChoices):
        ADMINISTRATOR = "administrator", _("Administrator")
        COORDINATOR = "coordinator", _("Information security coordinator")
        EXECUTIVE = "executive", _("Member of the executive board")
        AUDITOR = "auditor", _("Auditor")
        DPO = "dpo", _("Data protection officer")  # opens nothing: the adviser's seat does

    person = models.ForeignKey(Person, models.PROTECT, related_name="roles")
    kind = models.CharField(_("role"), max_length=20, choices=Kind.choices)
    from_date = models.DateField(_("from"))
    to_date = models.DateField(_("until"), null=True, blank=True)
    # Why it begins, or ends, before the day on which that was noted.
    from_because = models.CharField(max_length=MOST_OF_REASON, blank=True)
    to_because = models.CharField(max_length=MOST_OF_REASON, blank=True)
    ended_at = models.DateTimeField(null=True)  # at once: its last whole day is the one before

    class Meta:
        ordering = ["-from_date", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind"],
                condition=models.Q(to_date=None),
                name="one_open_role_of_a_kind",
            ),
            models.CheckConstraint(
                condition=ends_after_it_starts() | models.Q(ended_at__isnull=False),
                name="role_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.person_id}"

    def has_ended_by(self, on: date) -> bool:
        return self.to_date is not None and self.to_date < on

    @staticmethod
    def can_be_given_by(person: Person, kind: str) -> bool:
        """Return whether `person` may give or end a role of this kind.

        Only an administrator makes administrators; a coordinator may name the others.
        """
        if kind == OrganisationRole.Kind.ADMINISTRATOR:
            return person.is_administrator
        return person.is_administrator or person.is_coordinator

    @staticmethod
    def needs_second_yes(by: Person | None) -> bool:
        """Return whether another must say yes before somebody gets a role from `by`.

        Each role reads what others may not, or rules who does. A new municipality is the exception
        until it is set up, and so is the program itself.
        """
        return by is not None and not Municipality.is_being_set_up()


class Invitation(models.Model):
    """An invitation by mail to choose a password. The newest one counts."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="invitations")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.person_id} {self.sent_at}"
