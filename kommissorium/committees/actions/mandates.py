"""Actions on mandates: draft, correct and approve them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.committees.mandate_scope import chosen_scope
from kommissorium.committees.models import Clause, Committee, Mandate
from kommissorium.committees.reader import Understanding
from kommissorium.core.actions.rows import refuse_gone
from kommissorium.core.backdating import reason_for
from kommissorium.core.evidence.actions import freeze, record
from kommissorium.core.files.models import StoredFile
from kommissorium.core.refusals import Conflict, Refused

CLAUSE_FIELDS = (
    "number",
    "kind",
    "text",
    "measure",
    "cadence_months",
    "min_per_year",
    "max_per_year",
    "horizon_months",
    "role",
    "function",
)


@transaction.atomic
def draft_mandate(
    committee: Committee,
    understanding: Understanding,
    *,
    by: Person,
    source_text: str,
    source_name: str = "",
    source_file: StoredFile | None = None,
) -> Mandate:
    """Keep the text that was read as the draft of the next version. It puts nothing in force.

    Raises Refused while another draft waits: it is approved or discarded first.
    """
    if not committee.can_be_arranged_by(by):
        raise PermissionDenied
    # Two drafts begun at the same moment would get the same version.
    Committee.objects.select_for_update().get(pk=committee.pk)
    if committee.mandates.filter(approved_at=None).exists():
        raise Refused(_("A draft is waiting already. Approve it or discard it first."))
    last = committee.mandates.aggregate(last=Max("version"))["last"] or 0
    mandate = Mandate.objects.create(
        committee=committee,
        version=last + 1,
        title=(understanding.title or committee.name)[:200],
        language=understanding.language,
        source_name=source_name,
        source_file=source_file,
        source_text=source_text,
        created_by=by,
    )
    _write_clauses(mandate, _understood(understanding))
    facts = {"version": mandate.version, "clauses": len(understanding.clauses)}
    record("committees.mandate_drafted", mandate, by=by, facts=facts)
    return mandate


@transaction.atomic
def change_draft(
    mandate: Mandate,
    *,
    by: Person,
    title: str,
    clauses: Sequence[Mapping[str, Any]],
    edit_version: int,
) -> None:
    """Replace title and clauses of a draft. Each clause maps CLAUSE_FIELDS to values.

    Clauses are numbered anew within their kind, in the order given. Raises Refused for a draft
    without a clause and Conflict when somebody saved first.
    """
    if not mandate.can_be_edited_by(by):
        raise PermissionDenied
    if not clauses:
        raise Refused(_("A mandate needs at least one clause."))
    before = _text_of(mandate)
    row = Mandate.objects.filter(pk=mandate.pk, approved_at=None, edit_version=edit_version)
    if not row.update(title=title, edit_version=edit_version + 1):
        raise Conflict(Mandate.objects.values("title").get(pk=mandate.pk))
    mandate.clauses.all().delete()
    _write_clauses(mandate, clauses)
    text_changed = _text_of(mandate) != before
    if text_changed:
        Mandate.objects.filter(pk=mandate.pk).update(changed_by=by)
    facts = {"clauses": len(clauses), "text_changed": text_changed}
    record("committees.draft_changed", mandate, by=by, facts=facts)


@transaction.atomic
def discard_draft(mandate: Mandate, *, by: Person) -> None:
    """Discard a draft; the chain keeps that it was there."""
    if not mandate.can_be_edited_by(by):
        raise PermissionDenied
    refuse_gone(mandate)
    mandate.clauses.all().delete()
    mandate.delete()
    record(
        "committees.draft_discarded", mandate.committee, by=by, facts={"version": mandate.version}
    )


@transaction.atomic
def approve_mandate(
    mandate: Mandate,
    *,
    by: Person,
    adopted_by: str,
    effective_from: date,
    because: str = "",
    registers: Collection[str] | None = None,
) -> None:
    """Put a mandate in force from a date, freeze it as a record and never change it again.

    `adopted_by` names the body that adopted the text, `because` says why it takes effect on a
    date before today. `registers` are the codes of those it covers: not given, those that its
    last version did and that no other committee's mandate does. Raises Refused for a date before
    the version that is in force began, for one that is over without a reason, and where a register
    would be covered by none.
    """
    if not mandate.can_be_approved_by(by):
        raise PermissionDenied
    previous = mandate.previous()
    if previous and previous.effective_from and effective_from <= previous.effective_from:
        message = _("The version before took effect on %(date)s. Choose a later date.")
        raise Refused(effective_from=message % {"date": date_format(previous.effective_from)})
    reason = reason_for(effective_from, because)
    scope = chosen_scope(mandate.committee, registers)
    content = mandate_content(
        mandate, adopted_by=adopted_by, effective_from=effective_from, because=reason, scope=scope
    )
    kept = freeze("committees.mandate", mandate, by=by, content=content)
    row = Mandate.objects.filter(pk=mandate.pk, approved_at=None, edit_version=mandate.edit_version)
    approved = row.update(
        approved_at=timezone.now(),
        approved_by=by,
        adopted_by=adopted_by,
        effective_from=effective_from,
        from_because=reason,
        record=kept,
    )
    if not approved:
        raise Conflict(Mandate.objects.values("title").get(pk=mandate.pk))
    facts: dict[str, Any] = {"version": mandate.version, "effective_from": effective_from}
    facts |= {"because": reason, "registers": scope}
    if mandate.was_entered_by(by):
        facts["alone"] = True
    record("committees.mandate_approved", mandate, by=by, facts=facts)
    mandate.refresh_from_db()


def _text_of(mandate: Mandate) -> tuple[str, list[Any]]:
    title = Mandate.objects.values_list("title", flat=True).get(pk=mandate.pk)
    return title, list(mandate.clauses.order_by("position").values_list(*CLAUSE_FIELDS))


def mandate_content(
    mandate: Mandate, *, adopted_by: str, effective_from: date, because: str, scope: Sequence[str]
) -> dict[str, Any]:
    """Return the frozen content of a mandate: every clause and its measure, and its registers."""
    return {
        "committee": mandate.committee.name,
        "version": mandate.version,
        "title": mandate.title,
        "language": mandate.language,
        "adopted_by": adopted_by,
        "effective_from": effective_from,
        "because": because,
        "registers": list(scope),
        "source_sha256": mandate.source_file_id or "",
        "clauses": list(mandate.clauses.values(*CLAUSE_FIELDS)),
    }


def _understood(understanding: Understanding) -> list[dict[str, Any]]:
    rows = {member.number: member for member in understanding.members}
    clauses = []
    for clause in understanding.clauses:
        row = rows.get(clause.number)
        clauses.append(
            {
                "kind": clause.kind,
                "text": clause.text[:5000],
                "measure": clause.measure or "",
                "cadence_months": clause.cadence_months,
                "min_per_year": clause.min_per_year,
                "max_per_year": clause.max_per_year,
                "horizon_months": clause.horizon_months,
                "role": row.role if row else "",
                "function": ((row.function if row else "") or "")[:200],
            }
        )
    return clauses


LETTERS = {
    "member": "M",
    "responsibility": "R",
    "task": "T",
    "meeting": "K",
    "agenda": "A",
    "other": "O",
}


def _write_clauses(mandate: Mandate, clauses: Sequence[Mapping[str, Any]]) -> None:
    counts: dict[str, int] = {}
    rows = []
    for position, fields in enumerate(clauses, 1):
        kind = fields["kind"]
        counts[kind] = counts.get(kind, 0) + 1
        values = {name: fields[name] for name in CLAUSE_FIELDS if name in fields}
        values["number"] = f"{LETTERS[kind]}{counts[kind]}"
        rows.append(Clause(mandate=mandate, position=position, **values))
    Clause.objects.bulk_create(rows)
