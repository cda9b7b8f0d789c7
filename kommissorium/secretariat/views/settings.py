"""Settings of the installation, its Word templates, and the outbox of mails."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kommissorium.accounts.actions import add_word_template, end_word_template
from kommissorium.accounts.models import Municipality, Person, WordTemplate
from kommissorium.accounts.signed_in import person_of
from kommissorium.core.documents.word_template import (
    MARKS,
    MEANT,
    TemplateRefused,
    braced,
    examine,
)
from kommissorium.core.documents.word_template.samples import sample, starter
from kommissorium.core.files.file_types import FileRefused, media_type
from kommissorium.core.mail.delivery import mail_server, send_trial
from kommissorium.core.mail.letter import Letter, Link
from kommissorium.core.mail.models import OutboxMail
from kommissorium.core.refusals import Conflict, Refused
from kommissorium.core.ui.form_pages import attempt, form_page, typed
from kommissorium.core.ui.forms import PlainForm
from kommissorium.core.ui.localised import day
from kommissorium.core.ui.navigation import Crumb, paged
from kommissorium.core.ui.responses import conflict, download, download_from, invalid, page
from kommissorium.meetings.pack_builder import WORD
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
        messages.success(request, _("It is saved."))
        return redirect("settings")
    context = {"form": form, "waiting_mails": OutboxMail.objects.waiting().count()}
    return (invalid if form.is_bound else page)(request, "secretariat/settings.html", context)


@require_GET
def mail(request: HttpRequest) -> HttpResponse:
    """Show which mails left and which did not. What they say stays with who gets them."""
    keeper(request)
    fields = ("recipient", "subject", "queued_at", "sent_at", "given_up_at", "dropped_at")
    context = {
        "server": mail_server(),
        "mailbox": mailbox_shown(),
        "mails": paged(OutboxMail.objects.only("pk", "last_error", *fields), request),
        "breadcrumbs": [Crumb(_("Settings"), reverse("settings")), Crumb(_("Mails"))],
    }
    return page(request, "secretariat/mail.html", context)


@require_POST
def mail_trial(request: HttpRequest) -> HttpResponse:
    """Send a mail to whoever asks, at once, and say how it went."""
    person, municipality = keeper(request)
    values = {"server": mail_server(), "email": person.email}
    try:
        letter = Letter(
            _("Test of the mail from Kommissorium, %(name)s") % {"name": municipality.name},
            Link(_("See all mails"), reverse("mail")),
            person.name,
            lines=[_("This is a test. Mail from Kommissorium reaches you.")],
        )
        send_trial(person.email or "", letter)
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


class WordTemplateForm(PlainForm):
    """A Word file, and for which documents it is."""

    file = forms.FileField(
        label=gettext_lazy("Word file"),
        help_text=gettext_lazy("A document (.docx) or a template (.dotx), up to 10 MB."),
        widget=forms.FileInput({"accept": ".docx,.dotx"}),
        max_length=140,
    )
    kind = forms.ChoiceField(label=gettext_lazy("Used for"), choices=WordTemplate.Kind.choices)

    def clean_file(self) -> tuple[str, bytes]:
        """Return the name and the bytes; they are examined here, before anything is written."""
        file = self.cleaned_data["file"]
        data: bytes = file.read()
        try:
            examine(data)
            media_type(data, "template.docx")  # as it is stored no second look is needed
        except (TemplateRefused, FileRefused) as refused:
            raise forms.ValidationError(str(refused)) from None
        return file.name, data


@require_http_methods(["GET", "POST"])
def word_templates(request: HttpRequest) -> HttpResponse:
    """Show the templates in use, and take a new one."""
    person, _municipality = keeper(request)
    form = WordTemplateForm(typed(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        name, data = form.cleaned_data["file"]
        kind = form.cleaned_data["kind"]
        if attempt(form, lambda: add_word_template(kind, data, name, by=person)):
            messages.success(request, _("The template is in use."))
            return redirect("word_templates")
    return form_page(
        request,
        form,
        "secretariat/word_templates.html",
        templates=WordTemplate.objects.filter(ended_at=None).select_related("added_by"),
        marks=[(" · ".join(map(braced, words)), MEANT[name]) for name, words in MARKS.items()],
        breadcrumbs=[Crumb(_("Settings"), reverse("settings")), Crumb(_("Word templates"))],
    )


@require_GET
def word_template(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Hand out a template as it was added."""
    keeper(request)
    found = get_object_or_404(WordTemplate.objects.select_related("file"), pk=pk)
    return download_from(found.file.checked(), found.name, found.file.media_type)


@require_GET
def word_template_trial(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out a page of everything a document can hold, in the template."""
    _person, municipality = keeper(request)
    found = get_object_or_404(WordTemplate.objects.select_related("file"), pk=pk)
    values = {
        "title": _("A sample"),
        "committee": _("The committee"),
        "date": day(timezone.localdate()),
        "municipality": municipality.name,
        "state": _("Draft"),
    }
    try:
        data = sample(found.file.read(), values)
    except TemplateRefused as refused:
        messages.error(request, str(refused))
        return redirect("word_templates")
    return download(data, f"{_('sample')}.docx", WORD)


@require_GET
def word_template_starter(request: HttpRequest) -> HttpResponse:
    """Hand out our own layout with all marks, to begin a template from."""
    keeper(request)
    return download(starter(), f"{_('template')}.docx", WORD)


@require_POST
def word_template_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a template out of use; documents look as the program makes them again."""
    person, _municipality = keeper(request)
    end_word_template(get_object_or_404(WordTemplate, pk=pk), by=person)
    messages.success(request, _("The template is out of use."))
    return redirect("word_templates")
