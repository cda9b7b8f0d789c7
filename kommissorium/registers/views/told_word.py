"""Status, report and review in Word and back: an edited file is compared with the draft, then taken."""

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
from kommissorium.registers.actions.told import Kind, take_word_back
from kommissorium.registers.models.told import Told
from kommissorium.registers.telling.edited_word import EditedWord, compare
from kommissorium.registers.views.proposals import proposal_path
from kommissorium.registers.views.told_pages import drafted_by, named_by

SALT = "registers.edited_word"


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

    def __init__(self, data: Any, files: Any, *, kind: Kind, told: Told, salt: str) -> None:
        super().__init__(data, files)
        self.fields["file"].required = not (data and data.get("kept"))
        self.kind, self.told, self.salt = kind, told, salt
        self.stored: StoredFile | None = None
        self.seen = ""
        self.edited: EditedWord | None = None

    def clean_file(self) -> None:
        """Find what the file says."""
        try:
            if file := self.files.get("file"):
                data = file.read()
                self.edited = compare(self.kind, self.told, data)  # what cannot be read is not kept
                self.stored = store_file(data, "told.docx")
            elif stored := self._brought_back():
                self.edited = compare(self.kind, self.told, stored.read())
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
        told = {
            "sha256": self.stored.pk if self.stored else "",
            "seen": _draft_mark(self.kind, self.told),
        }
        return signing.dumps(told, salt=self.salt)

    @property
    def is_seen(self) -> bool:
        """Return whether somebody has seen how the file differs from the draft as it is now."""
        return self.seen == _draft_mark(self.kind, self.told)


@require_http_methods(["GET", "POST"])
def told_take_back(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take an edited Word file: show first what differs, then take its texts into the draft."""
    (kind, found), person = drafted_by(request, slug, pk), person_of(request)
    data = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = WordForm(*data, kind=kind, told=found, salt=f"{SALT}.{person.pk}.{slug}.{found.pk}")
    frame = {
        "told": found,
        "slug": slug,
        "cancel_url": found.get_absolute_url(),
        "breadcrumbs": proposal_path(kind, found, _("Take back an edited Word file")),
    }
    if not form.is_valid() or form.edited is None or form.stored is None:
        return form_page(request, form, "registers/told_take_back.html", **frame)
    edited, stored = form.edited, form.stored
    if not form.is_seen:
        return _preview(request, form, is_new=bool(form.seen), **frame)

    def take() -> None:
        same = edited.tells_the_same
        take_word_back(kind, found, edited.texts, stored, tells_the_same=same, by=person)

    try:
        saved = attempt(form, take)
    except Conflict:
        _kind, form.told = drafted_by(request, slug, pk)
        form.edited = compare(kind, form.told, stored.read())
        return _preview(request, form, is_new=True, **frame)
    if saved is None:
        return form_page(request, form, "registers/told_take_back.html", **frame)
    messages.success(request, _("The texts of the Word file stand in the draft."))
    return redirect(found)


@require_GET
def told_edited(request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
    """Hand out the Word file that was edited, beside what says the same; to who sees the whole."""
    kind, found = named_by(request, slug, pk)
    if found.word_file is None or not kind.is_whole_for(found, person_of(request)):
        raise Http404
    name = f"{slugify(kind.title_of(found))}-{found.pk}-{slugify(_('edited'))}.docx"
    return download_from(found.word_file.checked(), name, found.word_file.media_type)


def _preview(
    request: HttpRequest, form: WordForm, *, is_new: bool, **frame: object
) -> HttpResponse:
    """Show what differs; `is_new`: the draft was changed since it was shown."""
    context = {"edited": form.edited, "kept": form.kept, "is_new": is_new, **frame}
    status = 409 if is_new else 200
    return page(request, "registers/told_edited.html", context, status=status)


def _draft_mark(kind: Kind, told: Told) -> str:
    """Return a short mark of all that a draft says."""
    said = [[one.data, one.edit_version] for one in kind.told_parts(told)]
    return sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:32]
