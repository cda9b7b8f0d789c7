"""People an activity reached: figures by group, which stay, and rows of persons, which do not."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import OrganisationRole, Person, held_on
from kommissorium.assets.models import Area
from kommissorium.awareness.models.activities import Audience, AwarenessActivity
from kommissorium.committees.models import Clause, Holding

NUMBERS = ("people", "done", "clicked", "gave_data", "reported")


class GroupFigures(models.Model):
    """The figures of one group: an area's employees, leaders, or executive board.

    Of a course `people` took part in it by right, and `done` completed it; of a simulation
    `people` were sent the mail. Counted ones come of rows of persons; others are written by hand.
    """

    activity = models.ForeignKey(AwarenessActivity, models.PROTECT, related_name="figures")
    area = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("area")
    )
    audience = models.CharField(
        _("who they are"), max_length=10, choices=Audience, default=Audience.EMPLOYEES
    )
    people = models.PositiveIntegerField(_("how many it was for"))
    done = models.PositiveIntegerField(_("completed or reached"), default=0)
    clicked = models.PositiveIntegerField(_("clicked"), default=0)
    gave_data = models.PositiveIntegerField(_("gave data"), default=0)
    reported = models.PositiveIntegerField(_("reported it"), default=0)
    is_counted = models.BooleanField(default=False)

    class Meta:
        ordering = ["area__name", "audience", "pk"]
        verbose_name = _("figures of a group")
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "area", "audience"], name="one_row_of_figures_per_group"
            ),
            models.UniqueConstraint(
                fields=["activity", "audience"],
                condition=models.Q(area=None),
                name="one_row_of_figures_without_area",
            ),
            models.CheckConstraint(
                condition=models.Q(done__lte=models.F("people"))
                & models.Q(clicked__lte=models.F("people"))
                & models.Q(gave_data__lte=models.F("clicked"))
                & models.Q(reported__lte=models.F("people")),
                name="no_more_than_there_are_people",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity_id} {self.area_id} {self.audience}"


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
