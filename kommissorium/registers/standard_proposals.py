"""Standard proposals: approved by a committee and valid until the next; carried by the kit."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, ClassVar

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.committees.models import Committee
from kommissorium.core.evidence.models import reference
from kommissorium.core.ui.localised import day
from kommissorium.meetings.facts import FactRow, FactTable
from kommissorium.meetings.models import Decision
from kommissorium.registers.actions.duties import due_of, finish_by_decision
from kommissorium.registers.actions.standard_proposals import put_forward, put_in_force, take_back
from kommissorium.registers.agenda import AgendaContext, Tables
from kommissorium.registers.documents.record import Section, proposal_content, record_pdf
from kommissorium.registers.forms.rows import RowForm
from kommissorium.registers.models.proposals import Proposal
from kommissorium.registers.proposing import ProposalKind


class StandardProposal[M: Proposal](ProposalKind[M]):
    """A kind that says what is in it; proposing, approving, freezing and its pages are the kit's."""

    record_kind: ClassVar[str]
    form: ClassVar[type[RowForm] | None] = None  # to edit a draft in; None: on a page of its own
    form_lead: ClassVar[str | Promise] = ""  # what is said above it
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
        return record_pdf(content, str(self.description), self.sections(content), made_at=made_at)

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
                "",
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
        for duty in self.duties:
            if waiting := due_of(duty, decision):
                finish_by_decision(waiting, decision, proposal, title, by=by)

    def send_back(self, proposal: M, decision: Decision, *, by: Person) -> None:
        take_back(self, proposal, by=by, decision=decision)

    def approved_in_words(self, decision: Decision) -> str:
        found = self.model._default_manager.filter(decision=decision).first()  # noqa: SLF001
        if found is None:
            return ""
        values = {"title": self.title_of(found), "day": day(found.in_force_from)}
        return _("%(title)s: approved, and in force from %(day)s.") % values
