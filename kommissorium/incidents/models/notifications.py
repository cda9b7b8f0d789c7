"""The moments incidents became known, and the notifications with their deadlines."""

from __future__ import annotations

from django.core.validators import MaxValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person
from kommissorium.assets.models import Answer
from kommissorium.incidents.laws import Rule, rule_of
from kommissorium.incidents.models.incidents import MOST_PERSONS, Incident
from kommissorium.incidents.models.kinds import question


class AwarenessQuerySet(models.QuerySet["Awareness"]):
    def counting(self) -> AwarenessQuerySet:
        """Return the first of each law, and the changes that the data protection officer agreed to."""
        return self.filter(models.Q(is_first=True) | models.Q(is_agreed=True))


class Awareness(models.Model):
    """The moment the municipality knew, by one law. The first is kept whatever comes later.

    A change is asked for with a reason and counts from when the data protection officer has
    agreed. Neither is ever changed (0002_freeze) but for that one answer.
    """

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="awareness")
    law = models.CharField(max_length=10)
    at = models.DateTimeField(_("known since"))
    because = models.TextField(_("how we came to know"))
    is_first = models.BooleanField()
    set_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    is_agreed = models.BooleanField(null=True)
    word = models.TextField(_("the data protection officer's word"), blank=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    objects = AwarenessQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("awareness")
        constraints = [
            models.UniqueConstraint(
                fields=["incident", "law"],
                condition=models.Q(is_first=True),
                name="first_awareness_once",
            ),
            models.UniqueConstraint(
                fields=["incident", "law"],
                condition=models.Q(is_first=False, answered_at=None),
                name="one_change_of_awareness_waits",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.incident_id} {self.law}"


class NotificationQuerySet(models.QuerySet["Notification"]):
    def visible_to(self, person: Person) -> NotificationQuerySet:
        return self.filter(incident__in=Incident.objects.visible_to(person).values("pk"))

    def running(self) -> NotificationQuerySet:
        """Return those with a deadline that nobody has met or found needless."""
        found = self.filter(sent_at=None, due_at__isnull=False)
        return found.exclude(needed=Answer.NO)


class Notification(models.Model):
    """A notification that may be due: needed or not, its deadline, and when it was sent.

    `code` names the rule in laws.toml, of which `due_at` is reckoned: None where there is no
    deadline, or where what it runs from has not happened. `told_stage` says how many of the
    mails about the deadline have been sent; it is raised by a conditional UPDATE.
    """

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="notifications")
    code = models.CharField(max_length=20)
    needed = question(_("is it to be sent?"))
    because = models.TextField(_("reason"), blank=True)
    exception = models.CharField(_("exception"), max_length=20, blank=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    advice = models.TextField(_("the data protection officer's advice"), blank=True)
    advised_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    advised_at = models.DateTimeField(null=True)
    from_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    told_stage = models.PositiveSmallIntegerField(default=0)
    text = models.TextField(_("text"), blank=True)
    is_malicious = question(_("is malice suspected?"))
    crosses_borders = question(_("can it reach other countries?"))
    status_sent_at = models.DateTimeField(_("status report sent at"), null=True)
    sent_at = models.DateTimeField(_("sent at"), null=True)
    receipt = models.CharField(_("receipt number"), max_length=100, blank=True)
    late_because = models.TextField(_("why it was later than the deadline"), blank=True)
    more_follows = models.BooleanField(
        _("more will follow: it is told of in phases"), default=False
    )
    how = models.CharField(_("how they were told"), max_length=200, blank=True)
    how_many = models.PositiveIntegerField(
        _("how many were told"), null=True, blank=True, validators=[MaxValueValidator(MOST_PERSONS)]
    )
    sent_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    edit_version = models.PositiveIntegerField(default=1)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("notification")
        constraints = [
            models.UniqueConstraint(fields=["incident", "code"], name="one_notification_of_a_rule")
        ]
        indexes = [models.Index(fields=["sent_at", "due_at"])]

    def __str__(self) -> str:
        return f"{self.incident_id} {self.code}"

    def get_absolute_url(self) -> str:
        return reverse("incident_notification", args=[self.pk])

    @property
    def rule(self) -> Rule:
        return rule_of(self.code)

    @property
    def is_running(self) -> bool:
        return self.due_at is not None and not self.sent_at and self.needed != Answer.NO

    @property
    def is_settled(self) -> bool:
        """Return whether nothing is left to do about it."""
        return bool(self.sent_at) or self.needed == Answer.NO

    @property
    def was_late(self) -> bool:
        return bool(self.due_at and self.sent_at and self.sent_at > self.due_at)

    @property
    def reason(self) -> str:
        """Return why it was sent late, or why it was not sent."""
        return self.late_because if self.sent_at else self.because

    @property
    def may_have_status(self) -> bool:
        """Return whether a status can be sent now in place of the final report."""
        is_open = not self.sent_at and not self.status_sent_at
        return bool(self.rule.has_status and is_open and self.incident.is_open)
