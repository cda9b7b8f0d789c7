"""The review of a document as a duty at the committee's meeting."""

from __future__ import annotations

from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.committees.measures import Measure
from kommissorium.committees.models import Committee
from kommissorium.policies.models import Document, Level, Version
from kommissorium.yearwheel.actions import GivenEvidence, RegisterDuty, keep_due, register_done
from kommissorium.yearwheel.models import Evidence, Occurrence


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
    )
