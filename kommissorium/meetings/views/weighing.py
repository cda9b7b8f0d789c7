"""Note afterwards what a decision weighed."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kommissorium.accounts.signed_in import person_of
from kommissorium.core.ui.form_pages import attempt, form_page, typed
from kommissorium.core.ui.localised import day
from kommissorium.core.ui.navigation import Crumb, path_of
from kommissorium.meetings.actions.later_weighing import note_weighing
from kommissorium.meetings.forms.weighing import LaterWeighingForm
from kommissorium.meetings.models import Decision


@require_http_methods(["GET", "POST"])
def weighing(request: HttpRequest, pk: int) -> HttpResponse:
    """Note what was weighed; the page of the decision says that it was noted afterwards."""
    person = person_of(request)
    visible = Decision.objects.visible_to(person).select_related("committee", "item__clause")
    found = get_object_or_404(visible, pk=pk)
    if not found.can_be_weighed_by(person):
        raise PermissionDenied
    form = LaterWeighingForm(typed(request), decision=found)
    if attempt(form, lambda: note_weighing(found, by=person, weighing=form.cleaned_data)):
        messages.success(request, _("The weighing is noted. It says that it came afterwards."))
        return redirect(found)
    return form_page(
        request,
        form,
        title=_("Note what was weighed"),
        lead=" ".join([_lead(found), _what_it_counts(found)]),
        submit_label=_("Note it"),
        cancel_url=found.get_absolute_url(),
        breadcrumbs=path_of(
            Crumb(_("Decisions"), reverse("decisions")),
            Crumb(found.number, found.get_absolute_url()),
            _("Note what was weighed"),
        ),
    )


def _lead(decision: Decision) -> str:
    text = _(
        "%(decision)s. What was decided does not change. Beside the decision it says who noted it, "
        "and when."
    )
    return text % {"decision": decision}


def _what_it_counts(decision: Decision) -> str:
    """Return what noting it now means for the answer on the mandate, as a sentence."""
    until = decision.weighed_until
    if timezone.localdate() <= until:
        text = _("Noted no later than %(day)s it counts as weighed.")
    else:
        text = _(
            "It would have counted as weighed until %(day)s. Noted now it is shown, but does not "
            "count when it is answered whether the mandate is fulfilled."
        )
    return text % {"day": day(until)}
