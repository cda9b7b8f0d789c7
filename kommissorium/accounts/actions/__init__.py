"""Actions on people, roles, sign-in and the municipality."""

from kommissorium.accounts.actions.municipality import (
    change_municipality,
    finish_setup,
    found_municipality,
)
from kommissorium.accounts.actions.people import add_person, change_person, choose_language
from kommissorium.accounts.actions.roles import end_role, give_role
from kommissorium.accounts.actions.sign_in import (
    accept_invitation,
    change_password,
    close_login,
    invitation_link,
    invite,
    note_second_step,
    reopen_login,
    reset_second_step,
    set_first_password,
)

__all__ = [
    "accept_invitation",
    "add_person",
    "change_municipality",
    "change_password",
    "change_person",
    "choose_language",
    "close_login",
    "end_role",
    "finish_setup",
    "found_municipality",
    "give_role",
    "invitation_link",
    "invite",
    "note_second_step",
    "reopen_login",
    "reset_second_step",
    "set_first_password",
]
