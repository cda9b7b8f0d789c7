"""A version of a policy before a committee: what agenda, record and mail say of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.accounts.models import Person
from kommissorium.core.refusals import Refused
from kommissorium.core.richtext.sections import sections_of
from kommissorium.meetings.models import Decision
from kommissorium.policies.actions.next_draft import begin_change, keep_review_due
from kommissorium.policies.documents import version_pdf
from kommissorium.policies.models import ABOVE, Body, Change, Level, Version
from kommissorium.policies.risk_basis import changes_of, named_picture, pictures
from kommissorium.registers.documents.record import Section
from kommissorium.registers.menu import Part
from kommissorium.registers.proposing import AgendaText, Lack
from kommissorium.registers.standard_proposals import StandardProposal
from kommissorium.registers.unfilled import unfilled


class VersionProposal(StandardProposal[Version]):
    """Proposal to approve a policy version, or to recommend it to a body above the committee."""

    kind, model, slug = "policies.version", Version, "policy"
    known_as = gettext_lazy("Policy")
    listed = (gettext_lazy("Policies"), "policies")
    related = (
        *("committee", "proposed_by", "document__owner", "risk_picture", "file", "made_by"),
        *("decision", "approver"),
    )
    added = gettext_lazy("The text is added from the register.")
    record_kind = "policies.version"
    description = gettext_lazy("A policy of the municipality")
    duties = ("policy_revision",)

    def duties_of(self, proposal: Version) -> tuple[str, ...]:
        """Return the duty to revise the security policy: no guideline below it does that."""
        return self.duties if proposal.document.level == Level.OVERALL else ()

    def begins(self, proposal: Version) -> date | None:
        if proposal.document.is_above:
            return None
        today = timezone.localdate()
        return max(today, proposal.begins_on or today)

    def same_as(self, proposal: Version) -> QuerySet[Version]:
        return Version.objects.filter(document=proposal.document_id)

    def edit_url(self, proposal: Version) -> str:
        return reverse("policy_version_edit", args=[proposal.pk])

    def told(self, proposal: Version) -> dict[str, Any]:
        document, named = proposal.document, named_picture(proposal)
        return {
            "kind": self.kind,
            "document": document.pk,
            "title": proposal.title,
            "number": proposal.number,
            "level": document.level,
            "approval": proposal.approval,
            "change": proposal.change,
            "months": proposal.review_months,
            "frame": sorted(proposal.frame),
            "picture": named.key if named else "",
            "picture_on": named.begins if named else "",
            "fingerprint": proposal.fingerprint,
        }

    def named(self, facts: Mapping[str, Any]) -> str:
        return _("%(title)s, version %(number)s") % {
            "title": facts["title"],
            "number": facts["number"],
        }

    def history(self, proposal: Version) -> Q:
        """Return its history without the readings: those are on a page that not everybody reads."""
        uppers = [str(key) for key in proposal.upper_decisions.values_list("pk", flat=True)]
        own = Q(object_kind="policies.upperdecision", object_id__in=uppers)
        return (super().history(proposal) & ~Q(act="readings.version_read")) | own

    def lacks(self, proposal: Version) -> list[str]:
        missing = []
        if proposal.document.owner is None:
            missing.append(_("Nobody owns the document."))
        if not (proposal.text or proposal.file_id):
            missing.append(Lack(_("Write the text, or add a file."), "text"))
        missing += unfilled(text=proposal.text)
        before = proposal.document.versions.filter(in_force_from__isnull=False)
        former = before.order_by("-in_force_from", "-number").first()
        if former and not proposal.change_because:
            text = _("Say what is new, and why; or why nothing is.")
            missing.append(Lack(text, "change_because"))
        missing += _misnamed(proposal, former)
        is_revision = proposal.document.level == Level.OVERALL and proposal.change != Change.MINOR
        if is_revision and not proposal.risk_picture_id and pictures():
            text = _("Name the risk picture that the policy stands on.")
            missing.append(Lack(text, "risk_picture"))
        open_ = proposal.comments.filter(answered_at=None).count()
        if open_:
            missing.append(_("Answer the comments (%(number)d).") % {"number": open_})
        return missing

    def refuse_before(self, proposal: Version) -> None:
        if proposal.waits_for_owner:
            raise Refused(_("It waits for its owner's approval. Make it a draft again first."))

    def text(self, proposal: Version) -> AgendaText:
        title, document = self.title_of(proposal), proposal.document
        words = {"title": proposal.title, "body": document.body}
        if document.is_above:
            point = _("recommends “%(title)s” to %(body)s, which decides on it")
        elif proposal.change == Change.NONE:
            point = _("confirms “%(title)s” unchanged")
        else:
            point = _("approves “%(title)s”")
        paragraphs = [proposal.change_because, *changes_of(proposal)]
        if proposal.hearing_note:
            paragraphs.append(proposal.hearing_note)
        if not any(paragraphs):
            paragraphs = [_("This is the first version of the document.")]
        return AgendaText.of(title, [point % words], paragraphs)

    def picture(self, proposal: Version, person: Person) -> Part | None:
        sections = sections_of(proposal.text)
        return Part("policies/version_text.html", {"version": proposal, "sections": sections})

    def body(self, proposal: Version) -> dict[str, Any]:
        document, named = proposal.document, named_picture(proposal)
        file = {"name": proposal.file_name, "sha256": proposal.file_id} if proposal.file_id else {}
        return {
            **{name: getattr(proposal, name) for name in ("number", "text", "file_text", "change")},
            **{name: getattr(document, name) for name in ("level", "audience")},
            "approval": proposal.approval,
            "title": proposal.title,
            "is_above": document.is_above,
            "owner": document.owner.name if document.owner else "",
            "because": proposal.change_because,
            "file": file,
            "review_months": proposal.review_months,
            "frame": proposal.frame,
            "picture": named.data if named else {},
            "hearing": {
                "held_on": _iso(proposal.hearing_on),
                "notice_on": _iso(proposal.notice_on),
                "note": proposal.hearing_note,
            },
            "fingerprint": proposal.fingerprint,
        }

    def sections(self, content: Mapping[str, Any]) -> Sequence[Section]:
        approval = Body(content["approval"])
        lead = _("Recommended to") if approval in ABOVE else _("Approved by")
        rows = [
            [_("Level"), str(Level(content["level"]).label)],
            [lead, str(approval.label)],
            [_("How much it changes"), str(Change(content["change"]).label)],
            [_("What is new, and why"), content["because"]],
            [_("Stands on"), content["picture"].get("title", "")],
            [_("Hearing and notice"), content["hearing"]["note"]],
            [_("File"), content["file"].get("name", "")],
        ]
        shown = [row for row in rows if row[1]]
        return [Section(content["title"], "", (_("What"), _("How it is")), shown, (3, 7))]

    def pdf(self, content: Mapping[str, Any], *, made_at: datetime) -> bytes:
        return version_pdf(content, str(self.description), made_at=made_at)

    def approve(self, proposal: Version, decision: Decision, *, by: Person) -> None:
        super().approve(proposal, decision, by=by)
        if proposal.in_force_from:
            keep_review_due(proposal, decision.committee, by=by)

    def keep_change(self, proposal: Version, decision: Decision, *, by: Person) -> None:
        """Begin the draft in which it is written; where none can begin yet, it waits as a task."""
        if not begin_change(self, proposal, decision, by=by):
            super().keep_change(proposal, decision, by=by)

    def approved_in_words(self, decision: Decision) -> str:
        found = Version.objects.filter(decision=decision).select_related("document").first()
        if found is None:
            return ""
        values = {"title": self.title_of(found), "body": found.document.body}
        if found.document.is_above:
            return _("%(title)s: recommended to %(body)s, which decides on it.") % values
        return super().approved_in_words(decision)

    def drafts(self, person: Person) -> QuerySet[Version]:
        """Return the drafts that are the person's to finish: nobody is asked about them still."""
        return super().drafts(person).exclude(review_ends__gte=timezone.localdate())


def _misnamed(proposal: Version, former: Version | None) -> list[str]:
    """Say that a version is called unchanged and is not, or the other way round."""
    if former is None:
        is_same, is_none = False, proposal.change == Change.NONE
        text = _("Nothing is in force that could go on unchanged.")
    else:
        is_same = (proposal.text, proposal.file_id) == (former.text, former.file_id)
        is_none = proposal.change == Change.NONE
        text = _("The text differs from the one in force: it is not unchanged.")
    if is_none and not is_same:
        return [Lack(text, "change")]
    if is_same and not is_none:
        text = _("The text is the one in force: call it unchanged, or change it.")
        return [Lack(text, "change")]
    return []


def _iso(found: date | None) -> str:
    return found.isoformat() if found else ""


KIND = VersionProposal()
