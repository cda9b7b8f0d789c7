"""The next draft of a document, with the words of the last version; of what a committee changed too."""

from __future__ import annotations

from typing import Any, Final

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.core.richtext import plain_text
from kommissorium.meetings.models import Decision, Outcome
from kommissorium.policies.models import Change, Document, Level, Version
from kommissorium.policies.risk_basis import pictures
from kommissorium.registers.actions.standard_proposals import record_draft

TEXT: Final = ("title", "text", "file", "file_name", "file_text", "frame")


def draft_after(
    document: Document, *, by: Person, change: str = Change.MATERIAL, because: str = ""
) -> Version:
    """Make the next draft, to be recorded by who calls."""
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


def changed_by(decision: Decision | None) -> str:
    """Return what a decision changed in what it approved; "" where it approved it as it was.

    What a closed decision says stands there alone.
    """
    if decision is None or decision.outcome != Outcome.WITH_CHANGES:
        return ""
    said = "" if decision.is_closed or not decision.text else plain_text(decision.text).strip()
    return said or _("What was changed stands in the decision.")


@transaction.atomic
def begin_change(kind: Any, version: Version, decision: Decision, *, by: Person) -> None:
    """Begin the draft in which is written what the decision changed; none where it changed nothing."""
    if not (changes := changed_by(decision)) or version.document.versions.open().exists():
        return
    values = {"number": version.number, "decision": decision.number}
    lead = _("Version %(number)d was approved with changes by decision %(decision)s:") % values
    made = draft_after(version.document, by=by, because=f"{lead} {changes}")
    record_draft(kind, made, by=by)
