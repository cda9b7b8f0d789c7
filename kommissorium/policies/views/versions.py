"""Pages of a version: its text, its review, its files, and the decision of a body above."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kommissorium.accounts.models import Person
from kommissorium.accounts.signed_in import person_of
from kommissorium.core.richtext.sections import sections_of
from kommissorium.core.ui.form_pages import edit_page, typed
from kommissorium.core.ui.responses import download, download_from
from kommissorium.policies.actions.owner_approvals import owner_hindered, stand_ins
from kommissorium.policies.actions.reviewing import (
    add_comment,
    answer_comment,
    ask_for_comments,
    have_no_comments,
)
from kommissorium.policies.actions.upper_decisions import record_upper_decision
from kommissorium.policies.actions.versions import write_version
from kommissorium.policies.documents import version_word
from kommissorium.policies.forms import AnswerForm, AskForm, CommentForm, UpperForm, VersionForm
from kommissorium.policies.handover import content_of
from kommissorium.policies.headings import headings_of
from kommissorium.policies.models import Comment, FramePart, UpperDecision, Version
from kommissorium.policies.proposal import KIND
from kommissorium.policies.risk_basis import changes_of, named_picture
from kommissorium.policies.views.common import frame, path_to, version_of, written_version
from kommissorium.registers.actions.proposals import refuse_unless
from kommissorium.registers.documents.record import WORD, changed_by
from kommissorium.registers.views.proposals import proposal_page

both = require_http_methods(["GET", "POST"])


@require_GET
def policy_version(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a version: how far it is, its text, and what was said of it."""
    found, person = version_of(request, pk), person_of(request)
    may_write, today = found.can_be_drafted_by(person), timezone.localdate()
    may_comment = found.can_be_commented_by(person, today)
    headings = headings_of(found)
    titles = dict(headings)
    asked = found.reviewers.select_related("person")
    is_owned = found.document.is_owners and found.is_draft
    hindered = owner_hindered(found) if may_write and is_owned else []
    more: dict[str, Any] = {
        "version": found,
        "sections": sections_of(found.text),
        "hindered": hindered,
        "may_ask_other": hindered and stand_ins(found, person).exists(),
        "may_approve": found.can_be_approved_by(person),
        "is_stuck": found.waits_for_owner and not (found.approver and found.approver.is_active),
        "by_owner": content_of(found).get("owner_approval") if found.is_by_owner else None,
        "comparable": _comparable(found, person),
        "headings": headings,
        "comments": _comments(found, titles) if found.is_draft or may_write else [],
        "reviewers": asked if may_write else [],
        "is_asked": may_comment and asked.filter(person=person, answered_at=None).exists(),
        "comment_form": CommentForm(headings=headings) if may_comment else None,
        "decided_change": "",  # its own notice says which draft it is written in
        "changed": changed_by(found.decision),
        "uppers": found.upper_decisions.select_related("by"),
        "may_decide": found.is_recommended and person.is_coordinator,
        "frame": [
            (FramePart(part).label, titles.get(key, key)) for part, key in found.frame.items()
        ],
        "named": named_picture(found),
        "changes": changes_of(found),
        "breadcrumbs": path_to(found),
    }
    return proposal_page(request, KIND, found, "policies/version.html", **more)


@both
def policy_version_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Write what a draft says."""
    found, person = written_version(request, pk), person_of(request)
    refuse_unless(found, found.State.DRAFT)
    files = request.FILES if request.method == "POST" else None
    form = VersionForm(typed(request), files, version=found)
    return edit_page(
        request,
        form,
        lambda: write_version(
            found,
            by=person,
            values=form.values(),
            edit_version=form.cleaned_data["edit_version"],
            file=form.given_file,
        ),
        done=_("It is saved."),
        in_form=form.theirs,
        multipart=True,
        lead=_writing_lead(found, person),
        **frame(found, _("Write")),
    )


@require_GET
def policy_version_file(request: HttpRequest, pk: int, edition: str) -> HttpResponse | FileResponse:
    """Hand a version out: as Word, as the file it is, or as approved by a body above (PDF)."""
    found = version_of(request, pk)
    name = f"{slugify(found.title) or 'version'}-{found.number}"
    if edition == "file" and found.file:
        return download_from(found.file.checked(), found.file_name, found.file.media_type)
    if edition == "docx":
        return download(version_word(content_of(found)), f"{name}.docx", WORD)
    upper = found.upper_decisions.filter(is_approved=True).select_related("record").first()
    if edition == "pdf" and upper and upper.record.pdf:
        return download(bytes(upper.record.pdf), f"{name}.pdf", "application/pdf")
    raise Http404


@both
def policy_version_ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask people to comment on a draft."""
    found, person = written_version(request, pk), person_of(request)
    refuse_unless(found, found.State.DRAFT)
    form = AskForm(typed(request), initial={"ends": found.review_ends})
    return edit_page(
        request,
        form,
        lambda: ask_for_comments(found, **form.cleaned_data, by=person),
        done=_("They are asked."),
        lead=_("Each gets a mail, and can comment at every heading until that day."),
        submit_label=_("Ask"),
        **frame(found, _("Ask for comments")),
    )


@both
def policy_version_comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Comment on a draft in review."""
    found, person = version_of(request, pk), person_of(request)
    if not found.can_be_commented_by(person, timezone.localdate()):
        raise Http404
    heading = request.GET.get("heading", "")
    form = CommentForm(typed(request), headings=headings_of(found), heading=heading)
    return edit_page(
        request,
        form,
        lambda: add_comment(found, **form.cleaned_data, by=person),
        done=_("It is saved."),
        **frame(found, _("Comment")),
    )


@both
def policy_comment_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer a comment."""
    person = person_of(request)
    versions = KIND.visible_to(person)
    comment = get_object_or_404(
        Comment.objects.filter(version__in=versions.values("pk")).select_related("by"), pk=pk
    )
    found = written_version(request, comment.version_id)
    form = AnswerForm(typed(request))
    return edit_page(
        request,
        form,
        lambda: answer_comment(comment, **form.cleaned_data, by=person),
        done=_("It is saved."),
        lead=f"{comment.by.name}: {comment.text}",
        **frame(found, _("Answer")),
    )


@require_POST
def policy_version_read(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that one has nothing to comment."""
    found = version_of(request, pk)
    have_no_comments(found, by=person_of(request))
    messages.success(request, _("Thank you. It is noted that you have read it."))
    return redirect(found)


@both
def policy_version_upper(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down what the body above decided."""
    found, person = written_version(request, pk), person_of(request)
    if not person.is_coordinator:
        raise PermissionDenied
    if request.method == "GET" and not found.is_recommended:
        raise Http404
    files = request.FILES if request.method == "POST" else None
    form = UpperForm(typed(request), files)
    return edit_page(
        request,
        form,
        lambda: record_upper_decision(found, form.values(), by=person),
        done=lambda made: _("It is in force.") if made.is_approved else _("It is a draft again."),
        after=lambda made: made.version,
        multipart=True,
        lead=_("What %(body)s decided") % {"body": found.document.body},
        **{name: value for name, value in frame(found, _("Decision")).items() if name != "after"},
    )


@require_GET
def policy_upper_file(request: HttpRequest, pk: int) -> FileResponse:
    """Hand out the decision of a body above."""
    versions = KIND.visible_to(person_of(request))
    rows = UpperDecision.objects.filter(version__in=versions.values("pk")).select_related("file")
    found = get_object_or_404(rows, pk=pk)
    return download_from(found.file.checked(), found.file_name, found.file.media_type)


def _writing_lead(version: Version, person: Person) -> str:
    """Return what document is written; whoever is to approve it is told not to write."""
    document = version.document
    if not (document.is_owners and person == document.owner):
        return document.title
    text = _("%(title)s: you own it. Who writes in it cannot approve it; comments are no writing.")
    return text % {"title": document.title}


def _comparable(version: Version, person: Person) -> list[Version]:
    """Return the newest other versions of the document that the person may see."""
    others = Version.objects.visible_to(person).filter(document=version.document_id)
    return list(others.exclude(pk=version.pk).order_by("-number").only("number", "document")[:6])


def _comments(version: Version, titles: Mapping[str, str]) -> list[tuple[str, Comment]]:
    """Return the comments, each with the heading it stands at, in the order of the text."""
    order = {key: place for place, key in enumerate(("", *titles))}
    rows = version.comments.select_related("by", "answered_by")
    ranked = sorted(rows, key=lambda one: (order.get(one.heading, len(order)), one.pk))
    return [(titles.get(one.heading, one.heading) or _("The whole"), one) for one in ranked]
