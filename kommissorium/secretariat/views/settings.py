"""Settings of the installation, and the outbox of mails."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kommissorium.accounts.models import Municipality, Person
from kommissorium.accounts.signed_in import person_of
from kommissorium.core.mail.models import OutboxMail
from kommissorium.core.mail.trial import mail_server, send_trial
from kommissorium.core.refusals import Conflict, Refused
from kommissorium.core.ui.navigation import Crumb
from kommissorium.core.ui.pagination import paged
from kommissorium.core.ui.responses import conflict, invalid, page
from kommissorium.secretariat.mailbox import mailbox_shown
from kommissorium.secretariat.setup_forms import MunicipalityForm


@require_http_methods(["GET", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    """Show and change the settings."""
    person, municipality = keeper(request)
    form = MunicipalityForm(request.POST or None, initial=MunicipalityForm.of(municipality))
    if request.method == "POST" and form.is_valid():
        try:
            form.save(municipality, by=person)
        except Conflict as found:
            return conflict(
                request,
                form,
                found,
                cancel_url=reverse("settings"),
            )
        messages.success(request, _("The settings are saved."))
        return redirect("settings")
    context = {"form": form, "waiting_mails": OutboxMail.objects.filter(sent_at=None).count()}
    return (invalid if form.is_bound else page)(request, "secretariat/settings.html", context)


@require_GET
def mail(request: HttpRequest) -> HttpResponse:
    """Show which mails left and which did not. What they say stays with who gets them."""
    keeper(request)
    fields = ("recipient", "subject", "queued_at", "sent_at", "given_up_at", "last_error")
    context = {
        "server": mail_server(),
        "mailbox": mailbox_shown(),
        "mails": paged(OutboxMail.objects.only("pk", *fields), request),
        "breadcrumbs": [Crumb(_("Settings"), reverse("settings")), Crumb(_("Mails"))],
    }
    return page(request, "secretariat/mail.html", context)


@require_POST
def mail_trial(request: HttpRequest) -> HttpResponse:
    """Send a mail to whoever asks, at once, and say how it went."""
    person, municipality = keeper(request)
    values = {"server": mail_server(), "email": person.email}
    try:
        send_trial(
            person.email or "",
            subject=_("Test of the mail from Kommissorium, %(name)s") % {"name": municipality.name},
            body=_("This is a test. Mail from Kommissorium reaches you."),
        )
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        sentence = _(
            "%(server)s accepted the mail to %(email)s. Check that it arrives, also in junk mail."
        )
        messages.success(request, sentence % values)
    return redirect("mail")


def keeper(request: HttpRequest) -> tuple[Person, Municipality]:
    """Return who asks and the municipality. Raises Http404 for those who may not change it."""
    person = person_of(request)
    if not Person.can_change_municipality(person):
        raise Http404
    return person, Municipality.current()
