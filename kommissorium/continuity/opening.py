"""The opening of continuity: services without plans, and what tests took against what is tolerated."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.continuity.kind import hours
from kommissorium.continuity.models import CRITICAL, ContinuityTest, Service
from kommissorium.continuity.service_status import (
    LACKING,
    UNASSESSED,
    ServiceStatus,
    Standing,
    critical_without_service,
    statuses_of,
)
from kommissorium.core.charts.tracks import Track, Tracks
from kommissorium.core.ui.localised import day
from kommissorium.registers.opening import Figure, Opening, Wrong, said_of

SHOWN: Final = 6  # services in the picture


@dataclass(frozen=True, slots=True)
class Took:
    """The hours a test took of those a service can be down, and the key of the test."""

    hours: int
    mtd: int
    test: int

    @property
    def is_too_long(self) -> bool:
        return self.hours > self.mtd

    @property
    def words(self) -> dict[str, str]:
        return {"took": hours(self.hours), "mtd": hours(self.mtd)}


class ContinuityOpening(Opening):
    """How the services stand that must go on."""

    def wrongs(self) -> Iterator[str]:
        yield from said_of(self.numbers, LACKING)
        if number := self.numbers["overdue"]:
            text = ngettext(
                "The plans of %(number)d service are to be reviewed by now.",
                "The plans of %(number)d services are to be reviewed by now.",
                number,
            )
            yield text % {"number": number}
        if number := sum(one.is_too_long for one in self.tests.values()):
            text = ngettext(
                "The newest test of %(number)d critical service took longer than it can be down.",
                "The newest tests of %(number)d critical services took longer than they can be down.",
                number,
            )
            yield text % {"number": number}
        if number := self.numbers["critical_systems_alone"]:
            text = ngettext(
                "%(number)d critical system stands in no critical service.",
                "%(number)d critical systems stand in no critical service.",
                number,
            )
            yield text % {"number": number}
        yield from said_of(self.numbers, UNASSESSED)
        if number := self.numbers["too_slow"]:
            text = ngettext(
                "%(number)d critical service has systems that do not fit its longest downtime.",
                "%(number)d critical services have systems that do not fit their longest downtime.",
                number,
            )
            yield text % {"number": number}
        if number := self.numbers["systems_not_assessed"]:
            text = ngettext(
                "Nobody has said how critical %(number)d system is.",
                "Nobody has said how critical %(number)d systems are.",
                number,
            )
            yield text % {"number": number}

    def right(self) -> str:
        if not self.numbers["critical"]:
            return _("No service is called critical.")
        text = ngettext(
            "The one critical service has its plans, and they are reviewed.",
            "All %(number)d critical services have their plans, and they are reviewed.",
            self.numbers["critical"],
        )
        return text % {"number": self.numbers["critical"]}

    def sentence(self) -> str:
        """Return it; where no critical service lacks plans that is said beside what does."""
        if not self.numbers["services"]:
            return ""
        wrongs = list(self.wrongs())
        if not wrongs:
            return self.right()
        has_plans = self.numbers["critical"] and not self.numbers[LACKING.code]
        return " ".join([*wrongs[:2], *([LACKING.said(0)] if has_plans else [])][:2])

    @cached_property
    def statuses(self) -> list[ServiceStatus]:
        rows = Service.objects.in_use().filter(criticality__in=CRITICAL)
        return statuses_of(rows.order_by("mtd", "title", "pk"), self.day)

    @cached_property
    def tests(self) -> dict[int, Took]:
        """Return what the newest test of each critical service took that has a time (one query)."""
        found = {one.service.pk: one.service for one in self.statuses if one.service.mtd}
        tested = ContinuityTest.objects.filter(service__in=found, plan__state="approved")
        tested = tested.filter(held_on__isnull=False, actual_rto__isnull=False)
        newest = tested.order_by("held_on", "pk").values_list("service", "actual_rto", "pk")
        return {key: Took(took or 0, found[key].mtd or 0, pk) for key, took, pk in newest}

    def wrong(self) -> Wrong | None:
        if lacking := next((one for one in self.statuses if LACKING.holds(one)), None):
            title = _("“%(title)s” lacks plans") % {"title": lacking.service.title}
            said = ", ".join(lacking.missing)
            return Wrong(title, said, _("See the service"), lacking.service.get_absolute_url())
        late = [one for one in self.statuses if one.standing == Standing.OVERDUE]
        if late:
            first = min(late, key=lambda one: one.review_by or self.day)
            title = _("The plans of “%(title)s” are to be reviewed")
            said = _("It was to be done by %(day)s.") % {"day": day(first.review_by)}
            url = first.service.get_absolute_url()
            return Wrong(title % {"title": first.service.title}, said, _("See the service"), url)
        if too_long := [one for one in self.statuses if self._took_too_long(one)]:
            service = too_long[0].service
            title = _("The test of “%(title)s” took too long") % {"title": service.title}
            took = self.tests[service.pk]
            said = _("%(took)s, too long: %(mtd)s at most") % took.words
            url = reverse("activity", args=[ContinuityTest.slug, took.test])
            return Wrong(title, said, _("See the test"), url)
        if self.numbers["critical_systems_alone"]:
            system = critical_without_service()[0]
            title = _("%(name)s is critical and stands in no service") % {"name": system.name}
            said = _("So no plan tells how the work goes on without it.")
            return Wrong(title, said, _("See the system"), system.get_absolute_url())
        return None

    def _took_too_long(self, status: ServiceStatus) -> bool:
        return status.service.pk in self.tests and self.tests[status.service.pk].is_too_long

    def figure(self) -> Figure | None:
        """Return how long the newest test of each critical service took, beside its longest
        downtime; who was never tested comes first."""
        found = [one.service for one in self.statuses if one.service.mtd]
        if not found:
            return None
        found.sort(key=lambda one: one.pk in self.tests)
        shown = found[:SHOWN]
        times = (self.tests[one.pk].hours for one in shown if one.pk in self.tests)
        most = max(*(one.mtd or 0 for one in shown), *times, 1)
        rows = [_track(one, self.tests.get(one.pk), most) for one in shown]
        legend = _("The line is the longest downtime, the bar what the newest test took.")
        tracks = Tracks(rows, legend, ("0", hours(most)), len(found) - len(shown))
        return Figure(_("Longest downtime and what a test took"), tracks)


def _track(service: Service, took: Took | None, most: int) -> Track:
    mtd, url = service.mtd or 0, service.get_absolute_url()
    if took is None:
        said = _("%(mtd)s at most; never tested") % {"mtd": hours(mtd)}
        return Track.reaching(service.title, said, 0, most=most, goal=mtd, url=url)
    text = (
        _("%(took)s, too long: %(mtd)s at most") if took.is_too_long else _("%(took)s of %(mtd)s")
    )
    said = text % took.words
    return Track.reaching(service.title, said, took.hours, most=most, goal=mtd, url=url)
