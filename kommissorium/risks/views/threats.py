"""The catalogue of threats: search, add, change, take out of use and back; as Excel."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.contrib import messages
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods

from kommissorium.accounts.models import Person
from kommissorium.accounts.signed_in import person_of
from kommissorium.assets.models import Kind, reads_whole_register
from kommissorium.core.ui.form_pages import confirm_page, edit_page, typed
from kommissorium.core.ui.navigation import Crumb
from kommissorium.core.ui.responses import page
from kommissorium.registers.lists.columns import column
from kommissorium.registers.lists.ordering import place_of
from kommissorium.registers.lists.workbook import sheet_of, workbook_of
from kommissorium.registers.views.row_pages import RowPages
from kommissorium.risks.actions.threats import (
    add_threat,
    change_threat,
    restore_threat,
    retire_threat,
    threat_values,
)
from kommissorium.risks.asking import (
    assessing_reader_of,
    crumbs,
    keeper_of,
    reads_rules,
    risks_home,
)
from kommissorium.risks.forms.threats import ThreatFilter, ThreatForm
from kommissorium.risks.models import Group, Threat

COLUMNS: Final = (
    column("group", gettext_lazy("Group"), choices=Group.choices),
    column("label", gettext_lazy("Threat")),
    column("told", gettext_lazy("How it can happen")),
    column("kinds", gettext_lazy("Can hit"), value=lambda one, _page: kinds_in_words(one)),
    column(
        "is_retired",
        gettext_lazy("State"),
        choices=((True, gettext_lazy("Cannot be chosen")), (False, gettext_lazy("Can be chosen"))),
    ),
)


def _threats(person: Person) -> QuerySet[Threat]:
    return Threat.objects.all() if reads_rules(person) else Threat.objects.none()


THREATS = RowPages(
    lambda: Crumb(_("Threat catalogue"), reverse("threats")), _threats, above=(risks_home,)
)


@require_GET
def threats(request: HttpRequest) -> HttpResponse:
    """Show the catalogue by group."""
    person = assessing_reader_of(request)
    filters = ThreatFilter(request.GET)
    found = _found(filters)
    in_use = [one for one in found if not one.is_retired]
    context = {
        "person": person,
        "filters": filters,
        "query": request.GET.urlencode(),
        "groups": _by_group(in_use),
        "number": len(in_use),
        "retired": [one for one in found if one.is_retired],
        "reads_whole_register": reads_whole_register(person),
        "may_keep": Threat.can_be_kept_by(person),
        "breadcrumbs": crumbs(_("Threat catalogue")),
    }
    return page(request, "risks/threats.html", context)


@require_GET
def threats_file(request: HttpRequest) -> FileResponse:
    """Return the threats that the catalogue shows, as an Excel workbook."""
    assessing_reader_of(request)
    sheets = [sheet_of(_("Threats"), COLUMNS, _found(ThreatFilter(request.GET)))]
    return workbook_of(sheets, title=_("Threat catalogue"), name=_("threats"))


@require_http_methods(["GET", "POST"])
def threat_new(request: HttpRequest) -> HttpResponse:
    """Add a threat of one's own."""
    person = keeper_of(request)
    form = ThreatForm(typed(request), initial={"group": request.GET.get("group", "")})
    return edit_page(
        request,
        form,
        lambda: add_threat(by=person, **form.values()),
        done=lambda made: _("“%(name)s” is added.") % {"name": made.label},
        submit_label=_("Add"),
        **THREATS.frame(None, _("New threat"), after=_in_catalogue),
    )


@require_http_methods(["GET", "POST"])
def threat_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the words of a threat, its group or what it can hit."""
    person, found = person_of(request), THREATS.get(request, pk, "can_be_kept_by")
    form = ThreatForm(typed(request), initial=threat_values(found))
    return edit_page(
        request,
        form,
        lambda: change_threat(found, by=person, **form.cleaned_data),
        done=_("It is saved."),
        lead=_("Risks that were assessed already keep their words."),
        **THREATS.frame(
            None,
            _("Edit the threat"),
            after=lambda _none: _in_catalogue(found),
            breadcrumbs=THREATS.path(found.label),
        ),
    )


@require_http_methods(["GET", "POST"])
def threat_retire(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a threat out of use."""
    person, found = person_of(request), THREATS.get(request, pk, "can_be_kept_by")
    number = found.scenarios.count()
    text = ngettext(
        "It can no longer be chosen. The %(number)s risk that came of it stays.",
        "It can no longer be chosen. The %(number)s risks that came of it stay.",
        number,
    )
    return confirm_page(
        request,
        lambda: retire_threat(found, by=person),
        done=_("“%(name)s” is out of use.") % {"name": found.label},
        text=text % {"number": number} if number else _("It can no longer be chosen."),
        submit_label=_("Take out of use"),
        **THREATS.frame(
            None, _("Take “%(name)s” out of use") % {"name": found.label}, after="threats"
        ),
    )


@require_http_methods(["POST"])
def threat_restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a threat into use again."""
    person, found = person_of(request), THREATS.get(request, pk, "can_be_kept_by")
    restore_threat(found, by=person)
    messages.success(request, _("“%(name)s” can be chosen again.") % {"name": found.label})
    return redirect("threats")


def kinds_in_words(threat: Threat) -> str:
    """Return what a threat can hit."""
    labels = [str(Kind(kind).label) for kind in threat.kind_codes]
    return ", ".join(labels) or _("Everything")


def _found(filters: ThreatFilter) -> list[Threat]:
    """Return the threats that fit. The built-in words are not in the database: it is read whole."""
    rows = Threat.objects.for_kinds(filter(None, [filters.value("kind")]))
    if group := filters.value("group"):
        rows = rows.filter(group=group)
    words = filters.value("q").casefold().split()
    texts = (
        (one, f"{one.label} {one.told}".casefold())
        for one in rows.order_by(place_of("group", Group.values), "position", "pk")
    )
    return [one for one, text in texts if all(word in text for word in words)]


def _by_group(rows: Sequence[Threat]) -> list[tuple[Group, list[tuple[Threat, str]]]]:
    found = [
        (group, [(one, kinds_in_words(one)) for one in rows if one.group == group])
        for group in Group
    ]
    return [(group, members) for group, members in found if members]


def _in_catalogue(threat: Threat) -> str:
    return f"{reverse('threats')}#{threat.group}"
