"""Let the owner of a document approve a version of it, where the settings say so, and nobody alone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.committees.models import Committee
from kommissorium.core.evidence.actions import freeze, record
from kommissorium.core.evidence.canonical import canonical, sha256
from kommissorium.core.evidence.models import Event
from kommissorium.core.refusals import Refused
from kommissorium.policies.actions.documents import hold_document
from kommissorium.policies.actions.reviews_due import keep_review_due
from kommissorium.policies.models import Document, Version
from kommissorium.policies.past import EVERYBODYS
from kommissorium.policies.proposal import KIND
from kommissorium.registers.actions.proposals import make_room, move, refuse_unless
from kommissorium.registers.asking import ask_to_decide

WRITING: Final = ("registers.proposal_drafted", "policies.version_written", "policies.text_taken")
NAMING: Final = ("policies.document_added", "policies.document_changed")


@transaction.atomic
def lay_before_owner(version: Version, *, by: Person) -> None:
    """Ask the document's owner to approve a draft, which cannot be changed meanwhile.

    Raises Refused where something lacks, or the owner may not approve it.
    """
    if not version.can_be_drafted_by(by):
        raise PermissionDenied
    hold_document(version.document)
    version.refresh_from_db()
    refuse_unless(version, version.State.DRAFT)
    if missing := [*KIND.lacks(version), *owner_hindered(version)]:
        raise Refused(" ".join(missing))
    changes = {"proposed_by": by, "proposed_at": timezone.now()}
    move(version, version.State.DRAFT, version.State.PROPOSED, **changes)
    if owner := version.document.owner:
        ask_to_decide(version, [owner], by=by, path=version.get_absolute_url())
    record("policies.laid_before_owner", version, by=by, facts=KIND.told(version))


@transaction.atomic
def approve_as_owner(version: Version, *, fingerprint: str, by: Person) -> None:
    """Put what was laid before the owner in force, frozen, in the place of the former version.

    `fingerprint` is that of the text the owner read. Raises Refused where it is another one by
    now, and where the owner may not approve it.
    """
    hold_document(version.document)
    version.refresh_from_db()
    refuse_unless(version, version.State.PROPOSED)
    if not version.can_be_approved_by(by):
        raise PermissionDenied
    if fingerprint != version.fingerprint:
        raise Refused(_("The text is another one by now. Read it, and approve that."))
    if hindered := owner_hindered(version):
        raise Refused(" ".join(hindered))
    today = timezone.localdate()
    begins = max(today, version.begins_on or today)
    content = KIND.content(version, in_force_from=begins)
    content["owner_approval"] = {"name": by.name, "on": today.isoformat()}
    pdf = KIND.pdf(content, made_at=timezone.localtime())
    committee = told_committee(version.document)
    facts = KIND.told(version) | {
        "from": begins,
        "decided": today,
        "committee": committee.pk if committee else EVERYBODYS,
        "committee_name": committee.name if committee else "",
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
    """Return why the document's owner may not approve the version, a sentence each."""
    document, owner = version.document, version.document.owner
    if not document.is_owners:
        return [_("It is not for the owner to approve.")]
    if owner is None or not owner.is_active:
        return [_("The document has no owner who can approve it.")]
    found, values, own = [], {"name": owner.name}, str(owner.pseudonym)
    if writers_of(version) == {own}:
        text = _("%(name)s alone wrote it, and nobody approves what they alone wrote.")
        found.append(text % values)
    if _namer_of(document, own) == own:
        text = _("%(name)s made themself the owner: another coordinator has to name the owner.")
        found.append(text % values)
    if found:
        found.append(_("It can be put before the committee instead."))
    return found


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
