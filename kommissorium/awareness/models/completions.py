"""Completions of a course, person by person; they are erased by rule."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import OrganisationRole, Person, held_on
from kommissorium.assets.models import Area
from kommissorium.awareness.models.activities import Audience, AwarenessActivity
from kommissorium.committees.models import Clause, Holding


class CompletionQuerySet(models.QuerySet["Completion"]):
    def visible_to(self, person: Person) -> CompletionQuerySet:
        """Return all to keepers of the register and the data protection officer, else one's own."""
        return self if reads_persons(person) else self.filter(person=person)


class Completion(models.Model):
    """A person whom a course is for, and when they completed it; None while they have not.

    `who` is an e-mail or a number of the learning system. Erased by rule, months after.
    """

    activity = models.ForeignKey(AwarenessActivity, models.PROTECT, related_name="completions")
    who = models.CharField(_("e-mail or number"), max_length=254)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    area = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("area")
    )
    audience = models.CharField(
        _("who they are"), max_length=10, choices=Audience, default=Audience.EMPLOYEES
    )
    done_on = models.DateField(_("completed on"), null=True)
    edit_version = models.PositiveIntegerField(default=1)

    objects = CompletionQuerySet.as_manager()

    class Meta:
        ordering = ["who"]
        verbose_name = _("course of a person")
        constraints = [models.UniqueConstraint(fields=["activity", "who"], name="once_in_a_course")]

    def __str__(self) -> str:
        return self.who


def reads_persons(person: Person) -> bool:
    """Return whether `person` reads who took a course: coordinators, and the data protection
    officer, who is so by role and by an adviser's seat."""
    if person.is_coordinator:
        return True
    if OrganisationRole.Kind.DPO not in person.current_roles:
        return False
    today = timezone.localdate()
    seats = Holding.objects.filter(held_on(today), held_on(today, "seat__"), person=person)
    return seats.filter(seat__role=Clause.Role.ADVISER).exists()
