"""Issue the guidelines for owners, and confirm having read them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.assets.actions.handing_in import GivenFile, kept_file, web_address
from kommissorium.assets.models import Guideline, GuidelineReading, RegisterSettings
from kommissorium.assets.models.guidelines import NAME_LENGTH
from kommissorium.committees.measures import Measure
from kommissorium.core.cleaning import clean_line, clean_text
from kommissorium.core.evidence.actions import record
from kommissorium.core.refusals import Refused
from kommissorium.core.richtext import sanitise
from kommissorium.yearwheel.actions import GivenEvidence, RegisterDuty, keep_due, register_done
from kommissorium.yearwheel.models import Evidence, Occurrence

REVIEW = "assets.guideline:review"  # what the year wheel calls it


@dataclass(frozen=True)
class GuidelineValues:
    """What a version of the guidelines says. Its words are a text, an address or a file.

    `text` is formatted; `changes` says what is new in it.
    """

    title: str
    approved_by: str
    effective_from: date
    review_by: date
    text: str = ""
    url: str = ""
    file: GivenFile | None = None
    changes: str = ""


@transaction.atomic
def issue_guideline(values: GuidelineValues, *, by: Person) -> Guideline:
    """Issue the next version; it rules from its day on and can never be changed.

    Raises Refused, by field, for what is missing, for a file or an address that cannot be
    taken, for a day before the last version's and for a review before it takes effect.
    """
    if not Guideline.can_be_issued_by(by):
        raise PermissionDenied
    last = Guideline.objects.order_by("-version").first()
    _refuse_impossible(values, last)
    stored, file_name = kept_file(values.file) if values.file else (None, "")
    words = {
        "title": clean_line(values.title, "title", NAME_LENGTH, wanted=_("Give it a title.")),
        "approved_by": clean_line(
            values.approved_by, "approved_by", NAME_LENGTH, wanted=_("Say who has approved it.")
        ),
        "changes": clean_text(values.changes, "changes"),
        "url": web_address(values.url),
    }
    try:
        with transaction.atomic():
            made = Guideline.objects.create(
                version=last.version + 1 if last else 1,
                **words,
                text=sanitise(values.text) if values.text else "",
                file=stored,
                file_name=file_name,
                effective_from=values.effective_from,
                review_by=values.review_by,
                by=by,
                at=timezone.now(),
            )
    except IntegrityError:
        raise Refused(_("Somebody else issued a version just now. Look at it first.")) from None
    _keep_review(made, by)
    facts = {"version": made.version, "from": made.effective_from, "until": made.review_by}
    record("assets.guideline_issued", made, by=by, facts=facts)
    return made


@transaction.atomic
def confirm_reading(guideline: Guideline, *, by: Person) -> None:
    """Say that one has read the version in force; doing so twice changes nothing.

    Raises Refused for a version that is not in force.
    """
    if not Guideline.can_be_confirmed_by(by):
        raise PermissionDenied
    if Guideline.on(timezone.localdate()) != guideline:
        raise Refused(_("This version is not in force. Read the one that is."))
    _reading, is_new = GuidelineReading.objects.get_or_create(
        guideline=guideline, person=by, defaults={"at": timezone.now()}
    )
    if is_new:
        facts = {"version": guideline.version}
        record("assets.guideline_read", guideline, by=by, facts=facts)


def _keep_review(made: Guideline, by: Person) -> None:
    """Let the year wheel wait for the next review; a new version is what the last one came to."""
    committee = RegisterSettings.current().wheel_committee
    if committee is None:
        return
    path = reverse("guideline", args=[made.pk])
    shown = GivenEvidence(
        Evidence.Kind.ROW,
        label=made.title,
        url=path,
        object_kind="assets.guideline",
        object_id=str(made.pk),
    )
    register_done(REVIEW, by=by, result=Occurrence.Result.DONE, evidence=[shown])
    keep_due(
        _duty(),
        committee,
        source=REVIEW,
        link=reverse("guidelines"),
        due=made.review_by,
        occasion=made.title,
        delegate=None,
        by=by,
    )


def _duty() -> RegisterDuty:
    return RegisterDuty(
        key="guidelines_review",
        title=_("Review the guidelines for owners"),
        method=_("Read the guidelines, ask some owners what is missing, and issue a new version."),
        success=_("The version in force fits the work of the owners and is approved."),
        evidence_wanted=_("The new version."),
        measure=Measure.OWNER_GUIDELINES,
    )


def _refuse_impossible(values: GuidelineValues, last: Guideline | None) -> None:
    if not (values.text or values.url.strip() or values.file):
        raise Refused(text=_("Write the guidelines here, or add a file or a link below."))
    if last and not values.changes.strip():
        raise Refused(changes=_("Say what is new, so that owners know what to look for."))
    if last and values.effective_from < last.effective_from:
        raise Refused(effective_from=_("The last version took effect on a later day."))
    if values.review_by <= values.effective_from:
        raise Refused(review_by=_("It is to be reviewed after it takes effect."))
