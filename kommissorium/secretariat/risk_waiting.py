"""What of the risks waits for whoever leads a committee, and stands on no agenda."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, JSONObject
from django.urls import reverse
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.committees.models import Committee
from kommissorium.meetings.models import AgendaItem
from kommissorium.risks.models import Assessment, RiskLevel
from kommissorium.secretariat.risk_proposals import HELD, OPEN
from kommissorium.secretariat.waiting import Waiting

ASSESSMENT: Final = "undecided_assessment"
LEVEL: Final = "undecided_level"
PAGES: Final = {ASSESSMENT: "risk_proposal_assessment", LEVEL: "risk_proposal_level"}


def undecided_rows(person: Person) -> list[QuerySet[Any, Any]]:
    """Return the questions whose rows tell what `person` can decide on between meetings."""
    led = Committee.objects.led_by(person).values("pk")
    return [
        _rows(ASSESSMENT, Assessment.objects.filter(committee__in=led), "risks.assessment"),
        _rows(LEVEL, RiskLevel.objects.filter(committee__in=led), "risks.risklevel"),
    ]


def undecided_in_words(rows: Iterable[tuple[str, Mapping[str, Any]]]) -> list[Waiting]:
    """Return what waits from the rows of undecided_rows(); others are passed over."""
    texts = {
        ASSESSMENT: _("A risk assessment waits for your decision: %(title)s."),
        LEVEL: _("A risk level waits for your decision: %(title)s."),
    }
    return [
        Waiting(
            texts[kind] % {"title": row["title"]},
            _("Look and decide"),
            reverse(PAGES[kind], args=[row["key"]]),
        )
        for kind, row in rows
        if kind in PAGES
    ]


def _rows(kind: str, proposals: QuerySet[Any], subject: str) -> QuerySet[Any, Any]:
    asked = AgendaItem.objects.standing().filter(
        Q(meeting__state__in=[*OPEN, *HELD]),
        subject_kind=subject,
        subject_id=Cast(OuterRef("pk"), CharField()),
    )
    alone = proposals.filter(~Exists(asked.order_by()), state="proposed").order_by()
    title = "title" if kind == ASSESSMENT else "year"
    told: QuerySet[Any, Any] = alone.annotate(
        _told=Value(kind, TextField()), _row=JSONObject(key="pk", title=title)
    )
    return told.values_list("_told", "_row")
