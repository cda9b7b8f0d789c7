"""The sub-commands about the signing key, and about second steps that were lost.

They need Django set up: `commands` is imported first.
"""

from __future__ import annotations

import os

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.utils import translation

from kommissorium.accounts.actions import reset_second_step_from_server, take_over_key
from kommissorium.cli.commands import person_of, require_database, verified
from kommissorium.cli.errors import Trouble
from kommissorium.cli.serving import at_rest
from kommissorium.core.refusals import Refused
from kommissorium.core.signing_key import BEFORE, VARIABLE, put_new_key, sync_folder
from kommissorium.meetings.actions.reading import encrypt_notes_anew


def rotate_key(*, dry_run: bool) -> int:
    """Put another signing key in place, and encrypt by it what was encrypted by the former.

    Cut short, the former lies beside the new one and reads on; run again, it goes on from there.
    """
    require_database(writes=True)
    if os.environ.get(VARIABLE):
        raise Trouble(
            f"The key is in {VARIABLE}: put another one there and this one into {VARIABLE}_BEFORE, "
            "then run 'kommissorium accept-key'."
        )
    steps = Authenticator.objects.count()
    if dry_run:
        print(f"It would write another key and encrypt {steps} second steps by it.")
        print("Everybody would sign in anew, and links that were sent would end.")
        return 0
    with at_rest():
        # Whoever reads the settings from here on finds what the files have now.
        settings.SECRET_KEY, settings.SECRET_KEY_BEFORE = put_new_key(settings.DATA_DIR)
        print("Another key is in place; the former lies in secret.key.before.", flush=True)
        lost = take_over_key()
        encrypt_notes_anew()
        (settings.DATA_DIR / BEFORE).unlink(missing_ok=True)
        sync_folder(settings.DATA_DIR)
    print(f"{steps} second steps are encrypted by it, and the former is gone.")
    if lost:
        print(f"{lost} could not be read before: run 'kommissorium reset-second-step EMAIL'.")
    print("Everybody signs in anew. Keep the new secret.key apart from the backups.")
    return verified()


def accept_key() -> int:
    """Record in the chain that the signing key was replaced, and encrypt by the one of now."""
    require_database(writes=True)
    lost = take_over_key()
    encrypt_notes_anew()
    print("The evidence knows the signing key that is there now.")
    if lost:
        print(f"{lost} second steps cannot be read: put the former key into secret.key.before.")
    else:
        print("Second steps are encrypted by it: secret.key.before can go, if there is one.")
    return 0


def reset_second_step(email: str, *, dry_run: bool) -> int:
    """Remove the second step of somebody whom nobody else can let in again."""
    require_database(writes=True)
    person = person_of(email)
    if dry_run:
        steps = Authenticator.objects.filter(user_id=person.pk).count()
        print(f"It would remove {steps} second steps of {person.name}, and tell by mail.")
        return 0
    with translation.override("en"):
        try:
            reset_second_step_from_server(person)
        except Refused as refused:
            raise Trouble(str(refused)) from None
    print(f"{person.name} signs in by the password and then adds a new second step.")
    return verified()
