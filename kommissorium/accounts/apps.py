"""The app configuration of the room accounts."""

from __future__ import annotations

from typing import ClassVar

from django.apps import AppConfig

from kommissorium.core.evidence.row_readers import (
    OPEN,
    OWN,
    SECOND,
    SIGN_IN,
    Itself,
    Kept,
    Readers,
    under,
)


class AccountsConfig(AppConfig):
    name = "kommissorium.accounts"
    label = "accounts"
    readers: ClassVar[Readers] = {
        "directorylink": Kept(SIGN_IN),
        "emailchange": Kept(SIGN_IN),
        "invitation": Kept(SIGN_IN),
        "municipality": OPEN,
        "organisationrole": under("person"),
        "person": Itself(OWN),
        "rolenomination": Kept(SECOND),
        "wordtemplate": OPEN,
    }
