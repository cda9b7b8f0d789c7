"""T6: the committee has approved a status of each quarter, in time and with figures."""

from __future__ import annotations

from collections.abc import Mapping

from django.urls import reverse
from django.utils.translation import gettext as _

from kommissorium.committees.measures import Measure
from kommissorium.committees.models import Clause
from kommissorium.registers.findings import Check, Evidence, Finding, Question, Step, event_evidence
from kommissorium.registers.quarter_checks import QuarterStanding
from kommissorium.reports.past import ApprovedStatus, ReportPast


def quarterly_status(clause: Clause, past: ReportPast, asked: Question) -> Finding:
    """T6: a status with figures was approved of each of the newest quarters, each in time."""
    statuses = [one for one in past.known(asked) if one.figures]
    step = Step(_("Go to the statuses"), reverse("statuses"))
    return QuarterStanding(clause, asked, statuses, _evidence, step).finding


def _evidence(one: ApprovedStatus) -> Evidence:
    label = _("Status of %(quarter)s") % {"quarter": one.quarter.label}
    link, about = reverse("status", args=[one.key]), f"reports.quarterlystatus {one.key}"
    return event_evidence(label, link, about, one.noted, one.decided)


CHECKS: Mapping[str, Check[ReportPast]] = {Measure.QUARTERLY_STATUS: quarterly_status}
