"""The next draft of a document, with the words of the last version; of what a committee changed too."""

from __future__ import annotations

from typing import Any, Final

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.meetings.models import Decision
from kommissorium.policies.models import Change, Document, Level, Version
from kommissorium.policies.risk_basis import pictures
from kommissorium.registers.actions.standard_proposals import record_draft
from kommissorium.registers.decided_changes import changed_by

TEXT: Final = ("title", "text", "file", "file_name", "file_text", "frame")


def draft_after(
    document: Document, *, by: Person, change: str = Change.MATERIAL, because: str = ""
) -> Version:
    """Make the next draft, to be recorded by whoever calls."""
    written = document.versions.filter(state="approved")
    last = written.order_by("-number").first()
    highest: int | None = document.versions.aggregate(highest=Max("number"))["highest"]
    words = {name: getattr(last, name) for name in TEXT} if last else {"title": document.title}
    newest = pictures() if document.level == Level.OVERALL else []
    return Version.objects.create(
        document=document,
        number=(highest or 0) + 1,
        **words,
        change=change,
        change_because=because,
        risk_picture=newest[0].record if newest else None,
        review_months=document.review_months,
        made_by=by,
        made_at=timezone.now(),
    )


@transaction.atomic
def begin_change(kind: Any, version: Version, decision: Decision, *, by: Person) -> bool:
    """Begin the draft in which is written what the decision changed; return whether it could be."""
    changes = changed_by(decision)
    if not version.in_force_from or version.document.versions.open().exists():
        return False
    values = {"number": version.number, "decision": decision.number}
    lead = _("Version %(number)d was approved with changes by decision %(decision)s:") % values
    made = draft_after(version.document, by=by, because=f"{lead} {changes}")
    record_draft(kind, made, by=by)
    return True
