"""What is said of a clause that nothing measures, and which register will."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _

from kommissorium.committees.measures import Measure
from kommissorium.committees.models import Clause
from kommissorium.registers.findings import Finding, unmeasured

REGISTERS: Mapping[str, Callable[[], str]] = {
    Measure.OBJECTIVES: lambda: _("the register of objectives"),
    Measure.AWARENESS_TRAINING: lambda: _("the register of training and information"),
    Measure.CONTINUITY_PLANS: lambda: _("the register of continuity plans"),
    Measure.CONTINUITY_TEST: lambda: _("the register of continuity plans"),
    Measure.POLICY_FRAMEWORK: lambda: _("the register of policies and guidelines"),
    Measure.POLICY_REVISION: lambda: _("the register of policies and guidelines"),
    Measure.UNDERLYING_POLICIES: lambda: _("the register of policies and guidelines"),
    Measure.INCIDENT_EVALUATION: lambda: _("the register of incidents"),
    Measure.QUARTERLY_STATUS: lambda: _("the year wheel and the quarterly status"),
    Measure.PROJECT_STATUS: lambda: _("the register of projects"),
    Measure.AWARENESS_EVALUATION: lambda: _("the register of training and information"),
    Measure.AUDIT_EVALUATION: lambda: _("the register of audits"),
}


def not_measured(clause: Clause) -> Finding:
    """Return that nothing measures the clause, and what will where that is known."""
    if clause.measure not in REGISTERS:
        return unmeasured(_("This is the committee's own wording, and nothing measures it."))
    text = _("This is seen from %(register)s, which is not part of the program yet.")
    return unmeasured(text % {"register": REGISTERS[clause.measure]()})
