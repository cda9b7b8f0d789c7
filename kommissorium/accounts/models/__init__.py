"""Models of the municipality, its people, their roles and invitations."""

from kommissorium.accounts.models.conditions import (
    LAST_LETTERS,
    danish_order,
    ends_after_it_starts,
    held_on,
)
from kommissorium.accounts.models.municipality import (
    Municipality,
)
from kommissorium.accounts.models.nominations import (
    DatedSecondYes,
    DirectoryLink,
    EmailChange,
    RoleNomination,
    SecondYes,
    administrators,
)
from kommissorium.accounts.models.people import (
    INVITATION_LASTS,
    Invitation,
    OrganisationRole,
    Person,
    PersonManager,
    PersonQuerySet,
)
from kommissorium.accounts.models.readings import Reading
from kommissorium.accounts.models.reminders import (
    ReminderWish,
)
from kommissorium.accounts.models.second_person import (
    are_others,
    can_be_confirmed_by,
    is_another,
    named,
    refuse_no_other,
    was_made_by,
    why_no_other,
)
from kommissorium.accounts.models.sign_in_states import SignInState, can_sign_in
from kommissorium.accounts.models.word_templates import WordTemplate

__all__ = [
    "INVITATION_LASTS",
    "LAST_LETTERS",
    "DatedSecondYes",
    "DirectoryLink",
    "EmailChange",
    "Invitation",
    "Municipality",
    "OrganisationRole",
    "Person",
    "PersonManager",
    "PersonQuerySet",
    "Reading",
    "ReminderWish",
    "RoleNomination",
    "SecondYes",
    "SignInState",
    "WordTemplate",
    "administrators",
    "are_others",
    "can_be_confirmed_by",
    "can_sign_in",
    "danish_order",
    "ends_after_it_starts",
    "held_on",
    "is_another",
    "named",
    "refuse_no_other",
    "was_made_by",
    "why_no_other",
]
