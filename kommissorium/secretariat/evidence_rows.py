"""Rows, records and files of the evidence that one person may read, as pages show them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any, Final

from django.apps import apps
from django.db.models import CharField, Exists, ForeignKey, Model, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from django.utils.functional import Promise

from kommissorium.accounts.models import Person
from kommissorium.committees.models import Committee
from kommissorium.core.evidence.models import Record
from kommissorium.core.evidence.row_readers import (
    FILE,
    PAGE,
    UNDER_WAY,
    Everybodys,
    Itself,
    Kept,
    Rule,
    Under,
)
from kommissorium.core.evidence.sealed_tables import sealed_tables
from kommissorium.core.files.models import StoredFile
from kommissorium.meetings.actions.call import CALL
from kommissorium.meetings.actions.decisions import CHAIR
from kommissorium.meetings.actions.earlier_meetings import KIND as EARLIER
from kommissorium.meetings.actions.minutes import CONFIRMATION, MINUTES
from kommissorium.meetings.models import (
    AgendaItem,
    Attendance,
    Comment,
    Confirmation,
    Decision,
    Meeting,
    Registration,
)
from kommissorium.registers.importing.kinds import import_kinds
from kommissorium.registers.models import ImportRun
from kommissorium.registers.models.activities import Activity
from kommissorium.registers.models.proposals import Proposal
from kommissorium.secretariat.searching import kinds

OF_MEETINGS: Final = (CALL, MINUTES, CONFIRMATION, EARLIER)  # they hold closed items as well

type Model_ = type[Model]
type Rows = QuerySet[Any, Any]


def readable(model: Model_, person: Person) -> Rows:
    """Return the rows of a table that `person`, who may see the evidence, reads."""
    rows = _ruled(model, person)
    narrower = NARROWER.get(model)
    return rows.filter(pk__in=narrower(person).order_by().values("pk")) if narrower else rows


def _ruled(model: Model_, person: Person) -> Rows:
    every, rule = _all_of(model), rule_of(model)
    kind = kinds().get(model._meta.label_lower)  # noqa: SLF001 Django's documented model API
    found: Rows = every.none()
    if isinstance(rule, Everybodys):
        found = every
    elif isinstance(rule, Under):
        parents = {f"{name}__in": _keys(_parent(model, name), person) for name in rule.parents}
        found = every.filter(**parents)
    elif isinstance(rule, Kept):
        pass
    elif model is StoredFile:
        found = files_of(person)
    elif kind:
        found = kind.whole_to(person)
    elif hasattr(every, "visible_to"):
        found = every.visible_to(person)
    return found


def rule_of(model: Model_) -> Rule | None:
    """Return what the model's room says of its readers; a table that joins two belongs to both."""
    meta = model._meta  # noqa: SLF001 as above
    if meta.auto_created:
        return Under(tuple(field.name for field in meta.local_fields if field.is_relation))
    rules: Mapping[str, Rule] = getattr(meta.app_config, "readers", {})
    return rules.get(str(meta.model_name))


def ground_of(model: Model_) -> str | Promise:
    """Return why rows of a table are withheld from whoever may not read them."""
    rule = rule_of(model)
    if isinstance(rule, (Itself, Kept)):
        return rule.ground
    if isinstance(rule, Under):
        return rule.ground or ground_of(_parent(model, rule.parents[0]))
    if model is StoredFile:
        return FILE
    return UNDER_WAY if issubclass(model, (Activity, Proposal)) else PAGE


def files_of(person: Person, *, whole: bool = False) -> QuerySet[StoredFile]:
    """Return the files of rows that `person` reads; `whole`: those the person may fetch.

    The file of a row of which a reader may see but a part is fetched by whoever reads it whole.
    """
    found = Q()
    for model, name in _files():
        rows = readable(model, person)
        if whole and hasattr(rows, "whole_for"):
            rows = rows.whole_for(person)
        named = rows.order_by().filter(**{f"{name}__isnull": False})
        found |= Q(pk__in=named.values(name))
    return StoredFile.objects.filter(found)


def records_visible_to(person: Person) -> QuerySet[Record]:
    """Return the records that `person`, who may see the evidence, may open.

    Those of what the person reads. What a meeting's record holds of closed items is for whom its
    committee names, and so is a closed decision of the chair, and a report that is closed in part.
    """
    named = Meeting.objects.filter(committee__in=Committee.objects.seated(person))
    decisions = Decision.objects.visible_to(person).filter(item=None).values("record")
    of_meeting, of_chair = Q(kind__in=OF_MEETINGS), Q(kind=CHAIR)
    found = Q(pk__in=[])
    for kind in Record.objects.order_by().values_list("object_kind", flat=True).distinct():
        rows = readable(apps.get_model(kind), person)
        found |= Q(object_kind=kind, object_id__in=_as_text(rows)) & ~_records_in_part(rows, person)
    return Record.objects.filter(
        found & ~of_meeting & ~of_chair
        | of_meeting & Q(object_id__in=_as_text(named))
        | of_chair & Q(pk__in=decisions)
    )


def _records_in_part(rows: Rows, person: Person) -> Q:
    """Return the condition on the records of rows of which the person reads but a part."""
    if not hasattr(rows, "whole_for"):
        return Q(pk__in=[])
    parts = _all_of(rows.model).exclude(pk__in=rows.whole_for(person).order_by().values("pk"))
    return Q(pk__in=parts.order_by().filter(record__isnull=False).values("record"))


def _as_text(rows: Rows) -> Rows:
    keys: Rows = rows.order_by().annotate(as_text=Cast("pk", CharField())).values("as_text")
    return keys


def _keys(model: Model_, person: Person) -> Rows:
    return readable(model, person).order_by().values("pk")


def _all_of(model: Model_) -> Any:
    return model._default_manager.all()  # noqa: SLF001 as above


def _parent(model: Model_, name: str) -> Model_:
    field: Any = model._meta.get_field(name)  # noqa: SLF001 as above
    parent: Model_ = field.related_model
    return parent


@cache
def _files() -> list[tuple[Model_, str]]:
    """Return each foreign key to a file, by the model that has it."""
    return [*_found_files()]


def _found_files() -> Iterator[tuple[Model_, str]]:
    for table in sealed_tables().values():
        for field in table.model._meta.local_fields:  # noqa: SLF001 as above
            if isinstance(field, ForeignKey) and field.related_model is StoredFile:
                yield table.model, field.name


# Where a page shows less than the whole row to those who may see that it is there.


def comments_of_concern_to(person: Person) -> QuerySet[Comment]:
    """Return the comments on minutes that concern `person`, as Minutes.concerns has it."""
    there = Attendance.objects.present().exclude(capacity=Attendance.Capacity.GUEST)
    attended = Q(minutes__meeting__in=there.filter(person=person).values("meeting"))
    kept = Q(minutes__meeting__committee__in=Committee.objects.prepared_by(person))
    return Comment.objects.filter(attended | kept)


def confirmations_for(person: Person) -> QuerySet[Confirmation]:
    """Return those without an addendum, and those whose addendum speaks of nothing closed."""
    closed = AgendaItem.objects.filter(meeting=OuterRef("minutes__meeting"), is_closed=True)
    named = Q(minutes__meeting__committee__in=Committee.objects.seated(person))
    return Confirmation.objects.filter(Q(changes="") | ~Exists(closed) | named)


def imports_for(person: Person) -> QuerySet[ImportRun]:
    """Return the imports that the person may see, as each kind of them says."""
    found = Q(pk__in=[])
    for kind in import_kinds().values():
        found |= Q(pk__in=kind.runs_of(person).order_by().values("pk"))
    return ImportRun.objects.filter(found)


NARROWER: dict[Model_, Callable[[Person], Rows]] = {
    Comment: comments_of_concern_to,
    Confirmation: confirmations_for,
    ImportRun: imports_for,
    Registration: Registration.objects.with_minutes_for,
}
