"""Forms for a duty, how often it recurs, and the requirements of standards it covers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.person_choice import PersonChoice, offer_people, people_to_choose
from kommissorium.committees.measures import measure_label
from kommissorium.committees.models import Clause, Committee, Seat
from kommissorium.core.ui.forms import PlainForm, label_of
from kommissorium.core.ui.required import When, chosen
from kommissorium.yearwheel.actions import CadenceValues, DutyValues
from kommissorium.yearwheel.actions.duties import FEEDABLE
from kommissorium.yearwheel.actions.next_occurrences import first_planned
from kommissorium.yearwheel.models import Duty, Rhythm
from kommissorium.yearwheel.models.duties import MOST_MONTHS, TEXT_LENGTH, TITLE_LENGTH
from kommissorium.yearwheel.standards import STANDARDS, Chapter, Standard, is_requirement


class RequirementPicker(forms.SelectMultiple):
    """Tick boxes under the chapters of each standard, folded; above them stands what is chosen.

    They are all on the page, so that the browser's own search finds a number or a word.
    """

    template_name = "yearwheel/requirement_picker.html"
    use_fieldset = True

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        chosen = frozenset(context["widget"]["value"] or ())
        context["standards"] = [_folded(one, chosen) for one in STANDARDS.values()]
        return context

    def use_required_attribute(self, initial: Any) -> bool:
        return False


class RequirementsField(forms.MultipleChoiceField):
    """The names of the tags of the requirements chosen."""

    widget = RequirementPicker
    default_error_messages: ClassVar[dict[str, Any]] = {
        "invalid_choice": _("Choose from the list.")
    }

    def __init__(self) -> None:
        super().__init__(
            label=_("Requirements it serves"),
            help_text=_(
                "Open a standard and tick, or write a number such as ISO 27002 5.7 among the tags."
            ),
            required=False,
            choices=_choices,
        )


def _choices() -> list[tuple[str, list[tuple[str, str]]]]:
    return [
        (
            str(standard.name),
            [
                (standard.tag_name(one.number), f"{standard.short} {one.number}: {one.title}")
                for one in standard
            ],
        )
        for standard in STANDARDS.values()
    ]


def _folded(standard: Standard, chosen: frozenset[str]) -> dict[str, Any]:
    chapters = [_chapter(standard, chapter, chosen) for chapter in standard.chapters]
    ticked = [
        option["number"]
        for chapter in chapters
        for option in chapter["options"]
        if option["is_chosen"]
    ]
    return {"name": standard.name, "chosen": ticked, "chapters": chapters}


def _chapter(standard: Standard, chapter: Chapter, chosen: frozenset[str]) -> dict[str, Any]:
    options = []
    for one in chapter.requirements:
        name = standard.tag_name(one.number)
        options.append(
            {
                "value": name,
                "id": "".join(letter for letter in name if letter.isalnum()),
                "number": one.number,
                "title": one.title,
                "is_chosen": name in chosen,
            }
        )
    return {"title": chapter.title, "options": options}


if TYPE_CHECKING:
    ClauseChoiceBase = forms.ModelChoiceField[Clause]
else:
    ClauseChoiceBase = forms.ModelChoiceField

SHOWN_CLAUSE = 90


class ClauseChoice(ClauseChoiceBase):
    """Choose a clause, shown by its number and how it begins."""

    def label_from_instance(self, obj: Clause) -> str:
        text = " ".join(obj.text.split())
        more = " …" if len(text) > SHOWN_CLAUSE else ""
        return f"{obj.number}  {text[:SHOWN_CLAUSE]}{more}"


def _text(label: Any, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=False,
        max_length=TEXT_LENGTH,
        widget=forms.Textarea({"rows": 3}),
    )


class DutyFields(PlainForm):
    """Fields of a duty: what to do, how often, by whom, and how to know it is well done."""

    required_when: Mapping[str, When] = {
        "interval_months": When(
            _("it recurs at fixed intervals"), chosen("rhythm", Rhythm.INTERVAL)
        ),
        "due": When(
            _("it recurs at fixed intervals, or comes once"),
            chosen("rhythm", Rhythm.INTERVAL, Rhythm.ONCE),
        ),
    }

    title = forms.CharField(label=_("What is to be done"), max_length=TITLE_LENGTH)
    rhythm = forms.ChoiceField(
        label=_("How often?"), choices=Rhythm.choices, widget=forms.RadioSelect, initial="interval"
    )
    interval_months = forms.IntegerField(
        label=_("Months between"),
        help_text=_("12 is once a year, 3 is each quarter."),
        required=False,
        min_value=1,
        max_value=MOST_MONTHS,
        initial=12,
    )
    due = forms.DateField(
        label=_("First due"),
        help_text=_("The 31st becomes a shorter month’s last day."),
        required=False,
    )
    lead_days = forms.IntegerField(
        label=label_of(Duty, "lead_days"),
        help_text=_("How long before the due date it is shown as due soon."),
        min_value=0,
        max_value=365,
        initial=30,
    )
    responsible_seat = forms.ModelChoiceField(
        Seat.objects.none(),
        label=_("Responsible seat"),
        help_text=_("Whoever holds the seat on the day is responsible."),
        required=False,
        empty_label=_("None"),
    )
    responsible_person = PersonChoice(
        label=_("Responsible person"),
        help_text=_("Where no seat is chosen, or the seat is vacant."),
        required=False,
        empty_label=_("None"),
    )
    method = _text(_("Method"), _("How it is done, so that another could do it."))
    success = _text(_("When is it well done?"))
    evidence_wanted = _text(
        _("Evidence asked for"),
        _("What shows afterwards that it was done. Leave it empty where nothing is asked for."),
    )
    by_decision = forms.BooleanField(
        label=_("The committee’s decision closes it"),
        help_text=_(
            "It is due at the meeting nearest its day. The decision of the item closes it and is its evidence; nobody marks it as done."
        ),
        required=False,
    )
    clause = ClauseChoice(
        Clause.objects.none(),
        label=_("Clause of the mandate"),
        required=False,
        empty_label=_("None: the committee's own duty"),
    )
    feeds = forms.ChoiceField(label=_("Item of the agenda it belongs to"), required=False)
    tags = forms.CharField(
        label=_("Tags"), help_text=_("Words with commas between."), required=False, max_length=1300
    )
    requirements = RequirementsField()

    def __init__(self, *args: Any, committee: Committee, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        fields: dict[str, Any] = self.fields
        fields["responsible_seat"].queryset = committee.seats.on(today)
        fields["clause"].queryset = Clause.objects.in_force(committee, today).select_related(
            "mandate"
        )
        fields["feeds"].choices = [
            ("", _("None")),
            *((measure.value, measure_label(measure)) for measure in FEEDABLE),
        ]

    def duty_values(self) -> DutyValues:
        """Return what the actions take of what the duty is."""
        values = {
            name: self.cleaned_data[name]
            for name in (
                "title",
                "method",
                "success",
                "evidence_wanted",
                "by_decision",
                "lead_days",
                "responsible_seat",
                "responsible_person",
                "feeds",
                "clause",
            )
        }
        tags = (*self.cleaned_data["tags"].split(","), *self.cleaned_data["requirements"])
        return DutyValues(**values, tags=tags)

    def cadence_values(self) -> CadenceValues:
        """Return what the actions take of how often."""
        values = self.cleaned_data
        return CadenceValues(values["rhythm"], values["interval_months"], values["due"])


class AddForm(DutyFields):
    """A new duty."""


class EditForm(DutyFields):
    """A duty that was there before; two people never overwrite each other."""

    applies_from = forms.DateField(
        label=_("Another rhythm applies from"),
        help_text=_("Only where you change how often. What is done and overdue stays as it was."),
        required=False,
    )
    edit_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, duty: Duty, **kwargs: Any) -> None:
        super().__init__(*args, committee=duty.committee, initial=_values_of(duty), **kwargs)
        fields: dict[str, Any] = self.fields
        fields["due"].label = _("Next deadline")
        people = people_to_choose(duty.responsible_person)
        offer_people(self.fields["responsible_person"], people)
        if duty.responsible_seat_id:
            kept = Seat.objects.filter(pk=duty.responsible_seat_id)
            fields["responsible_seat"].queryset |= kept
        if duty.clause_id:
            fields["clause"].queryset |= Clause.objects.filter(pk=duty.clause_id).select_related(
                "mandate"
            )


def _values_of(duty: Duty) -> dict[str, Any]:
    """Return the duty's values by form field."""
    names = (
        "title",
        "lead_days",
        "method",
        "success",
        "evidence_wanted",
        "by_decision",
        "feeds",
        "edit_version",
    )
    cadence = duty.cadence
    anchor = cadence.anchor if cadence else None
    return {
        **{name: getattr(duty, name) for name in names},
        "rhythm": duty.rhythm,
        "interval_months": cadence.interval_months if cadence else None,
        "due": first_planned(duty, timezone.localdate()) or anchor,
        "responsible_seat": duty.responsible_seat_id,
        "responsible_person": duty.responsible_person_id,
        "clause": duty.clause_id,
        "tags": ", ".join(tag.name for tag in duty.tags.all() if not is_requirement(tag.name)),
        "requirements": [tag.name for tag in duty.tags.all() if is_requirement(tag.name)],
        "applies_from": timezone.localdate(),
    }
