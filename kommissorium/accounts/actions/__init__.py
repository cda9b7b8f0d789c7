"""Actions on people, roles, sign-in and the municipality."""

from kommissorium.accounts.actions.confirmations import (
    ask_for_confirmation,
    confirm_person,
    note_confirmed,
)
from kommissorium.accounts.actions.email_changes import (
    accept_email_change,
    confirm_email_change,
    deny_email_change,
    invite_unproven,
    refuse_email_change,
)
from kommissorium.accounts.actions.ending import end_of, end_open_sessions, moment_of
from kommissorium.accounts.actions.invitations import (
    invitation_link,
    invite,
    invite_from_server,
    open_invitations,
    renew_waiting_invitations,
    show_invitation,
)
from kommissorium.accounts.actions.municipality import (
    add_word_template,
    change_municipality,
    end_word_template,
    finish_setup,
    found_municipality,
)
from kommissorium.accounts.actions.notices import tell
from kommissorium.accounts.actions.people import (
    add_person,
    change_person,
    choose_language,
    choose_reminders,
    remove_people,
)
from kommissorium.accounts.actions.roles import (
    accept_role_nomination,
    end_role,
    give_or_ask,
    give_role,
    nominate_for_role,
    refuse_role_nomination,
)
from kommissorium.accounts.actions.second_yes import ask_once, note_answer
from kommissorium.accounts.actions.sign_in import (
    accept_invitation,
    change_password,
    close_login,
    note_break_glass,
    note_second_step,
    reopen_login,
    reset_second_step,
    reset_second_step_from_server,
    set_first_password,
    take_over_key,
)

__all__ = [
    "accept_email_change",
    "accept_invitation",
    "accept_role_nomination",
    "add_person",
    "add_word_template",
    "ask_for_confirmation",
    "ask_once",
    "change_municipality",
    "change_password",
    "change_person",
    "choose_language",
    "choose_reminders",
    "close_login",
    "confirm_email_change",
    "confirm_person",
    "deny_email_change",
    "end_of",
    "end_open_sessions",
    "end_role",
    "end_word_template",
    "finish_setup",
    "found_municipality",
    "give_or_ask",
    "give_role",
    "invitation_link",
    "invite",
    "invite_from_server",
    "invite_unproven",
    "moment_of",
    "nominate_for_role",
    "note_answer",
    "note_break_glass",
    "note_confirmed",
    "note_second_step",
    "open_invitations",
    "refuse_email_change",
    "refuse_role_nomination",
    "remove_people",
    "renew_waiting_invitations",
    "reopen_login",
    "reset_second_step",
    "reset_second_step_from_server",
    "set_first_password",
    "show_invitation",
    "take_over_key",
    "tell",
]
