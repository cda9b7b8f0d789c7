"""The choice of how often one is reminded by mail, on one's account or by the link in a mail."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from kommissorium.accounts.actions import choose_reminders
from kommissorium.accounts.forms import RemindersForm
from kommissorium.accounts.models import ReminderWish
from kommissorium.accounts.reminder_links import person_by_link
from kommissorium.accounts.signed_in import person_of
from kommissorium.core.ui.form_pages import edit_page, typed
from kommissorium.core.ui.navigation import Crumb
from kommissorium.core.ui.responses import page


@require_http_methods(["GET", "HEAD", "POST"])
def account_reminders(request: HttpRequest) -> HttpResponse:
    """Choose how often one is reminded by mail."""
    person, back = person_of(request), reverse("account")
    form = RemindersForm(typed(request), initial={"reminders": person.reminders})
    return edit_page(
        request,
        form,
        lambda: choose_reminders(person, form.cleaned_data["reminders"], by=person),
        done=_("Your choice is saved."),
        after=back,
        title=_("Reminders by mail"),
        cancel_url=back,
        breadcrumbs=[Crumb(_("My account"), back), Crumb(_("Reminders by mail"))],
    )


@csrf_exempt  # the mail program presses the button, with no cookie of ours (RFC 8058)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reminders_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """End the reminders of the link's recipient. Opening it alone, as scanners do, ends nothing.

    The page says nothing of anybody: it is the same whoever looks, and whatever was chosen.
    """
    person = person_by_link(token)
    if person is None:
        raise Http404
    is_done = request.method == "POST"
    if is_done:
        choose_reminders(person, ReminderWish.NEVER, by=person, by_link=True)
    with translation.override(person.language):
        request.LANGUAGE_CODE = person.language
        response = page(request, "accounts/reminders_by_link.html", {"is_done": is_done})
        response.render()
    response.headers["Content-Language"] = person.language
    return response
