"""What is said of a clause that nothing measures, and which register will."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.committees.measures import Measure
from kommissorium.committees.models import Clause
from kommissorium.registers.findings import Finding, unmeasured

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

# By measure, the register to come. Its line goes when a register measures it.
TO_COME: Final[Mapping[str, StrOrPromise]] = {
    Measure.AUDIT_EVALUATION: gettext_lazy("the register of audits"),
}


def not_measured(clause: Clause) -> Finding:
    """Return that nothing measures the clause yet, and what will where that is known."""
    if clause.measure not in TO_COME:
        return unmeasured(_("No register that measures it is installed."))
    text = _("This is seen from %(register)s, which is not part of the program yet.")
    return unmeasured(text % {"register": TO_COME[clause.measure]})
