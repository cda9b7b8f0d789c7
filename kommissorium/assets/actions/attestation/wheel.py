"""A round of attestation on the year wheel."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.assets.models import RegisterSettings, Round
from kommissorium.committees.measures import Measure
from kommissorium.core.evidence.models import reference
from kommissorium.yearwheel.actions.evidence import GivenEvidence
from kommissorium.yearwheel.actions.register_occurrences import (
    RegisterDuty,
    keep_due,
    register_done,
)
from kommissorium.yearwheel.models import Occurrence

KEY: Final = "assets.attestation"


def put_on_wheel(found: Round, *, by: Person) -> None:
    """Put the day by which owners are to answer on the committee's year wheel."""
    committee = RegisterSettings.current().wheel_committee
    if committee is not None:
        keep_due(
            _duty(),
            committee,
            source=source_of(found),
            link=found.get_absolute_url(),
            due=found.due,
            occasion=found.title,
            delegate=None,
            by=by,
        )


def finish_on_wheel(found: Round, *, by: Person, asked: int, answered: int, words: str) -> None:
    """Note on the wheel that the round is closed, with the round itself as evidence."""
    said = _("%(answered)d of %(asked)d owners have answered.")
    said = said % {"answered": answered, "asked": asked}
    kind, key = reference(found)
    shown = GivenEvidence(
        "row",
        label=found.title,
        url=found.get_absolute_url(),
        object_kind=kind,
        object_id=key,
    )
    missed = Occurrence.Result.MINOR if answered < asked else Occurrence.Result.NO_FAULT
    conclusion = f"{said}\n{words}".strip()
    register_done(source_of(found), by=by, result=missed, conclusion=conclusion, evidence=[shown])


def source_of(found: Round) -> str:
    """Return the round's source key on the year wheel."""
    return f"assets.round:{found.pk}:answers"


def _duty() -> RegisterDuty:
    return RegisterDuty(
        key=KEY,
        title=_("Owners confirm what they own"),
        method=_("Ask all owners, see who answers, and act on what they want corrected."),
        success=_("All owners have answered, and what they wanted corrected is corrected."),
        evidence_wanted=_("The closed round"),
        measure=Measure.OWNERSHIP,
    )
