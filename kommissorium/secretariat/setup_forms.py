"""Forms of the settings and of the setup assistant: its first step, and who is invited."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy

from kommissorium.accounts.actions import change_municipality
from kommissorium.accounts.models import Municipality, Person
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.forms import PlainForm, label_of
from kommissorium.core.ui.required import When, chosen
from kommissorium.measures.beginnings import ELSEWHERE, LATER
from kommissorium.measures.days import add_months
from kommissorium.registers.actions.beginnings import put_off, take_into_use
from kommissorium.registers.installed import registers
from kommissorium.secretariat.put_off import RegisterUse

NOW: Final = "now"  # of a register: it is in use
FIELDS = (
    *("name", "mfa_required", "anchor_email", "one_may_adopt_mandates", "top_management"),
    *("closed_items_offline", "edit_version"),
)


class MunicipalityForm(PlainForm):
    """Name, sign-in and the mailbox that keeps the anchors."""

    name = forms.CharField(label=gettext_lazy("Name of the municipality"), max_length=120)
    mfa_required = forms.BooleanField(
        label=gettext_lazy("Everybody signs in with a second step"),
        help_text=gettext_lazy("A passkey or a code from the phone, besides the password."),
        required=False,
    )
    anchor_email = forms.EmailField(
        label=label_of(Municipality, "anchor_email"),
        help_text=gettext_lazy(
            "Each day the end of the evidence chain is sent there. Choose a mailbox outside the "
            "program, such as the auditor's: what is kept there proves that nothing was changed."
        ),
        required=False,
    )
    one_may_adopt_mandates = forms.BooleanField(
        label=gettext_lazy("One person may both enter and approve a mandate"),
        help_text=gettext_lazy(
            "For small municipalities. It is shown where it is answered whether the mandate is "
            "fulfilled."
        ),
        required=False,
    )
    top_management = forms.CharField(
        label=gettext_lazy("Top management"),
        help_text=gettext_lazy(
            "Who reviews the information security of the year, as ISO 27001, 9.3, asks. Left empty "
            "it is the executive board."
        ),
        max_length=120,
        required=False,
    )
    closed_items_offline = forms.BooleanField(
        label=gettext_lazy("Closed items may be read without network"),
        help_text=gettext_lazy(
            "Whoever reads a meeting keeps a copy of it on their phone or computer until they sign "
            "out. Closed items are in that copy only where this is ticked."
        ),
        required=False,
    )
    edit_version = forms.IntegerField(widget=forms.HiddenInput)

    @classmethod
    def of(cls, municipality: Municipality) -> dict[str, Any]:
        """Return the municipality's values by field."""
        return {name: getattr(municipality, name) for name in FIELDS}

    def save(self, municipality: Municipality, *, by: Person) -> None:
        """Change the municipality. Raises Refused and Conflict."""
        change_municipality(
            municipality, by=by, **{name: self.cleaned_data[name] for name in FIELDS}
        )


ALL, SYSTEMS, MEETINGS = "all", "systems", "meetings"  # what a municipality begins with
STAGES: Final = {MEETINGS: 0, SYSTEMS: 1, ALL: 2}  # of registers that are in use with it
MONTHS_ON: Final = 6  # what comes later begins so many months on, unless another day is chosen


class FirstStepForm(MunicipalityForm):
    """The municipality, what its committee is called, and what it begins with."""

    required_when: Mapping[str, When] = {
        "later_from": When(
            gettext_lazy("you do not begin with all of it"),
            chosen("begins_with", SYSTEMS, MEETINGS),
            gettext_lazy("Choose a day to come."),
        )
    }

    begins_with = forms.ChoiceField(
        label=gettext_lazy("What do you begin with?"),
        choices=[
            (MEETINGS, gettext_lazy("Meetings and the year wheel")),
            (SYSTEMS, gettext_lazy("Meetings, systems and risks")),
            (ALL, gettext_lazy("All of it")),
        ],
        help_text=gettext_lazy(
            "What comes later is in no menu and asks nothing until then. Its clauses of the "
            "mandate are not fulfilled meanwhile, and say so. Incidents can be reported at once."
        ),
        widget=forms.RadioSelect,
        initial=ALL,
    )
    later_from = forms.DateField(
        label=gettext_lazy("The rest is taken into use on"),
        required=False,
    )

    committee = forms.CharField(
        label=gettext_lazy("Name of the committee"),
        max_length=120,
        initial="Informationssikkerhedsudvalget",
    )
    field_order = (
        "name",
        "committee",
        "begins_with",
        "later_from",
        "mfa_required",
        "anchor_email",
        "one_may_adopt_mandates",
        "top_management",
        "closed_items_offline",
    )

    @classmethod
    def of(cls, municipality: Municipality) -> dict[str, Any]:
        later = add_months(timezone.localdate().replace(day=1), MONTHS_ON)
        return {**super().of(municipality), "later_from": later, "begins_with": ALL}

    def begin(self, *, by: Person) -> None:
        """Put off what the municipality does not begin with, where that is asked."""
        if "begins_with" not in self.cleaned_data:
            return
        stage, until = STAGES[self.cleaned_data["begins_with"]], self.cleaned_data["later_from"]
        codes = [one.code for one in registers() if one.stage > stage]
        if not codes:
            return
        try:
            put_off(codes, until=until, by=by)
        except Refused as refused:
            raise Refused(later_from=" ".join(refused.errors.values())) from None


class RegisterUseForm(PlainForm):
    """Form of whether a register is in use, comes later or is kept elsewhere."""

    required_when: Mapping[str, When] = {
        "until": When(
            gettext_lazy("it is not in use"),
            chosen("use", LATER, ELSEWHERE),
            gettext_lazy("Choose a day to come."),
        ),
        **dict.fromkeys(
            ("where", "who", "seen"),
            When(
                gettext_lazy("it is kept elsewhere"),
                chosen("use", ELSEWHERE),
                gettext_lazy("Say this of what is kept elsewhere."),
            ),
        ),
    }

    use = forms.ChoiceField(
        label=gettext_lazy("Is it in use?"),
        choices=[
            (NOW, gettext_lazy("It is in use")),
            (LATER, gettext_lazy("It is taken into use later")),
            (ELSEWHERE, gettext_lazy("It is kept elsewhere")),
        ],
        widget=forms.RadioSelect,
    )
    until = forms.DateField(
        label=gettext_lazy("Not in use before"),
        help_text=gettext_lazy(
            "Two years at most. From that day on the mandate is measured there."
        ),
        required=False,
    )
    where = forms.CharField(
        label=gettext_lazy("Where it is kept"),
        help_text=gettext_lazy("Another system, or a file in the records system."),
        max_length=120,
        required=False,
    )
    who = forms.CharField(
        label=gettext_lazy("Who keeps it"),
        help_text=gettext_lazy("A function, not a name."),
        max_length=120,
        required=False,
    )
    seen = forms.DateField(
        label=gettext_lazy("When you last looked at it"),
        help_text=gettext_lazy("After twelve months it counts no more."),
        required=False,
    )

    @classmethod
    def said(cls, of: RegisterUse) -> dict[str, Any]:
        """Return what was said of a register by field."""
        return {"use": NOW, **of.said, **({"use": of.said["way"]} if of.said else {})}

    def save(self, of: RegisterUse, *, by: Person) -> None:
        """Put it off or take it into use. Raises Refused."""
        values = dict(self.cleaned_data)
        use = values.pop("use")
        if use == NOW:
            if of.said:
                take_into_use([of.register.code], by=by)
            return
        own = {"until": values["until"]} if use == LATER else values
        put_off([of.register.code], by=by, way=use, **own)


class InvitationsForm(PlainForm):
    """Form to choose who is invited now."""

    people = forms.ModelMultipleChoiceField(
        Person.objects.none(),
        label=gettext_lazy("Send an invitation to"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose somebody, or go on without inviting.")},
    )
