"""Forms of people and their roles."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import OrganisationRole, Person, ReminderWish, SignInState
from kommissorium.core.backdating import AtOnceField, BackdatingField
from kommissorium.core.ui.forms import (
    NOT_NARROWED,
    FilterForm,
    PlainForm,
    choice_field,
    words_field,
)
from kommissorium.core.ui.required import When

LINKED, UNLINKED = "linked", "unlinked"
PASSWORD_HELP = _("At least 12 characters. Four random words are strong and easy to remember.")


class RemindersForm(PlainForm):
    """Form for how often one is reminded by mail."""

    reminders = forms.ChoiceField(
        label=_("How often are you to be reminded of what waits for you?"),
        help_text=_(
            "Calls and changes of meetings, minutes to read, decisions you are asked for, and "
            "notices about your sign-in come whatever you choose."
        ),
        choices=ReminderWish.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the options.")},
    )


class PersonForm(PlainForm):
    """A person's card. Bound to nobody when a person is added."""

    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        max_length=254,
        help_text=_("Needed only for people who are to sign in or get mails."),
    )
    job_title = forms.CharField(label=_("Job title"), required=False, max_length=120)
    department = forms.CharField(label=_("Department"), required=False, max_length=120)
    language = forms.ChoiceField(
        label=_("Language"),
        choices=[("da", _("Danish")), ("en", _("English"))],
        initial="da",
        help_text=_("The language of pages and mails. The person can change it."),
    )

    def values(self) -> dict[str, Any]:
        """Return what was typed, by the names the actions know."""
        return dict(self.cleaned_data)


class PersonEditForm(PersonForm):
    """A card that was there before; two people never overwrite each other."""

    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        max_length=254,
        help_text=_(
            "With another e-mail, the old password and second step no longer work: whoever "
            "had them gets an invitation at the new one."
        ),
    )
    required_when: Mapping[str, When] = {"email": When(_("the person signs in"))}
    edit_version = forms.IntegerField(widget=forms.HiddenInput)
    field_order = tuple(PersonForm.base_fields)

    @classmethod
    def of(cls, person: Person) -> PersonEditForm:
        """Return the form filled with the person's card."""
        names = (*PersonForm.base_fields, "edit_version")
        return cls(initial={name: getattr(person, name) for name in names})


class RoleForm(PlainForm):
    """A role for a person, from a date on. Offers only what `by` may give."""

    kind = forms.ChoiceField(label=_("Role"), widget=forms.RadioSelect)
    from_date = forms.DateField(label=_("From"))
    to_date = forms.DateField(
        label=_("Until"),
        required=False,
        help_text=_("The last day. Leave it empty when you do not know it yet."),
    )
    because = BackdatingField()

    def __init__(self, *args: Any, by: Person, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"from_date": timezone.localdate()})
        super().__init__(*args, **kwargs)
        kinds = OrganisationRole.Kind
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            (kind.value, kind.label) for kind in kinds if OrganisationRole.can_be_given_by(by, kind)
        ]


class RoleEndForm(PlainForm):
    """The last day of a role, or that it ends at once."""

    to_date = forms.DateField(label=_("Last day"), initial=timezone.localdate)
    at_once = AtOnceField()
    because = BackdatingField()


class PeopleFilter(FilterForm):
    """Filters of the list of people. Nonsense in the address narrows nothing."""

    q = words_field(_("Name, e-mail, title or department"), None)
    role = choice_field(_("Role"), [NOT_NARROWED, *OrganisationRole.Kind.choices])
    state = choice_field(_("Login"), [NOT_NARROWED, *SignInState.choices])
    directory = choice_field(_("The municipality's own sign-in"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if settings.DIRECTORY:
            self.offer(
                "directory",
                [(LINKED, _("Linked to an account")), (UNLINKED, _("Not linked to an account"))],
            )
        else:
            del self.fields["directory"]


class DirectoryLinkForm(PlainForm):
    """The account of the municipality's directory by which somebody is to sign in."""

    lasting_id = forms.CharField(
        label=_("The account's lasting id"),
        max_length=200,
        help_text=_(
            "The person sees it when a sign-in is refused. In Entra ID it is the Object ID, in "
            "Keycloak the user's ID. It is never the e-mail."
        ),
    )

    def clean_lasting_id(self) -> str:
        lasting_id: str = self.cleaned_data["lasting_id"]
        if "@" in lasting_id or " " in lasting_id:
            raise ValidationError(_("This is no lasting id: it has neither @ nor spaces."))
        return lasting_id


class NewPasswordForm(PlainForm):
    """The password of a person who was invited."""

    password = forms.CharField(
        label=_("Password"),
        strip=False,
        help_text=PASSWORD_HELP,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )
    repeated = forms.CharField(
        label=_("The password again"),
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, self.person)
        return password

    def clean_repeated(self) -> str:
        repeated: str = self.cleaned_data["repeated"]
        if "password" in self.cleaned_data and repeated != self.cleaned_data["password"]:
            raise ValidationError(_("The two passwords differ. Type the same one twice."))
        return repeated
