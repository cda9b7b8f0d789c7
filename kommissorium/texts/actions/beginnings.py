"""Make drafts of uploaded files or of a text of ours, and take an import back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.core.documents.uploads import MOST_AT_ONCE
from kommissorium.core.evidence.actions import record
from kommissorium.core.files.models import StoredFile
from kommissorium.core.refusals import Refused
from kommissorium.policies.actions.documents import add_document
from kommissorium.policies.actions.next_draft import draft_after
from kommissorium.policies.actions.versions import begin_version, write_version
from kommissorium.policies.models import Document, LevelSettings, Version
from kommissorium.policies.proposal import KIND
from kommissorium.readings.actions.readings import choose_audience
from kommissorium.registers.actions.standard_proposals import record_draft
from kommissorium.texts.models import TextImport
from kommissorium.texts.starters import Starter

UNTOUCHED = 1  # the first edit_version of a row


@dataclass(frozen=True)
class GivenText:
    """A document as it is to be made: `text` is formatted, or `file` is kept as it is."""

    title: str
    level: str
    text: str = ""
    file: StoredFile | None = None
    file_name: str = ""
    file_text: str = ""


@transaction.atomic
def import_texts(
    given: Sequence[GivenText],
    *,
    by: Person,
    owner: Person | None = None,
    parent: Document | None = None,
) -> TextImport:
    """Make a document with a draft of each, of one owner and under one document where those are said.

    Raises Refused, for a parent that is not of a higher level than each of them too.
    """
    if not by.is_coordinator:
        raise PermissionDenied
    if not given:
        raise Refused(_("Choose at least one document."))
    if len(given) > MOST_AT_ONCE:
        raise Refused(_("Take at most %(most)d documents at a time.") % {"most": MOST_AT_ONCE})
    documents = [_draft(one, by, owner=owner, parent=parent) for one in given]
    made: TextImport = TextImport.objects.create(by=by, at=timezone.now())
    made.documents.set(documents)
    record("texts.imported", made, by=by, facts={"documents": len(given)})
    return made


@transaction.atomic
def undo_import(made: TextImport, *, by: Person) -> int:
    """Give up the drafts of an import that nobody has touched since; return how many stay.

    Raises Refused where it was undone before.
    """
    if not by.is_coordinator:
        raise PermissionDenied
    if not TextImport.objects.filter(pk=made.pk, undone_at=None).update(undone_at=timezone.now()):
        raise Refused(_("Somebody else has already done this."))
    stays = 0
    for document in made.documents.filter(is_retired=False).prefetch_related("versions"):
        stays += not _given_up(document)
    record("texts.import_undone", made, by=by, facts={"stay": stays})
    return stays


def _draft(one: GivenText, by: Person, **others: Any) -> Document:
    document = add_document(by=by, values={"title": one.title, "level": one.level, **others})
    version = draft_after(document, by=by)
    names = ("text", "file", "file_name", "file_text")
    for name in names:
        setattr(version, name, getattr(one, name))
    version.save(update_fields=names)
    record_draft(KIND, version, by=by)
    return document


def _given_up(document: Document) -> bool:
    """Give a document up unless somebody worked on it; return whether it was."""
    versions = list(document.versions.all())
    is_same = document.edit_version == UNTOUCHED and len(versions) == 1
    if not is_same or versions[0].edit_version != UNTOUCHED or not versions[0].is_draft:
        return False
    Version.objects.filter(pk=versions[0].pk).update(state="dropped")
    Document.objects.filter(pk=document.pk).update(is_retired=True)
    return True


@transaction.atomic
def begin_with(found: Starter, *, by: Person) -> Version:
    """Add a document whose first draft says what the text says. Raises Refused as its acts do."""
    if not Document.can_be_changed_by(by):
        raise PermissionDenied
    usual = LevelSettings.of(found.level)
    values = {
        "title": found.title,
        "level": found.level,
        "parent": None,
        "owner": by,
        "audience": "",
        "approval": usual.approval,
        "review_months": usual.review_months,
        "is_measure": False,
        "tags": "",
    }
    document = add_document(by=by, values=values)
    if found.groups:
        choose_audience(document, groups=found.groups, areas=[], by=by)
    made = begin_version(document, by=by)
    words: dict[str, Any] = {
        "title": found.title,
        "text": found.text,
        "change": made.change,
        "change_because": "",
        "begins_on": None,
    }
    if found.frame:
        words |= {"frame": dict(found.frame), "risk_picture": made.risk_picture_id}
    write_version(made, by=by, values=words, edit_version=made.edit_version)
    return made
