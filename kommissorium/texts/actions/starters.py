"""Begin a document with a text of ours: a draft that nobody has decided on."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from kommissorium.accounts.models import Person
from kommissorium.policies.actions.documents import add_document
from kommissorium.policies.actions.versions import begin_version, write_version
from kommissorium.policies.models import Document, LevelSettings, Version
from kommissorium.readings.actions.readings import choose_audience
from kommissorium.texts.starters import Starter


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
