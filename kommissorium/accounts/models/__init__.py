"""Models of the municipality, its people, their roles and invitations."""

from kommissorium.accounts.models.conditions import (
    LAST_LETTERS,
    danish_order,
    held_on,
)
from kommissorium.accounts.models.municipality import (
    Municipality,
)
from kommissorium.accounts.models.nominations import (
    DatedSecondYes,
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
    SignInState,
)
from kommissorium.accounts.models.readings import Reading
from kommissorium.accounts.models.reminders import (
    ReminderWish,
)
from kommissorium.accounts.models.word_templates import WordTemplate

__all__ = [
    "INVITATION_LASTS",
    "LAST_LETTERS",
    "DatedSecondYes",
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
    "danish_order",
    "held_on",
]
