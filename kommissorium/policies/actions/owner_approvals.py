"""Let the owner of a document approve a version of it, where the settings say so; never what they wrote."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import (
    Person,
    PersonQuerySet,
    named,
    refuse_no_other,
    why_no_other,
)
from kommissorium.accounts.person_choice import people_to_choose
from kommissorium.committees.models import Committee
from kommissorium.core.evidence.actions import freeze, record
from kommissorium.core.evidence.canonical import canonical, sha256
from kommissorium.core.evidence.models import Event
from kommissorium.core.refusals import Refused
from kommissorium.measures.rules.policy_past import EVERYBODYS
from kommissorium.policies.actions.documents import hold_document
from kommissorium.policies.actions.next_draft import keep_review_due
from kommissorium.policies.models import Document, Level, Version
from kommissorium.policies.proposal import KIND
from kommissorium.registers.actions.proposals import make_room, move, refuse_unless
from kommissorium.registers.mails import ask_to_decide

WRITING: Final = ("registers.proposal_drafted", "policies.version_written", "policies.text_taken")
NAMING: Final = ("policies.document_added", "policies.document_changed")


@transaction.atomic
def lay_before_owner(version: Version, *, by: Person, approver: Person | None = None) -> None:
    """Ask the document's owner to approve a draft, which cannot be changed meanwhile.

    Where the owner may not, a coordinator names the `approver`: the owner of another document as
    high. Raises Refused where something lacks, and for whoever may not approve it.
    """
    if not version.can_be_drafted_by(by) or (approver and not by.is_coordinator):
        raise PermissionDenied
    hold_document(version.document)
    version.refresh_from_db()
    refuse_unless(version, version.State.DRAFT)
    hindered = owner_hindered(version)
    if approver is not None:
        hindered = [] if hindered else [_("The owner can approve it.")]
        if not stand_ins(version, by).filter(pk=approver.pk).exists():
            raise Refused(approver=_("Choose from the list."))
        if sentence := why_no_other(by, approver):
            raise Refused(approver=sentence)
    if missing := [*KIND.lacks(version), *hindered]:
        raise Refused(" ".join(missing))
    asked = approver or version.document.owner
    changes = {"proposed_by": by, "proposed_at": timezone.now(), "approver": asked}
    move(version, version.State.DRAFT, version.State.PROPOSED, **changes)
    if asked:
        ask_to_decide(KIND, version, [asked], by=by, path=version.get_absolute_url())
    facts = KIND.told(version) | {"instead": approver is not None}
    record("policies.laid_before_owner", version, by=by, facts=facts)


@transaction.atomic
def approve_as_owner(version: Version, *, fingerprint: str, by: Person) -> None:
    """Put what the owner was asked to approve in force, frozen, in the place of the former version.

    `fingerprint` is that of the text that was read. Raises Refused where it is another one by
    now, and for whoever wrote in it.
    """
    hold_document(version.document)
    version.refresh_from_db()
    refuse_unless(version, version.State.PROPOSED)
    if not version.can_be_approved_by(by):
        raise PermissionDenied
    if fingerprint != version.fingerprint:
        raise Refused(_("The text is another one by now. Read it, and approve that."))
    is_instead = by != version.document.owner
    if is_instead:
        refuse_no_other(version.proposed_by, by)
    if hindered := (_hindered_by_writing(version, by) if is_instead else owner_hindered(version)):
        raise Refused(" ".join(hindered))
    today = timezone.localdate()
    begins = max(today, version.begins_on or today)
    content = KIND.content(version, in_force_from=begins)
    approval = {"name": by.name, "on": today.isoformat(), "instead": is_instead}
    content["owner_approval"] = approval
    pdf = KIND.pdf(content, made_at=timezone.localtime())
    committee = told_committee(version.document)
    facts = KIND.told(version) | {
        "from": begins,
        "decided": today,
        "committee": committee.pk if committee else EVERYBODYS,
        "committee_name": committee.name if committee else "",
        "instead": is_instead,
    }
    changes = {
        "in_force_from": begins,
        "in_force_to": make_room(KIND.same_as(version), begins),
        "committee": committee,
        "record": freeze(KIND.record_kind, version, by=by, content=content, pdf=pdf),
    }
    move(version, version.State.PROPOSED, version.State.APPROVED, **changes)
    if committee:
        keep_review_due(version, committee, by=by)
    record("policies.approved_by_owner", version, by=by, facts=facts)


def owner_hindered(version: Version) -> list[str]:
    """Return why the document's owner may not approve the version, and what to do, a sentence each."""
    document, owner = version.document, version.document.owner
    if not document.is_owners:
        return [_("It is not for the owner to approve.")]
    if owner is None or not owner.is_active:
        return [
            _("Nobody owns it who can approve it. Name an owner, or ask the committee instead.")
        ]
    found, own = _hindered_by_writing(version, owner), str(owner.pseudonym)
    namer = _namer_of(document, own)
    if namer == own:
        text = _("%(name)s made themself the owner: another coordinator has to name the owner.")
        found.append(text % {"name": owner.name})
    elif not found and (sentence := why_no_other(named([namer]).first(), owner)):
        found.append(sentence)
    if found:
        found.append(
            _("A coordinator can ask another owner to approve it, or put it before the committee.")
        )
    return found


def stand_ins(version: Version, by: Person) -> PersonQuerySet:
    """Return whom `by` may ask in the owner's stead: owners of documents as high as this or higher,
    who wrote nothing of it."""
    levels = list(Level)[: list(Level).index(Level(version.document.level)) + 1]
    owned = Document.objects.in_use().filter(level__in=levels, owner=OuterRef("pk"))
    writers = writers_of(version)
    barred = [by.pk, version.document.owner_id or 0]
    people = people_to_choose().filter(Exists(owned))
    return people.exclude(pk__in=barred).exclude(pseudonym__in=writers)


def _hindered_by_writing(version: Version, approver: Person) -> list[str]:
    writers = writers_of(version)
    if str(approver.pseudonym) in writers:
        text = _("%(name)s wrote some of it, and nobody approves what they wrote themselves.")
        return [text % {"name": approver.name}]
    sentences = (why_no_other(one, approver) for one in named(writers))
    return list(filter(None, sentences))[:1]


def writers_of(version: Version) -> set[str]:
    """Return the pseudonyms of all who changed what it says, as the chain tells."""
    former = version.document.versions.filter(state="approved", number__lt=version.number)
    before = former.order_by("-number").first()
    found, said = set(), before.fingerprint if before else ""
    for actor, facts in _events(version, WRITING):
        empty = {"title": facts["title"], "text": "", "file": ""}
        if facts["fingerprint"] not in (said, sha256(canonical(empty))):
            found.add(actor)
        said = facts["fingerprint"]
    return found


def told_committee(document: Document) -> Committee | None:
    """Return the committee that is told of what the owner approves: the one that last had to do
    with the document, or with what it is written under."""
    above: Document | None = document
    while above is not None:
        had = above.versions.filter(state="approved", committee__isnull=False)
        if last := had.order_by("-number").select_related("committee").first():
            return last.committee
        above = above.parent
    return None


def _namer_of(document: Document, owner: str) -> str:
    """Return who named the owner; "" where the chain does not tell."""
    named, namer = "", ""
    for actor, facts in _events(document, NAMING):
        if facts.get("owner", "") != named:
            named, namer = facts.get("owner", ""), actor
    return namer if named == owner else ""


def _events(
    about: Document | Version, acts: tuple[str, ...]
) -> Iterator[tuple[str, dict[str, str]]]:
    rows = Event.objects.about(about).filter(act__in=acts).order_by("seq")
    for actor, facts in rows.values_list("actor", "facts"):
        yield actor, json.loads(facts)
