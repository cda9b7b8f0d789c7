"""Models of the evidence chain, and what any model says of the past of its rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol
from uuid import UUID

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy


class Actor(Protocol):
    """Somebody or something that acts: known to the chain by pseudonym alone."""

    @property
    def pseudonym(self) -> UUID: ...


class EventQuerySet(models.QuerySet["Event"]):
    def about(self, subject: models.Model) -> EventQuerySet:
        """Return the events of one object, newest first."""
        kind, key = reference(subject)
        return self.filter(object_kind=kind, object_id=key).order_by("-seq")


class EventManager(models.Manager["Event"]):
    """Reads events without their seals, which may be long."""

    def get_queryset(self) -> EventQuerySet:
        return EventQuerySet(self.model, using=self._db).defer("seals")

    def about(self, subject: models.Model) -> EventQuerySet:
        return self.get_queryset().about(subject)


class Event(models.Model):
    """One link of the chain. Written once; triggers forbid change (0002_freeze).

    `facts` is the canonical JSON that `content_hash` was made of. It holds no personal
    names: people stand in it by pseudonym. `seals` (see seals.py) is the canonical JSON that
    `seals_hash` was made of; only a check reads it.
    """

    seq = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=40)
    act = models.CharField(max_length=80)
    object_kind = models.CharField(max_length=60)
    object_id = models.CharField(max_length=40)
    facts = models.TextField()
    content_hash = models.CharField(max_length=64)
    seals = models.TextField()
    seals_hash = models.CharField(max_length=64)
    previous_hash = models.CharField(max_length=64, unique=True)
    hash = models.CharField(max_length=64, unique=True)

    objects = EventManager()

    class Meta:
        ordering = ["-seq"]
        indexes = [
            models.Index(fields=["object_kind", "object_id", "-seq"]),
            models.Index(fields=["act"], name="core_event_act"),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.act}"


class RowVersionQuerySet(models.QuerySet["RowVersion"]):
    def held(self, table: str, seq: int) -> dict[str, str | None]:
        """Return what the rows of a table held after an event, by key; None where nobody knows."""
        until = self.filter(table=table, event__lte=seq).order_by("event_id")
        last = dict(until.values_list("key", "text"))
        return {key: text for key, text in last.items() if text != ""}

    def naming(self, table: str, column: str, key: int) -> set[str]:
        """Return the keys of the rows of a table in which a column ever held this key."""
        said = [models.Q(text__contains=f'"{column}":{key}{end}') for end in ",}"]
        return set(self.filter(said[0] | said[1], table=table).values_list("key", flat=True))


class RowVersion(models.Model):
    """A row's values from an event on, as the text that the event's seal was made of.

    One for each seal, of every sealed table whose model does not say with UNKEPT why not. The text
    is "" where the row was removed, and None where nobody kept it, or a rule erased it.
    """

    UNSEALED = gettext_lazy(
        "former values of sealed rows; each is checked by the seal in its event"
    )

    event = models.ForeignKey(Event, models.DO_NOTHING, related_name="+", db_index=False)
    table = models.CharField(max_length=60)
    key = models.CharField(max_length=40)
    text = models.TextField(null=True)

    objects = RowVersionQuerySet.as_manager()

    class Meta:
        ordering = ["event"]
        constraints = [
            models.UniqueConstraint(
                fields=["table", "key", "event"], name="one_version_of_an_event"
            )
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.key} {self.event_id}"


class Record(models.Model):
    """A call, an approved text or a report, as the bytes it had then. Never changes."""

    kind = models.CharField(max_length=80)
    object_kind = models.CharField(max_length=60)
    object_id = models.CharField(max_length=40)
    at = models.DateTimeField()
    content = models.TextField()
    content_hash = models.CharField(max_length=64)
    pdf = models.BinaryField(null=True)
    pdf_hash = models.CharField(max_length=64, blank=True)
    event = models.OneToOneField(Event, models.PROTECT)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["object_kind", "object_id"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Anchor(models.Model):
    """A publication of the chain's head to the outside world, once a day."""

    on = models.DateField(unique=True)
    seq = models.BigIntegerField()
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["-on"]

    def __str__(self) -> str:
        return f"{self.on} {self.seq}"


class Stamp(models.Model):
    """An authority's time stamp (RFC 3161) of an anchor, as it was answered. Never changes."""

    UNSEALED = gettext_lazy("time stamps; each is proved by the signature of who gave it")

    anchor = models.OneToOneField(Anchor, models.PROTECT)
    answer = models.BinaryField()

    class Meta:
        ordering = ["anchor"]

    def __str__(self) -> str:
        return f"stamp of {self.anchor}"


class Salt(models.Model):
    """The secret that makes the seals of this database its own: one row, made once for ever."""

    value = models.CharField(max_length=64)

    def __str__(self) -> str:
        return "salt"


def reference(subject: models.Model) -> tuple[str, str]:
    """Return the chain's name for an object: its kind and its key."""
    meta: Any = subject._meta  # noqa: SLF001 Django's documented model API
    return str(meta.label_lower), str(subject.pk)


def _nobody(_person: Any) -> bool:
    return False


@dataclass(frozen=True)
class Past:
    """How the past of a model's rows is shown, declared as its `PAST`.

    A field is shown with the label that the model gives it, or `labels`; one without is not
    shown, nor is one whose label there is "".

    Readers of the row today see what it held. But what it held while a field had one of the values
    that are `closed` is for those alone whom `opened_to` names: a draft, or what was closed. `under`
    names the row it belongs to, whose own `closed` holds for it as well.
    """

    labels: Mapping[str, str | Promise] = field(default_factory=dict)
    closed: Mapping[str, tuple[object, ...]] = field(default_factory=dict)
    opened_to: Callable[[Any], bool] = _nobody
    under: str = ""

    def and_labels(self, **labels: str | Promise) -> Past:
        """Return the same with more labels."""
        return Past({**self.labels, **labels}, self.closed, self.opened_to, self.under)
