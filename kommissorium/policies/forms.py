"""Forms for documents and their versions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.accounts.models import Person
from kommissorium.accounts.person_choice import PeopleNames
from kommissorium.assets.actions.documents import GivenFile
from kommissorium.core.ui.forms import PlainForm, RichTextField, label_of, make_native, may_come_in
from kommissorium.core.ui.required import When
from kommissorium.policies.actions.upper_decisions import UpperValues
from kommissorium.policies.actions.versions import HEARING, PLAIN
from kommissorium.policies.headings import headings_of
from kommissorium.policies.models import Change, Document, FramePart, Level, LevelSettings, Version
from kommissorium.policies.risk_basis import pictures
from kommissorium.registers.forms.rows import FORWARD, Choice, RowForm

AS_LEVEL = gettext_lazy("Empty means: as it is set for the level.")


class DocumentForm(RowForm):
    """Form for a document's rules; those left empty are taken from its level."""

    model = Document
    names = (
        *("title", "level", "parent", "owner", "audience", "approval", "review_months"),
        *("is_measure", "tags"),
    )
    required_when: Mapping[str, When] = {"owner": FORWARD}

    def field_of(self, name: str) -> forms.Field:
        field = super().field_of(name)
        if name == "parent":
            own = self.row.pk if self.row else 0
            field.queryset = (  # type: ignore[attr-defined]
                Document.objects.in_use().exclude(level=Level.PROCEDURE).exclude(pk=own)
            )
        elif name in ("approval", "review_months"):
            field.required, field.help_text = False, AS_LEVEL
        return field


class LevelForm(RowForm):
    """Form for the documents of a level: who approves them, and how often they are reviewed."""

    model = LevelSettings
    names = ("approval", "review_months")


class VersionForm(PlainForm):
    """Form for a draft: its text or file, how much it changes, and what it is based on."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    text = RichTextField(
        label=gettext_lazy("Text"),
        help_text=gettext_lazy("Write it here with headings, or add a file."),
        required=False,
    )
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("A PDF or a Word file; it takes the place of the text."),
        required=False,
        widget=forms.FileInput({"accept": ".pdf,.docx"}),
        validators=[may_come_in],
    )
    change = forms.ChoiceField(
        label=gettext_lazy("How much it changes"),
        help_text=gettext_lazy(
            "After a material change everybody confirms anew. A minor one is no revision."
        ),
        choices=Change,
    )
    change_because = forms.CharField(
        label=gettext_lazy("What is new, and why"),
        required=False,
        max_length=5000,
        widget=forms.Textarea({"rows": 3}),
    )
    begins_on = forms.DateField(
        label=gettext_lazy("In force from"),
        help_text=gettext_lazy("Empty means: when it is approved."),
        required=False,
    )

    def __init__(self, data: Any = None, files: Any = None, *, version: Version) -> None:
        names = (*PLAIN, "text")
        initial = {name: getattr(version, name) for name in names}
        super().__init__(data, files, initial=initial)
        self.keep_version(version.edit_version)
        self.required_when = {
            "text": When(_("the draft is put forward without a file")),
            "file": When(_("the draft is put forward without a text")),
            "risk_picture": When(_("the draft is put forward, and the change is not minor")),
        }
        if version.document.versions.filter(in_force_from__isnull=False).exists():
            self.required_when["change_because"] = FORWARD
        self.parts: list[str] = []
        if version.document.level == Level.OVERALL:
            self._add_basis(version)
            self._add_frame(version)
        self._add_hearing(version)

    def _add_basis(self, version: Version) -> None:
        choices = [(one.record.pk, one.title) for one in pictures()]
        self.fields["risk_picture"] = forms.ChoiceField(
            label=gettext_lazy("Risk picture it stands on"),
            choices=[("", _("None")), *choices],
            required=False,
            initial=version.risk_picture_id or "",
        )

    def _add_frame(self, version: Version) -> None:
        written = version
        if self.is_bound and self.data.get("text"):
            field = self.fields["text"]
            written = Version(text=_clean_or_empty(field, self.data["text"]))
        choices = [("", _("Nowhere yet")), *headings_of(written)]
        for part in FramePart:
            self.parts.append(part.value)
            self.fields[part.value] = forms.ChoiceField(
                label=_("%(part)s: under which heading") % {"part": part.label},
                choices=choices,
                required=False,
                initial=version.frame.get(part.value, ""),
            )

    def _add_hearing(self, version: Version) -> None:
        for name in HEARING:
            field: Any = Version._meta.get_field(name)  # noqa: SLF001 Django's documented model API
            label, initial = capfirst(field.verbose_name), getattr(version, name)
            self.fields[name] = (
                forms.CharField(
                    label=label,
                    required=False,
                    initial=initial,
                    max_length=5000,
                    widget=forms.Textarea({"rows": 2}),
                )
                if name == "hearing_note"
                else forms.DateField(label=label, required=False, initial=initial)
            )
            make_native(self.fields[name])

    def values(self) -> dict[str, Any]:
        """Return what the action takes."""
        wanted = (*PLAIN, "text", "risk_picture", *HEARING)
        found = {name: self.cleaned_data[name] for name in wanted if name in self.cleaned_data}
        if self.parts:
            found["frame"] = {part: self.cleaned_data[part] for part in self.parts}
        return found

    @property
    def given_file(self) -> GivenFile | None:
        found = self.cleaned_data.get("file")
        return GivenFile(found.name, found.read()) if found else None

    @staticmethod
    def theirs(current: Mapping[str, Any]) -> dict[str, object]:
        """Return what somebody else saved, as it is shown beside what was typed."""
        return {
            name: current[name] for name in ("title", "text", "change_because") if name in current
        }


class RetireForm(PlainForm):
    """Form for the reason why a document is taken out of use."""

    why = gettext_lazy("Why it no longer holds, and who decided it")
    because = forms.CharField(label=why, widget=forms.Textarea({"rows": 4}), max_length=1000)


class AskForm(PlainForm):
    """Form to ask people for comments on a draft by a deadline."""

    people = PeopleNames(
        label=gettext_lazy("Whom to ask"),
        help_text=gettext_lazy("Names or e-mail addresses, one a line. Each gets a mail."),
    )
    ends = forms.DateField(label=label_of(Version, "review_ends"))


class StandInForm(PlainForm):
    """Form to choose who approves a draft where its owner may not."""

    approver = forms.ModelChoiceField(
        Person.objects.none(),
        label=gettext_lazy("Who approves it"),
        help_text=gettext_lazy(
            "An owner of documents as high as this one, who wrote nothing of it."
        ),
    )

    def __init__(self, data: Any = None, *, people: QuerySet[Person]) -> None:
        super().__init__(data)
        self.fields["approver"].queryset = people  # type: ignore[attr-defined]


class OwnerForm(PlainForm):
    """Form by which the person asked approves the text they have read, by its fingerprint."""

    fingerprint = forms.CharField(widget=forms.HiddenInput)


class AnswerForm(PlainForm):
    """The answer to a comment."""

    answer = forms.CharField(
        label=gettext_lazy("Answer"), max_length=5000, widget=forms.Textarea({"rows": 4})
    )


class CommentForm(PlainForm):
    """A comment at a heading of a draft."""

    heading = forms.ChoiceField(label=gettext_lazy("To which heading"), required=False)
    text = forms.CharField(
        label=gettext_lazy("Comment"), max_length=5000, widget=forms.Textarea({"rows": 4})
    )

    def __init__(self, data: Any = None, *, headings: Iterable[Choice], heading: str = "") -> None:
        super().__init__(data, initial={"heading": heading})
        field: Any = self.fields["heading"]
        field.choices = [("", _("The whole")), *headings]


class UpperForm(PlainForm):
    """Form for a decision by a body above the committee, with the decision itself."""

    is_approved = forms.TypedChoiceField(
        label=gettext_lazy("What was decided"),
        choices=[("1", gettext_lazy("Approved")), ("0", gettext_lazy("Not approved"))],
        coerce=lambda value: value == "1",
    )
    decided_on = forms.DateField(label=gettext_lazy("Decided on"))
    case_number = forms.CharField(label=gettext_lazy("Case number"), max_length=60)
    text = forms.CharField(
        label=gettext_lazy("In words"),
        help_text=gettext_lazy("Where it was not approved: why."),
        required=False,
        max_length=5000,
        widget=forms.Textarea({"rows": 3}),
    )
    file = forms.FileField(
        label=gettext_lazy("The decision as a PDF"),
        widget=forms.FileInput({"accept": ".pdf"}),
        validators=[may_come_in],
    )

    def values(self) -> UpperValues:
        """Return what the action takes."""
        found = dict(self.cleaned_data)
        file = found.pop("file")
        return UpperValues(**found, file=GivenFile(file.name, file.read()))


def _clean_or_empty(field: forms.Field, text: str) -> str:
    try:
        return str(field.clean(text))
    except forms.ValidationError:
        return ""
