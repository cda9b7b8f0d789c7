"""The documents of the municipality's security policy, in a tree, and their versions."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person
from kommissorium.assets.models import reads_whole_register
from kommissorium.core.evidence.canonical import canonical, sha256
from kommissorium.core.evidence.models import Past, Record
from kommissorium.core.files.models import StoredFile
from kommissorium.measures.days import add_months
from kommissorium.policies.models.kinds import ABOVE, Body, Change, Level
from kommissorium.registers.models.proposals import Proposal, ProposalQuerySet


class DocumentQuerySet(models.QuerySet["Document"]):
    def visible_to(self, person: Person) -> DocumentQuerySet:
        """Return all to whoever reads registers; to others what took effect, what they own and what
        they were asked to comment on or to approve."""
        if reads_whole_register(person):
            return self
        in_force = models.Q(versions__state="approved", versions__in_force_from__isnull=False)
        asked = models.Q(versions__reviewers__person=person)
        theirs = models.Q(owner=person) | models.Q(versions__approver=person)
        rows = Document.objects.filter(in_force | asked | theirs)
        return self.filter(pk__in=rows.values("pk"))

    def in_use(self) -> DocumentQuerySet:
        return self.filter(is_retired=False)


class Document(models.Model):
    """One document: what it is for, who answers for it and who approves it. Its texts are versions.

    `is_measure` says that the management body approves it as a measure (NIS 2-loven § 7).
    `audience` is whom it is for, in words; `tags` are clauses of the mandate and of standards.
    """

    PAST = Past({"is_retired": _("out of use")})

    title = models.CharField(_("title"), max_length=200)
    level = models.CharField(_("level"), max_length=10, choices=Level)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("written under"),
    )
    owner = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="policies", verbose_name=_("owner")
    )
    audience = models.CharField(_("whom it is for"), max_length=200, blank=True)
    approval = models.CharField(_("approved by"), max_length=20, choices=Body)
    review_months = models.PositiveSmallIntegerField(_("months between reviews"))
    is_measure = models.BooleanField(
        _("a measure that the management body approves (NIS 2 Act § 7)"), default=False
    )
    tags = models.CharField(
        _("requirements"),
        max_length=300,
        blank=True,
        help_text=_("Clauses and controls it meets, such as ISO 27002 5.1, with commas between."),
    )
    is_retired = models.BooleanField(default=False)
    edit_version = models.PositiveIntegerField(default=1)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["title"]
        verbose_name = _("document")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("policy", args=[self.pk])

    def version_on(self, day: date) -> Version | None:
        """Return the version in force on the day; None for none."""
        found: Version | None = self.versions.in_force_on(day).first()
        return found

    @property
    def is_above(self) -> bool:
        """Return whether a body above the committee approves it."""
        return self.approval in ABOVE

    @property
    def is_owners(self) -> bool:
        """Return whether its owner approves it."""
        return self.approval == Body.OWNER

    @property
    def body(self) -> str:
        """Return who approves it, as it stands within a sentence."""
        shown = str(Body(self.approval).label)
        return shown[:1].lower() + shown[1:]

    @staticmethod
    def can_be_changed_by(person: Person) -> bool:
        """Return whether `person` may add documents and say who approves them."""
        return person.is_coordinator

    def can_be_written_by(self, person: Person) -> bool:
        """Return whether `person` may write its drafts: its owner, and coordinators."""
        return person.is_coordinator or person.pk == self.owner_id


class VersionQuerySet(ProposalQuerySet["Version"]):
    def visible_to(self, person: Person) -> Self:
        """Return all to coordinators, their own to owners, to others what their part is to read.

        Who reads registers also reads what is in review or proposed, everybody what took effect.
        """
        if person.is_coordinator:
            return self
        open_ = models.Q(state="approved", in_force_from__isnull=False)
        if reads_whole_register(person):
            open_ |= models.Q(state__in=["proposed", "approved"])
            open_ |= models.Q(state="draft", review_ends__isnull=False)
        asked = self.model.objects.filter(reviewers__person=person, review_ends__isnull=False)
        theirs = models.Q(document__owner=person) | models.Q(pk__in=asked.values("pk"))
        return self.filter(open_ | theirs | models.Q(approver=person))

    def open(self) -> Self:
        """Return what is on its way: drafts, proposals, and what a body above has to decide on."""
        ways = models.Q(state__in=["draft", "proposed"])
        return self.filter(ways | models.Q(state="approved", in_force_from=None, in_force_to=None))

    def waiting_for_owner(self) -> Self:
        """Return those that were laid before the document's owner, or who stands in for them."""
        return self.filter(state="proposed", committee=None)

    def by_owners(self) -> Self:
        """Return those that the document's owner approved."""
        return self.filter(state="approved", decision=None, record__isnull=False)

    def recommended(self) -> Self:
        """Return those that a committee recommends and a body above it has not decided on."""
        return self.filter(state="approved", in_force_from=None, in_force_to=None)


class Version(Proposal):
    """One version of a document. Never changes once it is proposed (0002_freeze).

    Its text is formatted text with headings, or a file with the text read out of it. A draft with
    `review_ends` is in review. What a body above the committee approves is *recommended* by the
    committee's decision and has no `in_force_from` until that body has decided; where that body
    rejected it, it never gets one and `in_force_to` is the day on which it did. What the owner
    approves, or the `approver` named in their stead, has no decision: `committee` is then the one
    that is told of it.
    """

    document = models.ForeignKey(Document, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(editable=False)
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("text"), blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    file_name = models.CharField(max_length=200, blank=True)
    file_text = models.TextField(blank=True)  # read out of the file, for search and comparison
    change = models.CharField(
        _("how much it changes"), max_length=10, choices=Change, default=Change.MATERIAL
    )
    change_because = models.TextField(_("what is new, and why"), blank=True)
    # The approved risk picture that the revision stands on.
    risk_picture = models.ForeignKey(Record, models.PROTECT, null=True, related_name="+")
    review_ends = models.DateField(_("comments by"), null=True)
    begins_on = models.DateField(_("takes effect"), null=True)  # as wished; else when approved
    review_months = models.PositiveSmallIntegerField(default=12, editable=False)
    # Who was last asked to approve it: the owner, or another in their stead.
    approver = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    # Under which heading a part of the frame stands (FramePart), in an overall policy.
    frame = models.JSONField(default=dict)
    hearing_on = models.DateField(_("hearing of the employees' side held on"), null=True)
    notice_on = models.DateField(_("notice of control measures given on"), null=True)
    hearing_note = models.TextField(_("what the hearing and the notice came to"), blank=True)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering = ["document", "-number"]
        verbose_name = _("version")
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="one_version_of_a_number")
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"

    def get_absolute_url(self) -> str:
        return reverse("policy_version", args=[self.pk])

    @property
    def is_in_review(self) -> bool:
        return self.is_draft and self.review_ends is not None

    @property
    def is_recommended(self) -> bool:
        """Return whether the committee has decided and a body above it has not."""
        return self.is_approved and self.in_force_from is None and self.in_force_to is None

    @property
    def waits_for_owner(self) -> bool:
        """Return whether the owner, or who stands in for them, has been asked to approve it."""
        return self.is_proposed and self.committee_id is None

    @property
    def is_by_owner(self) -> bool:
        """Return whether the owner approved it, or who stands in for them."""
        return self.is_approved and self.decision_id is None and self.record_id is not None

    @property
    def approval(self) -> str:
        """Return who approves it: of what its owner may, the committee it is put before."""
        approval = self.document.approval
        is_raised = approval == Body.OWNER and self.committee_id and not self.is_by_owner
        return Body.COMMITTEE if is_raised else approval

    @property
    def review_by(self) -> date | None:
        """Return the day by which it is to be reviewed; None before it takes effect."""
        if self.in_force_from is None:
            return None
        return add_months(self.in_force_from, self.review_months)

    @property
    def fingerprint(self) -> str:
        """Return the hash of what it says: that is what a committee approves."""
        return sha256(
            canonical({"title": self.title, "text": self.text, "file": self.file_id or ""})
        )

    def can_be_drafted_by(self, person: Person) -> bool:  # type: ignore[override]
        """Return whether `person` may write it: the document's owner, and coordinators."""
        return self.document.can_be_written_by(person)

    def can_be_approved_by(self, person: Person) -> bool:
        """Return whether `person` is asked to approve it as the owner, or in their stead."""
        return self.waits_for_owner and person.pk == self.approver_id

    def can_be_commented_by(self, person: Person, today: date) -> bool:
        """Return whether `person` may comment today: all who see it, while it is in review."""
        return self.is_in_review and self.review_ends is not None and today <= self.review_ends


class UpperDecision(models.Model):
    """Decision of a body above the committee on a version it had recommended. Never changes."""

    version = models.ForeignKey(Version, models.PROTECT, related_name="upper_decisions")
    body = models.CharField(_("who decided"), max_length=20, choices=Body)
    decided_on = models.DateField(_("decided on"))
    case_number = models.CharField(_("case number"), max_length=60)
    is_approved = models.BooleanField(_("approved"))
    text = models.TextField(_("what was decided"), blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=200)
    record = models.ForeignKey(Record, models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("decision of a body above the committee")

    def __str__(self) -> str:
        return self.case_number
