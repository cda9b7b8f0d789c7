"""Write down what a body above the committee decided about what the committee recommended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.assets.actions.documents import GivenFile, kept_file
from kommissorium.core.cleaning import clean_line, clean_text
from kommissorium.core.evidence.actions import freeze, record
from kommissorium.core.refusals import Refused
from kommissorium.meetings.actions.committee_lock import lock_committee
from kommissorium.policies.actions.next_draft import draft_after, keep_review_due
from kommissorium.policies.models import UpperDecision, Version
from kommissorium.policies.proposal import KIND
from kommissorium.registers.actions.proposals import make_room
from kommissorium.registers.actions.standard_proposals import record_draft

RECORD = "policies.upper_decision"


@dataclass(frozen=True)
class UpperValues:
    """A decision by a body above: its outcome, place and date; `file` is the decision itself."""

    decided_on: date
    case_number: str
    is_approved: bool
    file: GivenFile | None
    text: str = ""


@transaction.atomic
def record_upper_decision(version: Version, values: UpperValues, *, by: Person) -> UpperDecision:
    """Put in force what the body above approved; of what it rejected a draft begins again.

    The body is the one the document says. Raises Refused, by field, for what is not recommended,
    a day before the committee's own decision or still to come, and without number or file.
    """
    if not by.is_coordinator:
        raise PermissionDenied
    if version.committee is not None:
        lock_committee(version.committee)
    version.refresh_from_db()
    if not version.is_recommended or version.decision is None:
        raise Refused(_("No committee has recommended it, or it is decided on already."))
    _refuse_impossible(values, timezone.localdate(version.decision.decided_at))
    if values.file is None:
        raise Refused(file=_("Add the decision as a PDF."))
    number = clean_line(values.case_number, "case_number", 60, wanted=_("Must be filled in."))
    text = clean_text(values.text, "text")
    if not values.is_approved and not text:
        raise Refused(text=_("Write why."))
    stored, file_name = kept_file(values.file)
    if stored.media_type != "application/pdf":
        raise Refused(file=_("Add the decision as a PDF."))
    document = version.document
    told = {
        "body": document.approval,
        "decided_on": values.decided_on.isoformat(),
        "case_number": number,
        "is_approved": values.is_approved,
        "text": text,
        "file": stored.pk,
    }
    begins = max(values.decided_on, version.begins_on or values.decided_on)
    force = _in_force(version, begins) if values.is_approved else {"in_force_to": values.decided_on}
    content = KIND.content(
        version,
        decision=version.decision.number,
        in_force_from=begins if values.is_approved else None,
    )
    content["upper"] = told
    pdf = KIND.pdf(content, made_at=timezone.localtime()) if values.is_approved else None
    frozen = freeze(RECORD, version, by=by, content=content, pdf=pdf)
    made: UpperDecision = version.upper_decisions.create(
        body=document.approval,
        decided_on=values.decided_on,
        case_number=number,
        is_approved=values.is_approved,
        text=text,
        file=stored,
        file_name=file_name,
        record=frozen,
        by=by,
        at=timezone.now(),
    )
    Version.objects.filter(pk=version.pk).update(**force)
    version.refresh_from_db()
    facts = KIND.told(version) | {
        **{name: told[name] for name in ("body", "case_number", "is_approved", "file")},
        "decided": values.decided_on,
        "key": version.pk,
        "from": version.in_force_from or "",
        "committee": version.committee_id or 0,
        "committee_name": version.committee.name if version.committee else "",
    }
    record("policies.upper_decided", made, by=by, facts=facts)
    if not values.is_approved:
        record_draft(KIND, draft_after(document, by=by, change=version.change), by=by)
    elif version.committee is not None:
        keep_review_due(version, version.committee, by=by)
    return made


def _in_force(version: Version, begins: date) -> dict[str, date | None]:
    ends = make_room(KIND.same_as(version), begins)
    return {"in_force_from": begins, "in_force_to": ends}


def _refuse_impossible(values: UpperValues, recommended: date) -> None:
    if values.decided_on > timezone.localdate():
        raise Refused(decided_on=_("The day has not come yet. Choose today or an earlier day."))
    if values.decided_on < recommended:
        raise Refused(decided_on=_("That is before the committee recommended it."))
