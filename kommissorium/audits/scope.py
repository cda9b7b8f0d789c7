"""The scope of an audit: numbers of clauses and controls as they were typed, and the systems."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.assets.models import Area, Asset
from kommissorium.assets.models.kinds import Kind
from kommissorium.audits.models import Audit
from kommissorium.committees.models import Clause, Committee
from kommissorium.core.refusals import Refused
from kommissorium.yearwheel.standards.iso27001 import ISO_27002

CONTROLS: Final = {one.number: one.title for one in ISO_27002}
BETWEEN: Final = re.compile(r"[\s,;]+")


def clause_numbers(words: str) -> list[str]:
    """Return the numbers of clauses in the typed text, each once."""
    return _split(words.upper())


def control_numbers(words: str) -> list[str]:
    """Return the numbers of controls in the typed text: "A.5.1" is 5.1."""
    return _split(words.upper().replace("A.", ""))


def refuse_unknown(clauses: str, controls: str) -> None:
    """Raise Refused for a clause that no mandate in force has, and for an unknown control."""
    wanted = clause_numbers(clauses)
    known = set(clauses_of(wanted).values_list("number", flat=True)) if wanted else set()
    if strange := [one for one in wanted if one not in known]:
        text = _("No terms of reference in force have a clause “%(number)s”.")
        raise Refused(clauses=text % {"number": strange[0]})
    if strange := [one for one in control_numbers(controls) if one not in CONTROLS]:
        text = _("ISO 27002 has no control “%(number)s”.")
        raise Refused(controls=text % {"number": strange[0]})


def clauses_of(numbers: Iterable[str], committee: int | None = None) -> QuerySet[Clause]:
    """Return the clauses of these numbers of the mandates in force: one committee's, or all."""
    today = timezone.localdate()
    committees = Committee.objects.filter(pk=committee) if committee else Committee.objects.all()
    in_force = [Clause.objects.in_force(one, today) for one in committees]
    found = Clause.objects.none()
    for rows in in_force:
        found = found | rows
    return found.filter(number__in=list(numbers)).order_by("mandate", "position")


def controls_of(audit: Audit) -> list[tuple[str, str]]:
    """Return the controls in the scope, each with its requirement."""
    numbers = control_numbers(audit.controls)
    return [(number, str(CONTROLS[number])) for number in numbers if number in CONTROLS]


def systems_in(area: Area | None) -> QuerySet[Asset]:
    """Return the systems in the register that an area answers for; all of them for None."""
    rows = Asset.objects.in_register().filter(kind=Kind.SYSTEM)
    return rows.filter(area=area) if area else rows


def scope_in_words(audit: Audit) -> str:
    """Return the scope in a few words."""
    parts = [audit.area.name if audit.area else _("The whole municipality")]
    if numbers := clause_numbers(audit.clauses):
        clauses = ngettext("clause %(numbers)s", "clauses %(numbers)s", len(numbers))
        parts.append(clauses % {"numbers": ", ".join(numbers)})
    if numbers := control_numbers(audit.controls):
        controls = ngettext("ISO control %(numbers)s", "ISO controls %(numbers)s", len(numbers))
        parts.append(controls % {"numbers": ", ".join(numbers)})
    return "; ".join(parts)


def _split(words: str) -> list[str]:
    found: Sequence[str] = [one for one in BETWEEN.split(words) if one]
    return list(dict.fromkeys(found))


def refuse_days(values: Mapping[str, Any]) -> None:
    """Raise Refused for a last day before the first, and for one of them alone."""
    first, last = values["first_day"], values["last_day"]
    if (first is None) != (last is None):
        raise Refused(last_day=_("Say both days, or none."))
    if first and last and last < first:
        raise Refused(last_day=_("The last day lies before the first."))
