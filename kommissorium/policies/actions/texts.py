"""Take the text of an edited Word file into a draft."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction

from kommissorium.accounts.models import Person
from kommissorium.core.actions.rows import change_row
from kommissorium.core.cleaning import clean_line
from kommissorium.core.richtext import sanitise
from kommissorium.policies.models import Version
from kommissorium.policies.proposal import KIND


@transaction.atomic
def take_text(version: Version, *, title: str, text: str, edit_version: int, by: Person) -> None:
    """Put a text in the place of a draft's text or file.

    Raises Conflict where somebody changed the draft since it had `edit_version`, or proposed it.
    """
    if not version.document.can_be_written_by(by):
        raise PermissionDenied
    values = {
        "title": clean_line(title, "title", 200) or version.title,
        "text": sanitise(text),
        "file": None,
        "file_name": "",
        "file_text": "",
    }
    change_row(
        version,
        values,
        edit_version=edit_version,
        among=Version.objects.filter(state="draft"),
        act="policies.text_taken",
        by=by,
        facts=KIND.told,
    )
