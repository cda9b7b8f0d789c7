"""The oversight of an agreement on the year wheel."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.assets.models import Agreement, Oversight, RegisterSettings
from kommissorium.core.evidence.models import reference
from kommissorium.yearwheel.actions import GivenEvidence, RegisterDuty, keep_due, register_done
from kommissorium.yearwheel.models import Evidence

KEY: Final = "assets.oversight"


def source_of(agreement: Agreement) -> str:
    """Return the source key of the agreement's oversight on the year wheel."""
    return f"assets.agreement:{agreement.pk}:oversight"


def follow_oversight(agreement: Agreement, *, by: Person) -> None:
    """Keep the agreement's next oversight on the wheel up to date; nothing for an ended one."""
    committee = RegisterSettings.current().wheel_committee
    if committee is None:
        return
    responsible = agreement.responsible
    keep_due(
        _duty(),
        committee,
        source=source_of(agreement),
        link=agreement.get_absolute_url(),
        due=None if agreement.is_over else agreement.next_oversight,
        occasion=f"{agreement.supplier.name}, {agreement.title}",
        delegate=responsible if responsible and responsible.is_active else None,
        by=by,
    )


def finish_on_wheel(oversight: Oversight, *, by: Person) -> None:
    """Note on the wheel that the oversight was done, with the oversight itself as evidence."""
    agreement = oversight.agreement
    kind, key = reference(oversight)
    shown = [
        GivenEvidence(
            Evidence.Kind.ROW,
            label=f"{agreement.supplier.name}, {agreement.title}",
            url=agreement.get_absolute_url(),
            object_kind=kind,
            object_id=key,
        )
    ]
    if oversight.url:
        shown.append(GivenEvidence(Evidence.Kind.LINK, label=oversight.url, url=oversight.url))
    register_done(
        source_of(agreement),
        by=by,
        result=oversight.result,
        conclusion=oversight.conclusion,
        evidence=shown,
    )


def _duty() -> RegisterDuty:
    return RegisterDuty(
        key=KEY,
        title=_("Oversight of a supplier that processes personal data"),
        method=_(
            "Get the report or ask the questions that were agreed, and read the answer. See whether"
            " the remarks of last time are dealt with. Write down what it means for us."
        ),
        success=_("There is a conclusion, and every remark has somebody who follows it up."),
        evidence_wanted=_("The report or the answers, and the conclusion"),
        measure="",
        lead_days=60,
    )
