"""The frame of every page: the municipality, who is signed in, and the menu."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache, partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from kommissorium.accounts.middleware import SHUT
from kommissorium.accounts.models import Municipality, Person
from kommissorium.accounts.signed_in import municipality_of
from kommissorium.committees.models import Committee
from kommissorium.core.mail.set_up import mail_is_set_up
from kommissorium.core.ui.navigation import NavigationLink, NavigationSection
from kommissorium.secretariat.guide import help_url
from kommissorium.secretariat.put_off import in_use
from kommissorium.secretariat.space_warning import scarce_space
from kommissorium.secretariat.waiting import number_waiting, waiting_of

OF_MEETINGS = ("/items/", "/attachments/", "/attendances/", "/calendar-feeds/")
PARTS = {
    "meetings": "/meetings/",
    "tasks": "/quarters/",
    "decisions": "/decisions/",
    "compliance": "/compliance/",
}
address_of = cache(reverse)  # of names without arguments: a tenth of an empty page


def page_frame(request: HttpRequest) -> dict[str, Any]:
    """Return what base.html shows around a page. Costs three queries at most, and what
    `waiting` asks where something was done since it was last counted."""
    user = getattr(request, "user", None)
    person = user if isinstance(user, Person) else None
    municipality = municipality_of(request)
    mail_waits = not mail_is_set_up()
    is_shut = hasattr(request, SHUT)  # until there is a second step no page leads anywhere else
    return {
        "municipality_name": municipality.name,
        "person": person,
        "demo": settings.DEMO and municipality.is_demo,
        "navigation": (
            navigation(request.path, person, _counter(request, person), municipality)
            if person and not is_shut
            else []
        ),
        "help_url": help_url(request) if person and not is_shut else "",
        "todos": partial(waiting_of, request, person) if person else [],
        "setup_url": "" if is_shut else _setup_url(request.path, person, municipality),
        "is_shut": is_shut,
        "scarce_space": scarce_space(person),
        "mail_waits": mail_waits,
        "tell_mail_waits": mail_waits and person is not None and person.is_administrator,
    }


def _counter(request: HttpRequest, person: Person) -> Callable[[], int]:
    """Return what tells how many things wait, asked when the menu is drawn, and once."""
    return cache(lambda: number_waiting(request, person))


def navigation(
    path: str,
    person: Person,
    waiting: Callable[[], int] | None = None,
    municipality: Municipality | None = None,
) -> list[NavigationSection]:
    """Return the links a person has use for, in the order of the committee's work.

    Who prepares or audits it has ten lines at most, who comes to its meetings five; others have
    theirs alone. The rest stands behind two of them, and unfolds where one is in it.
    """
    works = Committee.are_work_of(person)
    rooms = [
        _link(path, str(register.label), register.menu.home_of(person), *register.menu.prefixes)
        for register in in_use(municipality)
        if (works or register.menu.for_everybody) and register.menu.is_shown_to(person)
    ]
    first = replace(_link(path, _("Overview"), "overview"), count=waiting)
    tasks = _link(path, _("Tasks"), "tasks", "/delegations/", "/quarters/")
    running = _running(path, person)
    if not works:
        given = [tasks] if tasks.current or (waiting and waiting()) else []
        return [NavigationSection("", [first, *rooms, *given]), *running]
    work = [
        first,
        _link(path, _("Is the mandate fulfilled?"), "compliance"),
        _link(path, _("Meetings"), "meetings", *OF_MEETINGS),
        tasks,
    ]
    beside = [
        _link(path, _("Year wheel"), "yearwheel"),
        _link(path, _("Decisions"), "decisions"),
        _link(path, _("Committees and mandates"), "committees", "/mandates/", "/seats/"),
    ]
    if person.is_coordinator or person.is_auditor:
        work, beside = [*work, *beside], []
    every = _link(path, _("All registers"), "registers_in_use")
    registers = _folded(_("Registers"), [every, *beside, *rooms])
    return _joined([NavigationSection("", work), registers, *running])


def _running(path: str, person: Person) -> list[NavigationSection]:
    """Return the section of the administration; none for who has no part in it."""
    running = []
    if Person.can_be_kept_by(person) or person.is_auditor:
        running.append(_link(path, _("People"), "people", "/imports/people/"))
    if person.is_coordinator:
        running.append(_link(path, _("Filing in the records system"), "filing"))
    if Person.can_see_evidence(person):
        running.append(_link(path, _("Evidence"), "evidence"))
    if Person.can_change_municipality(person):
        running.append(_link(path, _("Settings"), "settings"))
    if len(running) == 1:
        return [NavigationSection("", running)]
    return [_folded(_("Administration"), running)] if running else []


def _folded(label: str, links: Sequence[NavigationLink]) -> NavigationSection:
    """Return a section whose lines stand there where one is in it; else one that leads there."""
    if any(one.current for one in links):
        return NavigationSection(label, links)
    return NavigationSection("", [NavigationLink(label, links[0].url)])


def _joined(sections: Sequence[NavigationSection]) -> list[NavigationSection]:
    """Return the sections, those without a heading as part of the one before."""
    found: list[NavigationSection] = []
    for one in sections:
        if found and not (found[-1].label or one.label):
            found[-1] = NavigationSection("", [*found[-1].links, *one.links])
        else:
            found.append(one)
    return found


def _link(path: str, label: str, name: str, *others: str) -> NavigationLink:
    url = address_of(name)
    inside = path == url if url == "/" else path.startswith((url, *others))
    # Pages of these rooms also lie below a committee's address.
    elsewhere = next((room for room, part in PARTS.items() if part in path), "")
    if name == "committees" and elsewhere:
        inside = False
    return NavigationLink(label, url, current=inside or name == elsewhere)


def _setup_url(path: str, person: Person | None, municipality: Municipality) -> str:
    """Return where the setup goes on; "" when it is finished, not theirs, or the page itself."""
    url = reverse("setup")
    if person is None or municipality.setup_finished_at or municipality.is_demo:
        return ""
    if path.startswith(url) or not Person.can_change_municipality(person):
        return ""
    return url
