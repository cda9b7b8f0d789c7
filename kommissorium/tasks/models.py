"""Models of tasks, delegations, how tasks ended, and the quarters they belong to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person
from kommissorium.committees.models import Committee
from kommissorium.core.evidence.models import Past
from kommissorium.core.word_search import mentions_all

TITLE_LENGTH = 200
WORD_LENGTH = 1000


class TaskQuerySet(models.QuerySet["Task"]):
    def visible_to(self, person: Person) -> TaskQuerySet:
        """Return the tasks `person` may read.

        Coordinators, auditors and members of the executive board read all, others those of the
        committees they follow and those that are or were theirs. A task of a closed item is for
        its owner, its giver, who is asked to take it over, and whom its committee names.
        """
        theirs = models.Q(owner=person) | models.Q(given_by=person)
        mine = Delegation.objects.filter(to_person=person)
        asked = models.Q(pk__in=mine.open().values("task"))
        named = models.Q(committee__in=Committee.objects.seated(person))
        always, if_open = theirs | asked | named, models.Q(is_closed=False)
        if person.is_coordinator or person.is_auditor or person.is_executive:
            return self.filter(if_open | always)
        handed = Delegation.objects.filter(from_person=person)
        once = models.Q(pk__in=mine.values("task")) | models.Q(pk__in=handed.values("task"))
        followed = models.Q(committee__in=Committee.objects.visible_to(person))
        # Each by itself: SQLite finds by an index what any of them names.
        return self.filter(always | if_open & once | if_open & followed)

    def area(self, person: Person) -> TaskQuerySet:
        """Return the tasks owned in the person's own department; none for whoever has none."""
        if not person.department.strip():
            return self.none()
        return self.visible_to(person).filter(owner__department=person.department)

    def open(self) -> TaskQuerySet:
        return self.filter(state=Task.State.OPEN)

    def overdue(self, on: date) -> TaskQuerySet:
        """Return the open tasks that should have been done before the date."""
        return self.open().filter(due__lt=on)

    def due_within(self, on: date, days: int) -> TaskQuerySet:
        """Return the open tasks due from the date until so many days after it."""
        return self.open().filter(due__range=(on, on + timedelta(days=days)))

    def born_at(self, kind: str, ids: Iterable[str]) -> TaskQuerySet:
        """Return the tasks these things gave birth to, named as the chain names them."""
        return self.filter(born_kind=kind, born_id__in=list(ids))

    def of_quarter(self, committee: Committee, quarter: date) -> TaskQuerySet:
        """Return the tasks a committee chose for a quarter."""
        chosen = QuarterTask.objects.filter(committee=committee, quarter=quarter)
        return self.filter(pk__in=chosen.values("task"))

    def as_open_on(self, day: date) -> TaskQuerySet:
        """Return the tasks that were there and not finished when the day ended."""
        end = timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
        over = Ending.objects.filter(task=models.OuterRef("pk"), at__lt=end)
        lasting = models.Q(undone_at=None) | models.Q(undone_at__gte=end)
        return self.filter(~models.Exists(over.filter(lasting)), created_at__lt=end)

    def found_by(self, words: str) -> TaskQuerySet:
        """Return the tasks in whose title, description or owner's name every word stands."""
        return self.filter(mentions_all(words, "title", "description", "owner__name"))


class Task(models.Model):
    """Something somebody is to do by a date. `born_*` name what gave birth to it.

    They come from the room that made the task (core.evidence.models.reference); this room
    learns nothing more of it. `is_closed` says that it was born of a closed item.
    """

    PAST = Past({"owner": _("owner"), "committee": _("committee")}, closed={"is_closed": (True,)})

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        DONE = "done", _("Done")
        DROPPED = "dropped", _("Dropped")

    title = models.CharField(_("title"), max_length=TITLE_LENGTH)
    description = models.TextField(_("description"), blank=True)
    committee = models.ForeignKey(Committee, models.PROTECT, null=True, related_name="tasks")
    owner = models.ForeignKey(Person, models.PROTECT, related_name="tasks")
    given_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="given_tasks")
    due = models.DateField(_("due"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    done_at = models.DateTimeField(null=True)
    done_word = models.CharField(_("what was done"), max_length=WORD_LENGTH, blank=True)
    dropped_at = models.DateTimeField(null=True)
    dropped_because = models.CharField(_("why it was dropped"), max_length=WORD_LENGTH, blank=True)
    is_closed = models.BooleanField(_("from a closed item"), default=False)
    born_kind = models.CharField(max_length=60, blank=True)
    born_id = models.CharField(max_length=40, blank=True)
    born_link = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(editable=False)
    edit_version = models.PositiveIntegerField(default=1)

    objects = TaskQuerySet.as_manager()

    class Meta:
        ordering = ["due", "pk"]
        verbose_name = _("task")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="done", done_at__isnull=False)
                | (~models.Q(state="done") & models.Q(done_at=None)),
                name="done_task_says_when",
            ),
            models.CheckConstraint(
                condition=models.Q(state="dropped", dropped_at__isnull=False)
                | (~models.Q(state="dropped") & models.Q(dropped_at=None)),
                name="dropped_task_says_when",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "due"]),
            models.Index(fields=["born_kind", "born_id"]),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("task", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def is_overdue(self) -> bool:
        return self.is_open and self.due < timezone.localdate()

    @staticmethod
    def can_be_given_by(
        person: Person, committee: Committee | None, owner: Person | None = None
    ) -> bool:
        """Return whether `person` may give `owner` a task; everybody may give one to themself.

        Tasks of a committee are given by those who prepare it, others by a coordinator.
        """
        to_self = owner == person
        if committee is None:
            return to_self or person.is_coordinator
        follows = Committee.objects.visible_to(person).filter(pk=committee.pk)
        return committee.can_be_prepared_by(person) or (to_self and follows.exists())

    def can_be_changed_by(self, person: Person) -> bool:
        """Return whether `person` may change, drop and reopen it: giver, coordinator, preparers."""
        if person.is_coordinator or person.pk == self.given_by_id:
            return True
        return self.committee is not None and self.committee.can_be_prepared_by(person)

    def can_be_finished_by(self, person: Person) -> bool:
        return person.pk == self.owner_id or self.can_be_changed_by(person)

    def can_be_delegated_by(self, person: Person) -> bool:
        return person.pk == self.owner_id or self.can_be_changed_by(person)


class DelegationQuerySet(models.QuerySet["Delegation"]):
    def open(self) -> DelegationQuerySet:
        """Return those nobody has answered yet."""
        return self.filter(answered_at=None)


class Delegation(models.Model):
    """Request to somebody to take a task over, and its outcome. Rows stay."""

    class Answer(models.TextChoices):
        NONE = "", _("Not answered")
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Declined")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    task = models.ForeignKey(Task, models.PROTECT, related_name="delegations")
    from_person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    to_person = models.ForeignKey(Person, models.PROTECT, related_name="delegations")
    asked_at = models.DateTimeField()
    note = models.CharField(_("note"), max_length=WORD_LENGTH, blank=True)
    answered_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=10, choices=Answer.choices, blank=True)
    because = models.CharField(_("why"), max_length=WORD_LENGTH, blank=True)

    objects = DelegationQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["task"],
                condition=models.Q(answered_at=None),
                name="one_open_delegation_of_a_task",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task_id} {self.to_person_id} {self.answer}"

    def can_be_answered_by(self, person: Person) -> bool:
        return person.pk == self.to_person_id

    def can_be_withdrawn_by(self, person: Person) -> bool:
        return person.pk == self.from_person_id or self.task.can_be_delegated_by(person)


class Ending(models.Model):
    """Completion, dropping or reopening of a task. Rows stay.

    The task itself shows the ending that counts; these tell how it stood on any past day.
    """

    task = models.ForeignKey(Task, models.PROTECT, related_name="endings")
    state = models.CharField(max_length=10, choices=Task.State.choices)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    word = models.CharField(max_length=WORD_LENGTH)
    undone_at = models.DateTimeField(null=True)
    undone_because = models.CharField(max_length=WORD_LENGTH, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["task"],
                condition=models.Q(undone_at=None),
                name="one_lasting_ending_of_a_task",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task_id} {self.state}"


class QuarterTask(models.Model):
    """Choice of a task for a quarter by a committee. A task may be carried on to the next.

    `born_*` name the agenda item it was chosen at. `settled_at` is when the minutes that say
    so were approved: after that nobody takes it off.
    """

    committee = models.ForeignKey(Committee, models.PROTECT, related_name="quarter_tasks")
    task = models.ForeignKey(Task, models.PROTECT, related_name="quarters")
    quarter = models.DateField(_("quarter"))
    chosen_at = models.DateTimeField()
    chosen_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    born_kind = models.CharField(max_length=60, blank=True)
    born_id = models.CharField(max_length=40, blank=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["quarter", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["task", "quarter"], name="task_once_in_a_quarter"),
        ]
        indexes = [models.Index(fields=["committee", "quarter"])]

    def __str__(self) -> str:
        return f"{self.quarter} {self.task_id}"

    def can_be_unchosen_by(self, person: Person) -> bool:
        return self.settled_at is None and self.committee.can_be_prepared_by(person)


SEARCHED = ("title", "description", "owner__name")
