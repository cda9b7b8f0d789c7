"""Requests that wait for a second person's yes: for a role, an e-mail, and their common base."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.leaders import chairs
from kommissorium.accounts.models.people import OrganisationRole, Person, PersonQuerySet
from kommissorium.accounts.models.second_person import is_another, was_made_by, why_no_other


class SecondYes(models.Model):
    """Something somebody asked for that holds only when another person says yes.

    Whoever asked, and whom it is about, can take it back but never say yes to it.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    accepted = models.BooleanField(default=False)

    class Meta:
        abstract = True

    def get_absolute_url(self) -> str:
        """Return the page on which it is answered."""
        raise NotImplementedError

    def concerns(self, person: Person) -> bool:
        return person.pk in (self.person_id, self.by_id)

    def may_be_seconded_by(self, person: Person) -> bool:
        """Return whether `person` is somebody whose yes counts, were it not their own affair."""
        raise NotImplementedError

    def can_be_accepted_by(self, person: Person) -> bool:
        """Return whether the yes counts: of another than who asked, whom nobody concerned made up."""
        if self.concerns(person) or not self.may_be_seconded_by(person):
            return False
        return is_another(self.by, person) and not was_made_by(person, self.person)

    def why_not_accepted_by(self, person: Person) -> str:
        """Return why the yes of somebody who could say it does not count; "" where it does."""
        if self.concerns(person) or not self.may_be_seconded_by(person):
            return ""
        made = self.person if was_made_by(person, self.person) else self.by
        return why_no_other(made, person)

    def can_be_refused_by(self, person: Person) -> bool:
        return self.concerns(person) or self.may_be_seconded_by(person)


class DatedSecondYes(SecondYes):
    """A role or a seat asked for from a date on; `because` says why from one before that day."""

    from_date = models.DateField()
    because = models.CharField(max_length=300, blank=True)

    class Meta:
        abstract = True

    @property
    def begins(self) -> date:
        """Return the first day if the yes comes today: not before it, unless a reason says so."""
        return self.from_date if self.because else max(self.from_date, timezone.localdate())


class RoleNomination(DatedSecondYes):
    """A role somebody is to get when a second person says yes."""

    kind = models.CharField(_("role"), max_length=20, choices=OrganisationRole.Kind.choices)
    to_date = models.DateField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind"],
                condition=models.Q(answered_at=None),
                name="one_waiting_nomination_for_a_role",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.person_id}"

    def get_absolute_url(self) -> str:
        return reverse("role_nomination", args=[self.person_id, self.pk])

    def may_be_seconded_by(self, person: Person) -> bool:
        """Return whether it is somebody whose yes counts for a role of this kind.

        For a role that reads: a coordinator or who chairs a committee, never an administrator as
        such; where nobody else is there, the executive board. For the administrator another one;
        a lone administrator would never get a second one, so a coordinator or the board then.
        """
        if self.kind == OrganisationRole.Kind.ADMINISTRATOR:
            others = administrators().exclude(pk__in=[self.person_id, self.by_id])
            leads = person.is_coordinator or person.is_executive
            return person.is_administrator or (leads and not others.exists())
        if person.is_coordinator or person.pk in chairs():
            return True
        return person.is_executive and not self._is_answerable_by_usual()

    def can_be_refused_by(self, person: Person) -> bool:
        """Return whether `person` may say no: an administrator may, too."""
        return person.is_administrator or super().can_be_refused_by(person)

    def _is_answerable_by_usual(self) -> bool:
        kind, today = OrganisationRole.Kind.COORDINATOR, timezone.localdate()
        held = Person.objects.with_role(kind, today) | Person.objects.filter(pk__in=chairs())
        others = held.active().exclude(email=None)
        return bool(others.exclude(pk__in=[self.person_id, self.by_id]).exists())


class EmailChange(SecondYes):
    """Another e-mail for somebody who signs in: the old mailbox agrees, or two administrators.

    Without `answered_by` it was answered by the link sent to the old mailbox.
    """

    UNKEPT = "who leaves may be erased"

    email = models.EmailField(_("e-mail"))
    before = models.EmailField(blank=True)
    seconded_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(answered_at=None),
                name="one_waiting_email_of_a_person",
            ),
        ]

    def __str__(self) -> str:
        return f"e-mail of {self.person_id}"

    def get_absolute_url(self) -> str:
        return reverse("email_change", args=[self.person_id, self.pk])

    def may_be_seconded_by(self, person: Person) -> bool:
        return person.is_administrator and is_another(self.seconded_by, person)

    def is_last_yes(self, person: Person) -> bool:
        """Return whether two administrators agree when `person` does."""
        said = (self.by, self.seconded_by)
        return any(one and one.is_active and one.is_administrator for one in said)


class DirectoryLink(SecondYes):
    """An account of the municipality's directory that an administrator wants a person to sign in by.

    Whoever has the account is the person from then on: never without a second yes, nor for oneself.
    """

    UNKEPT = "who leaves may be erased"

    account = models.CharField(max_length=500)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(answered_at=None),
                name="one_waiting_directory_link_of_a_person",
            ),
        ]

    def __str__(self) -> str:
        return f"account of {self.person_id}"

    def get_absolute_url(self) -> str:
        return reverse("directory_link", args=[self.person_id, self.pk])

    def may_be_seconded_by(self, person: Person) -> bool:
        """Return whether it is another administrator; where none is there, a coordinator or the
        executive board."""
        others = administrators().exclude(pk__in=[self.person_id, self.by_id])
        leads = person.is_coordinator or person.is_executive
        return person.is_administrator or (leads and not others.exists())

    @staticmethod
    def can_be_asked_by(by: Person, person: Person) -> bool:
        """Return whether `by` may link this person's account, or take the link away."""
        return by.is_administrator and by.pk != person.pk


def administrators() -> PersonQuerySet:
    """Return today's administrators who can be reached: the others cannot say yes."""
    today, kind = timezone.localdate(), OrganisationRole.Kind.ADMINISTRATOR
    found: PersonQuerySet = Person.objects.active().exclude(email=None).with_role(kind, today)
    return found
