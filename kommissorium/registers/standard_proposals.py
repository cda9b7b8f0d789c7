"""Standard proposals, carried by the kit: approved by a committee, and valid until the next."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, ClassVar

from django.db.models import F, Model, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.committees.models import Committee
from kommissorium.core.evidence.models import reference
from kommissorium.core.ui.localised import day
from kommissorium.meetings.facts import FactRow, FactTable
from kommissorium.meetings.filing import FiledKind
from kommissorium.meetings.models import Decision
from kommissorium.registers.actions.proposals import due_of, finish_by_decision
from kommissorium.registers.actions.standard_proposals import put_forward, put_in_force, take_back
from kommissorium.registers.agenda import AgendaContext, Tables
from kommissorium.registers.documents.record import Section, proposal_content, record_pdf
from kommissorium.registers.forms.rows import FORWARD, RowForm, row_form
from kommissorium.registers.models.proposals import Evaluation, Proposal
from kommissorium.registers.proposing import Lack, ProposalKind
from kommissorium.registers.protocol import Register


class StandardProposal[M: Proposal](ProposalKind[M]):
    """A kind that says what is in it; proposing, approving, freezing and its pages are the kit's."""

    record_kind: ClassVar[str]
    form: ClassVar[type[RowForm] | None] = None  # to edit a draft in; None: on a page of its own
    form_lead: ClassVar[str | Promise] = ""  # what is said above it
    is_wide: ClassVar[bool] = False  # its document lies on its side
    parts: ClassVar[tuple[str, ...]] = ()  # its rows that `body` reads, fetched along
    description: ClassVar[str | Promise]  # of its document
    # The proposals from which duties were adopted that the approval finishes.
    duties: ClassVar[tuple[str, ...]] = ()

    def begins(self, proposal: M) -> date | None:
        """Return the day from which it holds once it is approved now; None where more is needed."""
        return timezone.localdate()

    def same_as(self, proposal: M) -> QuerySet[M]:
        """Return those of which one alone holds at a time."""
        return self.model._default_manager.all()  # noqa: SLF001

    def edit_url(self, proposal: M) -> str:
        """Return where a draft of it is edited."""
        return reverse("proposal_change", args=[self.slug, proposal.pk])

    def form_of(self, data: Any, proposal: M, person: Person) -> RowForm | None:
        """Return the form in which `person` edits a draft; None where it has a page of its own."""
        return self.form(data, row=proposal) if self.form else None

    def cleaned(self, proposal: M, values: dict[str, Any]) -> Mapping[str, Any]:
        """Return what is written of a draft as it is kept. Raises Refused, by field."""
        return values

    def told(self, proposal: M) -> dict[str, Any]:
        """Return the facts of its events, from which `named` makes what it is called."""
        raise NotImplementedError

    def named(self, facts: Mapping[str, Any]) -> str:
        """Return what it is called in a sentence."""
        raise NotImplementedError

    def link_to(self, key: int) -> str:
        """Return the page of the one with the key."""
        row: Any = self.model(pk=key)
        return str(row.get_absolute_url())

    def history(self, proposal: M) -> Q:
        """Return the condition on the events of its history."""
        name, key = reference(proposal)
        return Q(object_kind=name, object_id=key)

    def body(self, proposal: M) -> dict[str, Any]:
        """Return what it says, complete in itself, as its record keeps it."""
        raise NotImplementedError

    def sections(self, content: Mapping[str, Any]) -> Sequence[Section]:
        """Return what its document shows of the record."""
        raise NotImplementedError

    def content(
        self, proposal: M, *, decision: str = "", in_force_from: date | None = None
    ) -> dict[str, Any]:
        """Return all that its record says."""
        head = proposal_content(
            proposal, self.title_of(proposal), decision=decision, in_force_from=in_force_from
        )
        return {**head, **self.body(proposal)}

    def said(self, proposal: M) -> Mapping[str, Any]:
        """Return what its page shows: of an approved one what was frozen, else what it says today."""
        found = proposal.record
        return json.loads(found.content) if found else self.body(proposal)

    def pdf(self, content: Mapping[str, Any], *, made_at: datetime) -> bytes:
        """Return its document, in the active language."""
        sections, what = self.sections(content), str(self.description)
        return record_pdf(content, what, sections, made_at=made_at, wide=self.is_wide)

    def editions(self, content: Mapping[str, Any]) -> Mapping[str, Mapping[str, Any]]:
        """Return what is frozen of it when it is approved, by the column that keeps it."""
        return {"record": content}

    def document(self, proposal: M, person: Person) -> bytes:
        """Return its document as `person` may read it: an approved one as it was frozen."""
        frozen = proposal.record.pdf if proposal.record else None
        return bytes(frozen or self.pdf(self.content(proposal), made_at=timezone.localtime()))

    def title_of(self, proposal: M) -> str:
        return self.named(self.told(proposal))

    def facts(self, keys: Iterable[str], context: AgendaContext) -> Mapping[str, Tables]:
        found = self.model._default_manager.filter(pk__in=[int(key) for key in keys])  # noqa: SLF001
        rows = found.select_related(*self.related).prefetch_related(*self.parts)
        return {str(one.pk): self._tables(one) for one in rows}

    def _tables(self, proposal: M) -> Tables:
        """Return the tables of its document."""
        return tuple(
            FactTable(
                f"{self.slug}{number}",
                one.heading,
                one.text,
                tuple(one.columns),
                tuple(
                    FactRow(f"{self.kind}:{proposal.pk}:{number}:{line}", tuple(row))
                    for line, row in enumerate(one.rows)
                ),
            )
            for number, one in enumerate(self.sections(self.body(proposal)))
            if one.columns
        )

    def in_words(self, proposal: M) -> list[str]:
        """Return the rows of the first table of its document that has any."""
        sections = self.sections(self.body(proposal))
        rows = next((one.rows for one in sections if one.columns and one.rows), ())
        return [f"– {row[0]}: {', '.join(filter(None, row[1:]))}" for row in rows]

    def propose(self, proposal: M, committee: Committee, *, by: Person) -> None:
        put_forward(self, proposal, committee, by=by)

    def approve(self, proposal: M, decision: Decision, *, by: Person) -> None:
        put_in_force(self, proposal, decision, by=by)
        title = self.title_of(proposal)
        for duty in self.duties_of(proposal):
            if waiting := due_of(duty, decision):
                finish_by_decision(waiting, decision, proposal, title, by=by)

    def duties_of(self, proposal: M) -> tuple[str, ...]:
        """Return the keys of the duties that are done when it is approved."""
        return self.duties

    def send_back(self, proposal: M, decision: Decision, *, by: Person) -> None:
        take_back(self, proposal, by=by, decision=decision)

    def approved_in_words(self, decision: Decision) -> str:
        found = self.model._default_manager.filter(decision=decision).first()  # noqa: SLF001
        if found is None:
            return ""
        values = {"title": self.title_of(found), "day": day(found.in_force_from)}
        return _("%(title)s: approved, and in force from %(day)s.") % values


class EvaluationProposal[M: Evaluation](StandardProposal[M]):
    """Proposal of an evaluation of what was held, and of what comes of it."""

    for_followers = True
    of: ClassVar[tuple[str, ...]]  # the names of its columns that say what it is of
    texts: ClassVar[Mapping[str, str | Promise]]  # what to write while one of its texts is empty

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if "form" not in vars(cls):
            cls.form = row_form(cls.model, *cls.texts)
            cls.form.required_when = dict.fromkeys(cls.texts, FORWARD)

    def same_as(self, proposal: M) -> QuerySet[M]:
        of = {name: getattr(proposal, name) for name in self.of}
        return self.model._default_manager.filter(**of)  # noqa: SLF001

    def subject(self, proposal: M) -> Model | None:
        """Return what it is of, where that has a page that its own leads to."""
        return None

    def refuse_new(self, of: Mapping[str, Any]) -> None:
        """Raise Refused where nothing of that can be evaluated yet."""

    def begun_with(self, of: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return what a draft says to begin with."""
        return {}

    def asked_for(self, proposal: M) -> Iterable[str]:
        """Return the names of the texts that none may lack."""
        return self.texts

    def lacks(self, proposal: M) -> list[str]:
        return [
            Lack(str(self.texts[one]), one)
            for one in self.asked_for(proposal)
            if not getattr(proposal, one)
        ]

    def written(self, proposal: M) -> dict[str, str]:
        """Return its texts, by their names."""
        return {name: getattr(proposal, name) for name in self.texts}


class FiledProposals(FiledKind[Any]):
    """Approved proposals of one kind, each with its document."""

    def __init__(self, proposal: StandardProposal[Any], label: str | Promise) -> None:
        self.proposal = proposal
        self.kind, self.label = proposal.kind, label  # type: ignore[misc]

    def rows(self, person: Person) -> QuerySet[Any]:
        found = self.proposal.visible_to(person).filter(state="approved")
        return found.order_by(F("in_force_from").desc(nulls_first=True), "-pk")

    def title(self, row: Any) -> str:
        return self.proposal.title_of(row)

    def day(self, row: Any) -> date:
        """Return the day it begins; of what is only recommended the day it was put forward."""
        return row.in_force_from or timezone.localdate(row.proposed_at)


class StandardRegister(Register):
    """A register that says what it holds and counts; the chain is told and asked by the kit."""

    proposal: ClassVar[StandardProposal[Any]]  # one of its subjects
