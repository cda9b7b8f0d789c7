"""Policies in every state, for whoever tries them."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

from django.utils import timezone
from pypdf import PdfWriter

from kommissorium.accounts.models import Person
from kommissorium.assets.actions.documents import GivenFile
from kommissorium.conftest import Cast
from kommissorium.meetings.actions.decisions import decide_as_chair
from kommissorium.meetings.models import Decision
from kommissorium.meetings.tests.samples.decisions import WEIGHING
from kommissorium.policies.actions.documents import add_document
from kommissorium.policies.actions.owner_approvals import approve_as_owner, lay_before_owner
from kommissorium.policies.actions.upper_decisions import UpperValues, record_upper_decision
from kommissorium.policies.actions.versions import begin_version, write_version
from kommissorium.policies.models import Document, FramePart, UpperDecision, Version
from kommissorium.policies.proposal import KIND
from kommissorium.policies.risk_basis import pictures

TEXT = (
    "<h2>Formål</h2><p>Vi passer på borgernes data.</p><h2>Organisation</h2><p>Udvalget.</p>"
    "<h2>Ansvar</h2><p>Ejerne.</p><h2>Kontrol</h2><p>Hvert kvartal.</p>"
    "<h2>Beredskab</h2><p>Planerne.</p>"
)
FRAME = {
    FramePart.ORGANISATION: "organisation",
    FramePart.RESPONSIBILITIES: "ansvar",
    FramePart.CONTROL: "kontrol",
    FramePart.CONTINGENCY: "beredskab",
}


def _blank_pdf() -> bytes:
    writer, out = PdfWriter(), BytesIO()
    writer.add_blank_page(200, 200)
    writer.write(out)
    return out.getvalue()


PDF = _blank_pdf()


def document(cast: Cast, **others: Any) -> Document:
    """Add a guideline of the system owner's, which the committee approves."""
    values = {
        "title": "Retningslinje for adgang",
        "level": "guideline",
        "parent": None,
        "owner": cast.system_owner,
        "audience": "Alle ledere",
        "approval": "committee",
        "review_months": 12,
        "is_measure": False,
        "tags": "ISO 27002 5.15",
        **others,
    }
    return add_document(by=cast.coordinator, values=values)


def overall(cast: Cast, **others: Any) -> Document:
    """Add an overall policy, which the council approves."""
    values = {"title": "Informationssikkerhedspolitik", "level": "overall", "approval": "council"}
    return document(cast, **{**values, **others})


def write(version: Version, by: Person, **others: Any) -> None:
    """Write a draft as it is now."""
    version.refresh_from_db()
    file = others.pop("file", None)
    values = {
        **{name: getattr(version, name) for name in ("title", "change", "begins_on")},
        "text": version.text or TEXT,
        "change_because": version.change_because or "Ny tekst.",
        **others,
    }
    write_version(version, by=by, values=values, edit_version=version.edit_version, file=file)


def drafted(cast: Cast, found: Document | None = None, **others: Any) -> Version:
    """Begin a version that lacks nothing, of a new guideline when no document is given."""
    found = found or document(cast)
    made = begin_version(found, by=cast.coordinator, change=others.get("change", "material"))
    if found.level == "overall":
        newest = pictures()
        others.setdefault("risk_picture", newest[0].record.pk if newest else None)
        others.setdefault("frame", FRAME)
    same = others.get("change") == "none"
    text = made.text if same else TEXT.replace("Vi passer", f"Vi ({made.number}) passer")
    write(made, cast.coordinator, **{"text": text, **others})
    return made


def proposed(cast: Cast, found: Document | None = None, **others: Any) -> Version:
    made = drafted(cast, found, **others)
    KIND.propose(made, cast.committee, by=cast.coordinator)
    return made


def decision_on(cast: Cast, found: Version, outcome: str = "approved") -> Decision:
    return decide_as_chair(
        cast.committee,
        by=cast.chair,
        title=f"Politik {found.pk} {outcome}",
        text="<p>Godkendt.</p>",
        why_now="Den gælder snart.",
        is_impartial=True,
        weighing=WEIGHING,
        outcome=outcome,
        subject=(KIND.kind, str(found.pk), found.get_absolute_url()),
    )


def approved(cast: Cast, found: Document | None = None, **others: Any) -> Version:
    """Put a version in force; of an overall policy it is recommended."""
    made = proposed(cast, found, **others)
    KIND.approve(made, decision_on(cast, made), by=cast.chair)
    return made


def rule(cast: Cast, title: str = "Retningslinje for adgang", **others: Any) -> Document:
    """Return a document in force, of the member's."""
    return approved(
        cast, document(cast, **{"title": title, "owner": cast.member, **others})
    ).document


def procedure(cast: Cast, **others: Any) -> Document:
    """Add a procedure of the system owner's, which they approve themselves."""
    values = {"title": "Procedure for nøgler", "level": "procedure", "approval": ""}
    return document(cast, **{**values, **others})


def laid(cast: Cast, found: Document | None = None, **others: Any) -> Version:
    """Lay a version that the coordinator wrote before the owner of its document."""
    made = drafted(cast, found or procedure(cast), **others)
    lay_before_owner(made, by=cast.coordinator)
    return made


def by_its_owner(cast: Cast, found: Document | None = None) -> Version:
    """Let the owner of a document write a draft of it, which they may not approve themselves."""
    made = begin_version(found or procedure(cast), by=cast.system_owner)
    write(made, cast.system_owner)
    return made


def approved_by_owner(cast: Cast, found: Document | None = None, **others: Any) -> Version:
    """Put a version in force that the owner of its document approved."""
    made = laid(cast, found, **others)
    approve_as_owner(made, fingerprint=made.fingerprint, by=cast.system_owner)
    return made


def upper_values(**others: Any) -> UpperValues:
    values: dict[str, Any] = {
        "decided_on": timezone.localdate(),
        "case_number": "2026-17",
        "is_approved": True,
        "file": GivenFile("byraad.pdf", PDF),
        **others,
    }
    return UpperValues(**values)


def decided_above(cast: Cast, found: Version, **others: Any) -> UpperDecision:
    return record_upper_decision(found, upper_values(**others), by=cast.coordinator)


def overall_in_force(cast: Cast, **others: Any) -> Version:
    """Put an overall policy in force, decided by the council."""
    made = approved(cast, overall(cast), **others)
    decided_above(cast, made)
    return made


def today() -> date:
    return timezone.localdate()
