"""Kinds of proposals to a committee, and the effects of its decision on them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Any, ClassVar, Final, Self

from django.db.models import CharField, Exists, Model, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person, refuse_no_other, why_no_other
from kommissorium.committees.models import Committee
from kommissorium.core.evidence.models import reference
from kommissorium.core.mail.letter import Grid
from kommissorium.core.refusals import Refused
from kommissorium.core.richtext import plain_text, sanitise
from kommissorium.meetings.models import AgendaItem, Decision, Meeting, Outcome
from kommissorium.meetings.models.proceedings import APPROVING
from kommissorium.registers.actions.proposals import give_change, waits_in_words
from kommissorium.registers.agenda import SubjectKind
from kommissorium.registers.menu import Part
from kommissorium.registers.models.proposals import Proposal

UNSETTLED: Final = (Outcome.DEFERRED, Outcome.NOTED)  # it lies before the committee still
OPEN: Final = (Meeting.State.PLANNED, Meeting.State.CALLED)
HELD: Final = (Meeting.State.HELD, Meeting.State.IN_REVIEW)
TITLE_LENGTH: Final = 200
WHY_LENGTH: Final = 400  # characters of a mail


@dataclass(frozen=True, slots=True)
class AgendaText:
    """Initial text of an agenda item, and of a decision by its chair; the texts are
    formatted."""

    title: str
    recommendation: str
    presentation: str
    decided: str

    @classmethod
    def of(
        cls, title: str, points: Iterable[str], paragraphs: Iterable[str], more: str = ""
    ) -> AgendaText:
        """Make it of plain texts: what the committee is recommended to do, and the case.

        `more` is formatted already and stands below the paragraphs.
        """
        short = title if len(title) <= TITLE_LENGTH else f"{title[: TITLE_LENGTH - 2]} …"
        lead = _("It is recommended that the committee")
        listed = "".join(f"<li>{escape(one)}</li>" for one in points)
        lines = [line for text in paragraphs for line in text.splitlines() if line.strip()]
        case = "".join(f"<p>{escape(line)}</p>" for line in lines)
        recommended = sanitise(f"<p>{escape(lead)}</p><ul>{listed}</ul>")
        alone = _("The chair decides on behalf of the committee that it")
        decided = sanitise(f"<p>{escape(alone)}</p><ul>{listed}</ul>")
        return cls(short, recommended, sanitise(case + more), decided)


class Lack(str):
    """Why a draft cannot be proposed yet, with the field of its form that is to be filled in."""

    __slots__ = ("field",)
    field: str

    def __new__(cls, sentence: str, field: str) -> Self:
        made = super().__new__(cls, sentence)
        made.field = field
        return made


class ProposalKind[M: Model](SubjectKind):
    """One kind of thing that is put before a committee, which approves it or says no.

    Its answers are those of a model that is a Proposal; another overrides what differs.
    """

    model: type[M]
    slug: ClassVar[str]  # in the address of its page
    listed: ClassVar[tuple[str | Promise, str]]  # its list: what it is called, and its address
    related: ClassVar[tuple[str, ...]] = ("committee", "proposed_by")  # fetched along for its page
    is_asked: ClassVar[bool] = True  # whether a chair is asked to decide on it between meetings
    added: ClassVar[str | Promise] = ""  # what the register adds under the item, in a sentence
    can_be_changed: ClassVar[bool] = True  # whether it can be approved with changes
    for_followers: ClassVar[bool] = False  # whether it is read by who follows a committee alone
    # What measures the mandate's own item under which it stands; "" where it gets one of its own.
    under: ClassVar[str] = ""

    def visible_to(self, person: Person) -> QuerySet[M]:
        """Return those that the person reads."""
        found: QuerySet[M] = self.model.objects.visible_to(person)  # type: ignore[attr-defined]
        if self.for_followers and not Committee.are_followed_by(person):
            return found.none()
        return found.select_related(*self.related)

    def committee_of(self, proposal: M) -> Committee | None:
        """Return the committee it lies before already; None where it can be any."""
        found: Committee | None = _proposal(proposal).committee
        return found

    def is_draft(self, proposal: M) -> bool:
        """Return whether it must be proposed before a committee can decide on it."""
        return bool(_proposal(proposal).is_draft)

    def waits(self, proposal: M) -> bool:
        """Return whether it waits for a decision."""
        return bool(_proposal(proposal).is_proposed)

    def title_of(self, proposal: M) -> str:
        """Return what it is called in a sentence."""
        return str(proposal)

    def text(self, proposal: M) -> AgendaText:
        """Return what an agenda item about it says to begin with."""
        raise NotImplementedError

    def picture(self, proposal: M, person: Person) -> Part | None:
        """Return what whoever decides sees of it, where its facts as tables are not enough."""
        return None

    def in_words(self, proposal: M) -> list[str]:
        """Return its picture and its figures in a few lines, for a mail."""
        return []

    def why(self, proposal: M) -> list[str]:
        """Return in a few lines why it is put forward, for a mail."""
        return [Truncator(plain_text(self.text(proposal).presentation)).chars(WHY_LENGTH)]

    def figures(self, proposal: M) -> list[tuple[str, str]]:
        """Return what it costs and how long it holds, each with its name, for a mail."""
        return []

    def grid(self, proposal: M) -> Grid | None:
        """Return its picture as a small matrix, for a mail."""
        return None

    def lacks(self, proposal: M) -> list[str]:
        """Return why a draft cannot be proposed yet, a sentence each."""
        return []

    def along(self, proposal: M) -> Mapping[Any, str]:
        """Return other proposals that can go to the agenda with it, each in words."""
        return {}

    def propose(self, proposal: M, committee: Committee, *, by: Person) -> None:
        """Propose a draft to the committee."""
        raise NotImplementedError

    def refuse_before(self, proposal: M) -> None:
        """Raise Refused where what waits cannot be decided by a committee at all."""

    def approve(self, proposal: M, decision: Decision, *, by: Person) -> None:
        """Carry out that the committee approved it."""
        raise NotImplementedError

    def keep_change(self, proposal: M, decision: Decision, *, by: Person) -> None:
        """See to it that what the decision changed is written in: it waits as a task."""
        owner = _proposal(proposal).proposed_by
        give_change(decision, self.title_of(proposal), owner=owner, by=by)

    def send_back(self, proposal: M, decision: Decision, *, by: Person) -> None:
        """Carry out that the committee did not approve it."""
        raise NotImplementedError

    def approved_in_words(self, decision: Decision) -> str:
        """Return what the approval did, in a sentence."""
        raise NotImplementedError

    def refused_in_words(self) -> str:
        """Return what the refusal did, in a sentence."""
        return _("It was not approved and is a draft again.")

    def decide(self, decision: Decision, *, by: Person) -> None:
        """Approve it, or send it back; deferred it stays where it is."""
        if decision.outcome in UNSETTLED:
            return
        found = self.model._default_manager.filter(pk=decision.subject_id).first()  # noqa: SLF001
        if found is None:
            raise Refused(_("What was decided on is not there any more."))
        self.refuse_other(found, decision)
        if decision.outcome in APPROVING:
            self.refuse_alone(found, decision)
            self.approve(found, decision, by=by)
            if decision.outcome == Outcome.WITH_CHANGES:
                self.keep_change(found, decision, by=by)
        else:
            self.send_back(found, decision, by=by)

    def refuse_other(self, proposal: M, decision: Decision) -> None:
        """Refuse a decision on what lies before another committee or was put forward anew."""
        refuse_anew(_proposal(proposal).proposed_at, decision, waits=self.waits(proposal))
        if _proposal(proposal).committee_id != decision.committee_id:
            raise Refused(_("It lies before another committee."))

    def refuse_alone(self, proposal: M, decision: Decision) -> None:
        """Refuse that who put it forward approves it alone, or by somebody they made up."""
        own = _("You put it forward, so somebody else must decide on it.")
        refuse_as_chair(decision, _proposal(proposal).proposed_by, own)

    def bars(self, proposal: M, person: Person) -> str:
        """Return why `person` may not decide on it alone, in a sentence; "" where nothing hinders."""
        return why_no_other(proposal.proposed_by, person)  # type: ignore[attr-defined]

    def asked_in_short(self, proposal: M) -> str:
        """Return the subject of the mail that asks for a decision: administrators see it, so it
        names no case."""
        return _("Your decision is needed: %(kind)s") % {"kind": self.listed[0]}

    def sentence(self, decision: Decision) -> str:
        """Return what became of a decision on it, "" for nothing yet."""
        if decision.outcome in APPROVING:
            return f"{self.approved_in_words(decision)} {waits_in_words(decision)}".rstrip()
        return self.refused_in_words() if decision.outcome == Outcome.REJECTED else ""

    def undecided(self, person: Person) -> QuerySet[M]:
        """Return what whoever leads a committee can decide on between meetings: on no agenda."""
        led = Committee.objects.led_by(person).values("pk")
        waiting = self.model._default_manager.filter(committee__in=led, state="proposed")  # noqa: SLF001
        return waiting.filter(~Exists(asked_about(self.kind)))

    def drafts(self, person: Person) -> QuerySet[M]:
        """Return the drafts that are the person's to finish: the coordinator's."""
        rows = self.model._default_manager  # noqa: SLF001
        return rows.filter(state="draft") if person.is_coordinator else rows.none()


def refuse_as_chair(decision: Decision, first: Person | None, own: str) -> None:
    """Raise Refused where a chair's decision is no second person's beside `first`; `own` is what is
    said where it is one and the same."""
    if decision.is_chairs and first is not None:
        if decision.by_id == first.pk:
            raise Refused(own)
        refuse_no_other(first, decision.by)


def asked_about(kind: str, key: str = "pk") -> QuerySet[AgendaItem]:
    """Return the agenda items that ask about an outer row, of meetings not yet minuted."""
    asked = AgendaItem.objects.standing().filter(
        meeting__state__in=[*OPEN, *HELD],
        subject_kind=kind,
        subject_id=Cast(OuterRef(key), CharField()),
    )
    return asked.order_by()


def item_about(kind: ProposalKind[Any], proposal: Any) -> AgendaItem | None:
    """Return the item that asks the committee about it and is not decided on for good.

    Of meetings held only what was asked since it was proposed: a thing taken back and proposed
    anew is asked about anew.
    """
    name, key = reference(proposal)
    asked = Q(meeting__state__in=OPEN)
    if kind.waits(proposal):
        asked |= Q(meeting__state__in=HELD, created_at__gte=proposal.proposed_at)
    found = AgendaItem.objects.standing().filter(asked, subject_kind=name, subject_id=key)
    rows = found.select_related("meeting__committee", "clause")
    return rows.order_by("-meeting__starts_at", "-pk").first()


def subject_of(proposal: Any) -> tuple[str, str, str]:
    """Return kind, key and link, as agenda items and decisions name what they are about."""
    return (*reference(proposal), proposal.get_absolute_url())


def refuse_anew(proposed_at: datetime | None, decision: Decision, *, waits: bool) -> None:
    """Refuse what does not wait for a decision, and what was put forward anew after it."""
    meeting = decision.meeting
    decided = (meeting.closed_at or meeting.ends_at) if meeting else decision.decided_at
    if not waits or proposed_at is None:
        raise Refused(_("It is not before the committee."))
    if proposed_at > decided:
        raise Refused(
            _("It was taken back and put forward anew after the decision. Decide on it again.")
        )


def _proposal(row: Any) -> Any:
    """Return a row that answers as a Proposal does. Raises TypeError for any other."""
    if not isinstance(row, Proposal):
        raise TypeError(f"{type(row).__name__} is no Proposal: its kind must answer for it")
    return row
