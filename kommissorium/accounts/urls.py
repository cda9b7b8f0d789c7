"""Addresses of people and sign-in.

The sign-in library's pages are named one by one: sign-up, its own list of e-mails and all else
it may learn to do stay shut until they are wanted.
"""

from __future__ import annotations

from allauth.account import views as library
from allauth.mfa.base.views import index as second_step
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from django.urls import include, path, re_path

from kommissorium.accounts.views import (
    account,
    confirmations,
    demo,
    directory,
    directory_links,
    directory_page,
    logins,
    people,
    roles,
    second_yes,
    sign_in,
)

passwords = [
    path("change/", sign_in.password_change, name="account_change_password"),
    path("reset/", sign_in.password_reset, name="account_reset_password"),
    path("reset/sent/", library.password_reset_done, name="account_reset_password_done"),
    path(
        "reset/done/",
        library.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$",
        sign_in.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
]

second_steps = [
    path("", second_step, name="mfa_index"),
    path("sign-in/", sign_in.authenticate, name="mfa_authenticate"),
    path("confirmation/", sign_in.mfa_reauthenticate, name="mfa_reauthenticate"),
    path("app/add/", sign_in.activate_totp, name="mfa_activate_totp"),
    path("app/add/key.svg", sign_in.totp_qr, name="mfa_totp_qr"),
    path("app/removal/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("codes/new/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("codes/file/", sign_in.recovery_codes_file, name="mfa_download_recovery_codes"),
    path("passkeys/", passkeys.list_webauthn, name="mfa_list_webauthn"),
    path("passkeys/add/", sign_in.add_passkey, name="mfa_add_webauthn"),
    path("passkeys/sign-in/", sign_in.passkey_login, name="mfa_login_webauthn"),
    path(
        "passkeys/confirmation/",
        sign_in.reauthenticate_webauthn,
        name="mfa_reauthenticate_webauthn",
    ),
    path("passkeys/<int:pk>/edit/", sign_in.edit_passkey, name="mfa_edit_webauthn"),
    path("passkeys/<int:pk>/removal/", passkeys.remove_webauthn, name="mfa_remove_webauthn"),
]

people_pages = [
    path("", people.people, name="people"),
    path("export/", people.people_export, name="people_export"),
    path("add/", people.person_add, name="person_add"),
    path("<int:pk>/", people.person, name="person"),
    path("<int:pk>/edit/", people.person_edit, name="person_edit"),
    path("<int:pk>/roles/add/", roles.person_role_add, name="person_role_add"),
    path("<int:pk>/roles/<int:role>/end/", roles.person_role_end, name="person_role_end"),
    path(
        "<int:pk>/nominations/<int:nomination>/",
        second_yes.role_nomination,
        name="role_nomination",
    ),
    path("<int:pk>/confirmation/", confirmations.person_confirmation, name="person_confirmation"),
    path(
        "<int:pk>/confirmation/asked/",
        confirmations.person_confirmation_asked,
        name="person_confirmation_asked",
    ),
    path("<int:pk>/emails/<int:change>/", second_yes.email_change, name="email_change"),
    path("<int:pk>/invitation/", logins.person_invitation, name="person_invitation"),
    path("<int:pk>/invitation/link/", logins.person_invitation_link, name="person_invitation_link"),
    path("<int:pk>/directory/", directory_links.person_directory, name="person_directory"),
    path(
        "<int:pk>/directory/removal/",
        directory_links.person_directory_removal,
        name="person_directory_removal",
    ),
    path("<int:pk>/directory/<int:link>/", directory_links.directory_link, name="directory_link"),
    path("<int:pk>/closure/", logins.person_closure, name="person_closure"),
    path("<int:pk>/reopening/", logins.person_reopening, name="person_reopening"),
    path(
        "<int:pk>/second-step-reset/",
        logins.person_second_step_reset,
        name="person_second_step_reset",
    ),
]

urlpatterns = [
    path("account/", account.account, name="account"),
    path("account/login/", sign_in.login, name="account_login"),
    path("account/logout/", sign_in.sign_out, name="account_logout"),
    path("account/directory/", directory.directory_sign_in, name="directory_sign_in"),
    path("account/directory/anew/", directory.directory_anew, name="directory_anew"),
    path("account/directory/left/", directory.directory_left, name="directory_left"),
    path(
        "account/directory/signed-out/",
        directory.directory_signed_out,
        name="directory_signed_out",
    ),
    path("account/directory/answer/", directory.directory_callback, name="directory_callback"),
    path("account/inactive/", library.account_inactive, name="account_inactive"),
    path("account/confirmation/", sign_in.reauthenticate, name="account_reauthenticate"),
    path("account/password/", include(passwords)),
    path("account/second-step/", include(second_steps)),
    path("account/sign-in/left/", account.sign_in_left, name="sign_in_left"),
    path("account/sign-ins/end/", account.sign_ins_end, name="sign_ins_end"),
    path("account/reminders/", account.account_reminders, name="account_reminders"),
    path("reminders/<str:token>/", account.reminders_by_link, name="reminders_by_link"),
    path("language/", account.language, name="language"),
    path("invitation/<str:uid>/<str:token>/", logins.invitation, name="invitation"),
    path("settings/sign-in/", directory_page.directory_page, name="directory_page"),
    path("settings/sign-in/trial/", directory_page.directory_trial, name="directory_trial"),
    path("new-email/<str:token>/", second_yes.email_by_link, name="email_by_link"),
    path("people/", include(people_pages)),
    path("demo/", demo.demo_cast, name="demo_cast"),
    path("demo/<slug:code>/", demo.demo_sign_in, name="demo_sign_in"),
]
