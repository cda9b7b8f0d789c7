"""The tests that the draft of a year begins with: critical services and systems, and the wheel."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.assets.models import critical_systems
from kommissorium.continuity.models import ContinuityTest, Notice, Service, Sort
from kommissorium.continuity.models.services import CRITICAL
from kommissorium.registers.proposed_activities import Wheel, fitting

MONTHS: Final = (3, 5, 9, 11)  # of the tests of services, one after the other


def proposed_tests(keys: Sequence[str], year: int, by: Person) -> Iterable[ContinuityTest]:
    """Yield a desk test of each critical service, a restore, an alarm and one of the crisis staff."""
    rows = Service.objects.in_use().filter(criticality__in=CRITICAL).select_related("responsible")
    for place, service in enumerate(rows):
        yield _test(
            Sort.DESK,
            service=service,
            title=_("Desk test: %(service)s") % {"service": service.title},
            planned_for=fitting(year, MONTHS[place % len(MONTHS)], 15),
            responsible=service.responsible if service.responsible.is_active else by,
            scenario=_("“%(service)s” does not run for a day.") % {"service": service.title},
            criterion=_("The service is back within its longest tolerable downtime."),
        )
    yield from _common(Wheel(keys, year, by))


def _common(wheel: Wheel) -> Iterable[ContinuityTest]:
    """Yield what is tested for the whole municipality."""
    systems = critical_systems()
    lost = _("Data of these systems are lost: %(systems)s.") % {"systems": systems}
    yield _test(
        Sort.RESTORE,
        **vars(wheel.told("restore", _("Restore from backup"), 4, 15)),
        scenario=lost if systems else _("A database and some files are lost."),
        criterion=_("Data are back within the time that is promised, and are whole."),
    )
    yield _test(
        Sort.ALARM,
        **vars(wheel.told("alarm_list", _("Test of the alarm list"), 2, 15)),
        scenario=_("Everybody on the list is phoned outside working hours."),
        criterion=_("Everybody, or their deputy, is reached within an hour."),
    )
    yield _test(
        Sort.CRISIS,
        **vars(wheel.told("continuity_test", _("Exercise of the crisis staff"), 10, 15)),
        scenario=_("Several systems do not run because of an attack."),
        criterion=_("The crisis staff decides and informs by the plan."),
    )


def _test(sort: Sort, **values: Any) -> ContinuityTest:
    people = _("Those the plan names")
    return ContinuityTest(sort=sort, notice=Notice.ANNOUNCED, participants=people, **values)
