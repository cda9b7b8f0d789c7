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
    EmailChange,
    RoleNomination,
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
from kommissorium.accounts.models.word_templates import WordTemplate

__all__ = [
    "INVITATION_LASTS",
    "LAST_LETTERS",
    "EmailChange",
    "Invitation",
    "Municipality",
    "OrganisationRole",
    "Person",
    "PersonManager",
    "PersonQuerySet",
    "RoleNomination",
    "SignInState",
    "WordTemplate",
    "administrators",
    "danish_order",
    "held_on",
]
