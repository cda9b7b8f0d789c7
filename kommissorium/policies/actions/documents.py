"""Add documents, say what holds for them, and take them out of use."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.core.actions.rows import change_row, set_retired, update_row
from kommissorium.core.cleaning import clean_fields, clean_reason, refuse_outside
from kommissorium.core.evidence.actions import record
from kommissorium.core.refusals import Refused
from kommissorium.policies.actions.next_draft import drop_review
from kommissorium.policies.models import OWNED, Body, Document, Level, LevelSettings

MOST_MONTHS = 60


@transaction.atomic
def add_document(*, by: Person, values: Mapping[str, Any]) -> Document:
    """Add a document; its text comes by versions. Raises Refused, by field."""
    if not Document.can_be_changed_by(by):
        raise PermissionDenied
    cleaned = _cleaned(values)
    refuse_parent(cleaned.get("parent"), cleaned["level"], None)
    _refuse_body(cleaned, None)
    made: Document = Document.objects.create(**cleaned)
    record("policies.document_added", made, by=by, facts=_facts(made))
    return made


@transaction.atomic
def change_document(
    document: Document, *, by: Person, values: Mapping[str, Any], edit_version: int
) -> None:
    """Change what holds for a document; a new interval holds from the next version.

    Raises Refused, by field, and Conflict.
    """
    if not Document.can_be_changed_by(by):
        raise PermissionDenied
    changes = _cleaned(values)
    hold_document(document)
    refuse_parent(changes.get("parent"), changes["level"], document)
    _refuse_body(changes, document)
    _refuse_underway(document, changes)
    lower = [
        one for one in document.children.in_use() if not _is_above(changes["level"], one.level)
    ]
    if lower:
        text = _("“%(title)s” is written under it, and must be of a lower level.")
        raise Refused(level=text % {"title": lower[0].title})
    update_row(document, changes, edit_version=edit_version)
    drafts = document.versions.filter(state="draft")
    drafts.update(review_months=document.review_months)
    record("policies.document_changed", document, by=by, facts=_facts(document))


@transaction.atomic
def retire_document(document: Document, *, by: Person, because: str = "") -> None:
    """Take a document out of use: nothing of it is in force from today, and nothing is due.

    Raises Refused for no reason, and while a version lies before a committee or more is under it.
    """
    if not Document.can_be_changed_by(by):
        raise PermissionDenied
    if (
        document.versions.filter(state="proposed").exists()
        or document.versions.recommended().exists()
    ):
        raise Refused(_("A version of it waits for a decision. Take it back first."))
    if document.children.in_use().exists():
        raise Refused(_("Other documents are written under it. Move them first."))
    today = timezone.localdate()
    because = clean_reason(because, _("Write why it no longer holds, and who decided it."))
    set_retired(document, retired=True)
    standing = document.versions.filter(state="approved", in_force_to=None)
    last = standing.select_related("committee").first()
    standing.update(in_force_to=today)
    document.versions.filter(in_force_to__gt=today).update(in_force_to=today)
    if last and last.committee:
        drop_review(document, last.committee, by=by)
    facts = _facts(document) | {"because": because}
    record("policies.document_retired", document, by=by, facts=facts)


@transaction.atomic
def restore_document(document: Document, *, by: Person) -> None:
    """Take a document into use again; a version of it must be decided on anew."""
    if not Document.can_be_changed_by(by):
        raise PermissionDenied
    set_retired(document, retired=False)
    record("policies.document_restored", document, by=by, facts=_facts(document))


@transaction.atomic
def change_level(level: str, *, by: Person, values: Mapping[str, Any], edit_version: int) -> None:
    """Say who approves documents of a level and how often they are reviewed; of new ones."""
    if not Document.can_be_changed_by(by):
        raise PermissionDenied
    changes = _months(clean_fields(LevelSettings, values))
    if changes["approval"] == Body.OWNER and level not in OWNED:
        raise Refused(approval=_("Owners approve guidelines and procedures alone."))
    usual = LevelSettings.of(level)
    row, _is_new = LevelSettings.objects.get_or_create(
        level=level, defaults={"approval": usual.approval, "review_months": usual.review_months}
    )
    change_row(
        row, changes, edit_version=edit_version, act="policies.level_changed", by=by, facts=_rule
    )


def hold_document(document: Document) -> None:
    """Make sure that nobody else says who owns and approves it, or lays it before them, meanwhile."""
    Document.objects.filter(pk=document.pk).update(edit_version=F("edit_version"))


def refuse_parent(parent: Document | None, level: str, document: Document | None) -> None:
    """Refuse a parent that is not of a higher level, is retired, or is under the document."""
    if parent is None:
        return
    above: Document | None = parent
    seen = set[int]()
    while above is not None and above.pk not in seen:
        if document is not None and above.pk == document.pk:
            raise Refused(
                parent=_("That is written under this document: they would go in a circle.")
            )
        seen.add(above.pk)
        above = above.parent
    if parent.is_retired:
        raise Refused(parent=_("That document is retired."))
    if not _is_above(parent.level, level):
        raise Refused(parent=_("Choose a document of a higher level."))


def _refuse_underway(document: Document, changes: Mapping[str, Any]) -> None:
    """Refuse to say who approves a document while a version of it waits for that decision."""
    names = ["level", "approval"]
    if document.versions.waiting_for_owner().exists():
        names += ["owner", "is_measure"]
    same = all(changes.get(name) == getattr(document, name) for name in names)
    waits = document.versions.filter(state="proposed").exists()
    if not same and (waits or document.versions.recommended().exists()):
        raise Refused(approval=_("A version waits for its decision. Change this afterwards."))


def _refuse_body(found: Mapping[str, Any], document: Document | None) -> None:
    """Refuse a body below that of the level's settings: a document can be raised, never lowered."""
    body, usual = Body(found["approval"]), Body(LevelSettings.of(found["level"]).approval)
    if body == Body.OWNER and found.get("is_measure"):
        raise Refused(approval=_("The management body approves it, so its owner cannot."))
    was_so = document and (document.level, document.approval) == (found["level"], body)
    if was_so or list(Body).index(body) >= list(Body).index(usual):
        return
    text = _("The settings say that documents of this level are approved by: %(body)s.")
    if body == Body.OWNER:
        text = _("The settings do not let owners approve documents of this level.")
    raise Refused(approval=text % {"body": usual.label})


def _is_above(level: str, other: str) -> bool:
    order = list(Level)
    return order.index(Level(level)) < order.index(Level(other))


def _cleaned(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what holds for a document: where it says nothing, what holds for its level."""
    level = values.get("level", "")
    if level not in Level.values:
        raise Refused(level=_("Choose from the list."))
    rule, given = LevelSettings.of(level), dict(values)
    given["approval"] = given.get("approval") or rule.approval
    given["review_months"] = given.get("review_months") or rule.review_months
    return _months(clean_fields(Document, given))


def _months(found: dict[str, Any]) -> dict[str, Any]:
    refuse_outside(found["review_months"], "review_months", 1, MOST_MONTHS)
    return found


def _facts(document: Document) -> dict[str, Any]:
    return {
        "title": document.title,
        "level": document.level,
        "approval": document.approval,
        "months": document.review_months,
        "owner": str(document.owner.pseudonym) if document.owner else "",
    }


def _rule(row: LevelSettings) -> dict[str, Any]:
    return {"level": row.level, "approval": row.approval, "months": row.review_months}
