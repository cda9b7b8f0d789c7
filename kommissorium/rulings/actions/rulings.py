"""Ask how a rule is to be understood, apply for a dispensation, end one, change the rule.

That they are put before the committee and decided is the kit's (interpretations, dispensations).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.assets.models import Asset
from kommissorium.core.actions.rows import update_row
from kommissorium.core.cleaning import clean_fields, clean_reason, clean_text
from kommissorium.core.evidence.actions import record
from kommissorium.core.refusals import Refused
from kommissorium.measures.days import add_months
from kommissorium.meetings.models import Decision
from kommissorium.policies.actions.versions import add_reason, begin_version
from kommissorium.policies.models import Document, Version
from kommissorium.registers.actions.proposals import hold_draft
from kommissorium.registers.actions.standard_proposals import (
    forward,
    hold_as_decided,
    record_draft,
)
from kommissorium.rulings import dispensations, interpretations
from kommissorium.rulings.models import YEARS, Dispensation, Interpretation
from kommissorium.rulings.rules import heading_choices
from kommissorium.tasks.actions.tasks import give_task
from kommissorium.tasks.models import TITLE_LENGTH

APPLIED = ("place", "area", "asset", "reason", "measure", "last_day")


@transaction.atomic
def ask_interpretation(
    document: Document, *, heading: str, question: str, by: Person
) -> Interpretation:
    """Ask how a rule is to be understood. Raises Refused for a heading that is not there."""
    text = clean_text(question, "question", wanted=_("Must be filled in."))
    made: Interpretation = Interpretation.objects.create(
        **_asked(document, heading, by), question=text
    )
    record_draft(interpretations.KIND, made, by=by)
    return made


@transaction.atomic
def apply_for_dispensation(
    document: Document, *, heading: str, values: Mapping[str, Any], by: Person
) -> Dispensation:
    """Apply for a rule not to be followed somewhere until a day.

    Raises Refused, by field, for what lacks and for a last day that is over or too far off.
    """
    asked = _asked(document, heading, by)
    made: Dispensation = Dispensation.objects.create(**asked, **_applied(values, by))
    record_draft(dispensations.KIND, made, by=by)
    return made


@transaction.atomic
def change_application(
    found: Dispensation, *, values: Mapping[str, Any], by: Person, edit_version: int
) -> None:
    """Change an application that nobody decides on yet. Raises Refused; Conflict."""
    if not found.can_be_rewritten_by(by):
        raise PermissionDenied
    hold_draft(found)
    update_row(found, _applied(values, by), edit_version=edit_version)
    facts = dispensations.KIND.told(found)
    record("rulings.application_changed", found, by=by, facts=facts)


@transaction.atomic
def renew_dispensation(
    found: Dispensation, *, values: Mapping[str, Any], by: Person
) -> Dispensation:
    """Apply for one anew, before it has run out or after. Raises Refused as applying does."""
    if not found.is_kept_by(by):
        raise PermissionDenied
    return begin_renewal(found, values=values, by=by)


def begin_renewal(found: Dispensation, *, values: Mapping[str, Any], by: Person) -> Dispensation:
    """Apply for one anew, in an act that has asked who may. Raises Refused as renewing does."""
    refuse_renewal(found, values, by)
    made: Dispensation = Dispensation.objects.create(
        document=found.document,
        heading=found.heading,
        heading_title=found.heading_title,
        lineage=found.lineage,
        made_by=by,
        made_at=timezone.now(),
        **_applied(values, by),
    )
    record_draft(dispensations.KIND, made, by=by)
    return made


def refuse_renewal(found: Dispensation, values: Mapping[str, Any], by: Person) -> None:
    """Raise Refused for what is not standing, is applied for anew, and as applying does."""
    if not found.is_standing:
        raise Refused(_("It has been ended or renewed already."))
    if Dispensation.objects.waiting().filter(lineage=found.lineage).exists():
        raise Refused(_("It has been applied for anew already."))
    _applied(values, by)


def values_until(found: Dispensation, last_day: date) -> dict[str, Any]:
    """Return what one says, with another last day."""
    return {**{name: getattr(found, name) for name in APPLIED}, "last_day": last_day}


@transaction.atomic
def extend_by_decision(
    found: Dispensation, last_day: date, decision: Decision, *, put: Person, by: Person
) -> Dispensation:
    """Let one of its lineage take its place with a later last day, as a decision has it.

    Part of what the decision brings about. `put` chose it for the committee, and counts as who
    applied. Raises Refused as renewing and approving do.
    """
    made = begin_renewal(found, values=values_until(found, last_day), by=put)
    forward(dispensations.KIND, made, decision.committee, by=put)
    hold_as_decided(dispensations.KIND, made, decision, by=by)
    return made


@transaction.atomic
def end_by_decision(found: Dispensation, decision: Decision, *, by: Person) -> None:
    """End one as a decision has it: part of what the decision brings about."""
    end_it(found, because=_("By decision %(number)s.") % {"number": decision.number}, by=by)


@transaction.atomic
def end_dispensation(found: Dispensation, *, because: str, by: Person) -> None:
    """Say that a rule is followed again, today or since the dispensation has run out.

    Raises Refused for no reason, and for one that was ended or renewed meanwhile.
    """
    if not found.is_kept_by(by):
        raise PermissionDenied
    end_it(found, because=clean_reason(because, _("Say how the rule is followed now.")), by=by)


def end_it(found: Dispensation, *, because: str, by: Person) -> None:
    """End one in an act that has asked who may. Raises Refused as ending does."""
    standing = Dispensation.objects.filter(pk=found.pk, state="approved", in_force_to=None)
    today = timezone.localdate()
    if not standing.update(in_force_to=today, ended_by=by, ended_because=because):
        raise Refused(_("It has been ended or renewed already."))
    found.refresh_from_db()
    facts = dispensations.KIND.told(found) | {"on": today}
    record("rulings.dispensation_ended", found, by=by, facts=facts)


def _asked(document: Document, heading: str, by: Person) -> dict[str, Any]:
    """Return what any ruling begins with. Raises Refused for a heading that is not there."""
    if not Document.objects.visible_to(by).filter(pk=document.pk).exists():
        raise PermissionDenied
    titles = dict(heading_choices(document, timezone.localdate()))
    if heading not in titles:
        raise Refused(heading=_("The document has no such heading any more. Choose another one."))
    title = titles[heading] if heading else ""
    return {
        "document": document,
        "heading": heading,
        "heading_title": title,
        "made_by": by,
        "made_at": timezone.now(),
    }


def _applied(values: Mapping[str, Any], by: Person) -> dict[str, Any]:
    found = clean_fields(Dispensation, {name: values[name] for name in APPLIED})
    today = timezone.localdate()
    if found["last_day"] <= today:
        raise Refused(last_day=_("Choose a day to come."))
    if found["last_day"] > add_months(today, 12 * YEARS):
        raise Refused(
            last_day=_("At most two years ahead. Let the rule be changed if it is to last.")
        )
    asset = found["asset"]
    if asset and not Asset.objects.visible_to(by).filter(pk=asset.pk).exists():
        raise Refused(asset=_("There is no such system, data set or archive."))
    return found


@transaction.atomic
def change_rule(
    found: Interpretation | Dispensation, *, owner: Person | None, due: date, by: Person
) -> Version:
    """Let somebody change the rule: a draft of its document says why, and a task says by when.

    Of a document that is on its way already the draft is that. Raises Refused as giving a task
    does, for a document that is retired, and while a version of it waits for a decision.
    """
    if not by.is_coordinator:
        raise PermissionDenied
    because = _because(found)
    draft = found.document.versions.filter(state="draft").first()
    if draft is None:
        draft = begin_version(found.document, by=by, because=because)
    else:
        add_reason(draft, because, by=by)
    title = _("Change the rule: %(rule)s") % {"rule": found.rule}
    give_task(
        by=by,
        title=title if len(title) <= TITLE_LENGTH else f"{title[: TITLE_LENGTH - 2]} …",
        owner=owner,
        due=due,
        born=found,
        born_link=found.get_absolute_url(),
    )
    return draft


def _because(found: Interpretation | Dispensation) -> str:
    """Return why the rule is changed. Everybody reads it: what is asked for stays unsaid."""
    kind: Any = interpretations.KIND
    if isinstance(found, Dispensation):
        kind = dispensations.KIND
    name = kind.title_of(found)
    if found.decision:
        values = {"name": name, "decision": found.decision.number}
        name = _("%(name)s (decision %(decision)s)") % values
    text = _("The rule is changed after this: %(name)s.") % {"name": name}
    if isinstance(found, Interpretation) and found.is_approved:
        return f"{text} {found.ruling}"
    return text
