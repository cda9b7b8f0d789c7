"""The status in Word and back: an edited file is compared with the draft, then taken."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

from django import forms
from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from kommissorium.accounts.signed_in import person_of
from kommissorium.core.documents.word_reader import WordRefused
from kommissorium.core.files.actions import store_file
from kommissorium.core.files.file_types import FileRefused
from kommissorium.core.files.models import StoredFile
from kommissorium.core.refusals import Conflict
from kommissorium.core.ui.downloads import download_from
from kommissorium.core.ui.form_pages import attempt, form_page
from kommissorium.core.ui.forms import PlainForm
from kommissorium.core.ui.responses import page
from kommissorium.registers.views.proposals import proposal_path
from kommissorium.reports.actions.word_files import take_word_back
from kommissorium.reports.edited_word import EditedWord, compare
from kommissorium.reports.models import QuarterlyStatus
from kommissorium.reports.proposal import KIND
from kommissorium.reports.views import drafted_of, status_of

SALT = "reports.edited_word"


class WordForm(PlainForm):
    """The Word file that was edited; it is compared here, before anything is written.

    A browser gives no file back: one that was compared is brought back by its signed mark `kept`.
    """

    file = forms.FileField(
        label=gettext_lazy("Edited Word file"),
        help_text=gettext_lazy("The draft as you fetched it here, edited and saved as .docx."),
        widget=forms.FileInput({"accept": ".docx"}),
        max_length=140,
    )

    def __init__(self, data: Any, files: Any, *, status: QuarterlyStatus, salt: str) -> None:
        super().__init__(data, files)
        self.fields["file"].required = not (data and data.get("kept"))
        self.status, self.salt = status, salt
        self.stored: StoredFile | None = None
        self.seen = ""
        self.edited: EditedWord | None = None

    def clean_file(self) -> None:
        """Find what the file says."""
        try:
            if file := self.files.get("file"):
                data = file.read()
                self.edited = compare(self.status, data)  # what cannot be read is not kept
                self.stored = store_file(data, "status.docx")
            elif stored := self._brought_back():
                self.edited = compare(self.status, stored.read())
                self.stored = stored
            else:
                raise forms.ValidationError(_("Choose the Word file."))
        except (WordRefused, FileRefused) as refused:
            raise forms.ValidationError(str(refused)) from None

    def _brought_back(self) -> StoredFile | None:
        try:
            kept = signing.loads(self.data.get("kept", ""), salt=self.salt)
        except signing.BadSignature:
            return None
        self.seen = kept["seen"]
        return StoredFile.objects.filter(pk=kept["sha256"]).first()

    @property
    def kept(self) -> str:
        """Return the mark of the file and of the draft it was compared with."""
        told = {"sha256": self.stored.pk if self.stored else "", "seen": _draft_mark(self.status)}
        return signing.dumps(told, salt=self.salt)

    @property
    def is_seen(self) -> bool:
        """Return whether somebody has seen how the file differs from the draft as it is now."""
        return self.seen == _draft_mark(self.status)


@require_http_methods(["GET", "POST"])
def status_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an edited Word file: show first what differs, then take its texts into the draft."""
    found, person = drafted_of(request, pk), person_of(request)
    data = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = WordForm(*data, status=found, salt=f"{SALT}.{person.pk}.{found.pk}")
    frame = {
        "status": found,
        "cancel_url": found.get_absolute_url(),
        "breadcrumbs": proposal_path(KIND, found, _("Take back an edited Word file")),
    }
    if not form.is_valid() or form.edited is None or form.stored is None:
        return form_page(request, form, "reports/status_take_back.html", **frame)
    edited, stored = form.edited, form.stored
    if not form.is_seen:
        return _preview(request, form, is_new=bool(form.seen), **frame)

    def take() -> None:
        same = edited.tells_the_same
        take_word_back(found, edited.texts, stored, tells_the_same=same, by=person)

    try:
        saved = attempt(form, take)
    except Conflict:
        form.status = drafted_of(request, pk)
        form.edited = compare(form.status, stored.read())
        return _preview(request, form, is_new=True, **frame)
    if saved is None:
        return form_page(request, form, "reports/status_take_back.html", **frame)
    messages.success(request, _("The texts of the Word file stand in the draft."))
    return redirect(found)


@require_GET
def status_edited(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Hand out the Word file that was edited, beside the status that says the same."""
    found = status_of(request, pk)
    if found.word_file is None:
        raise Http404
    name = f"{slugify(KIND.title_of(found))}-{found.pk}-{slugify(_('edited'))}.docx"
    return download_from(found.word_file.checked(), name, found.word_file.media_type)


def _preview(
    request: HttpRequest, form: WordForm, *, is_new: bool, **frame: object
) -> HttpResponse:
    """Show what differs; `is_new`: the draft was changed since it was shown."""
    context = {"edited": form.edited, "kept": form.kept, "is_new": is_new, **frame}
    status = 409 if is_new else 200
    return page(request, "reports/status_edited.html", context, status=status)


def _draft_mark(status: QuarterlyStatus) -> str:
    """Return a short mark of all that a draft says."""
    told = [[one.data, one.edit_version] for one in status.parts.all()]
    return sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:32]
