"""What comes after a version: the next draft, and the review as a duty at a meeting."""

from __future__ import annotations

from typing import Any, Final

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.committees.models import Committee
from kommissorium.measures.codes import Measure
from kommissorium.meetings.models import Decision
from kommissorium.policies.models import Change, Document, Level, Version
from kommissorium.policies.risk_basis import pictures
from kommissorium.registers.actions.standard_proposals import record_draft
from kommissorium.registers.documents.record import changed_by
from kommissorium.yearwheel.actions import GivenEvidence, RegisterDuty, keep_due, register_done
from kommissorium.yearwheel.models import Evidence, Occurrence

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


def source_of(document: Document) -> str:
    """Return what the year wheel calls the review of a document."""
    return f"policies.document:{document.pk}"


def keep_review_due(version: Version, committee: Committee, *, by: Person) -> None:
    """Let the wheel wait for the next review; a version in force is what the last one came to."""
    document, source = version.document, source_of(version.document)
    shown = GivenEvidence(
        Evidence.Kind.ROW,
        label=str(version),
        url=version.get_absolute_url(),
        object_kind="policies.version",
        object_id=str(version.pk),
    )
    register_done(source, by=by, result=Occurrence.Result.DONE, evidence=[shown])
    keep_due(
        _duty(document),
        committee,
        source=source,
        link=document.get_absolute_url(),
        due=version.review_by,
        occasion=version.title,
        delegate=document.owner,
        by=by,
    )


def drop_review(document: Document, committee: Committee, *, by: Person) -> None:
    """Let nothing be due of a document that is retired."""
    link = document.get_absolute_url()
    due = {"due": None, "occasion": document.title, "delegate": None}
    keep_due(_duty(document), committee, source=source_of(document), link=link, by=by, **due)  # type: ignore[arg-type]


def _duty(document: Document) -> RegisterDuty:
    is_overall = document.level == Level.OVERALL
    return RegisterDuty(
        key="policies_overall" if is_overall else "policies_review",
        title=_("Review the overall policy") if is_overall else _("Review policies and guidelines"),
        method=_(
            "Read the text, ask those who use it, and propose a new version or that it stays."
        ),
        success=_("The version in force fits the risks and the work, and was decided on."),
        evidence_wanted=_("The version that was decided on."),
        measure=Measure.POLICY_REVISION if is_overall else Measure.UNDERLYING_POLICIES,
        requirements=(
            "ISO 27001 5.2" if is_overall else "ISO 27001 7.5.2",
            *("ISO 27002 5.1", "NIS 2 § 6 nr. 1"),
        ),
    )
