"""Characters an e-mail may hold: none that is invisible, and none of another alphabet."""

from __future__ import annotations

import re

from django.utils.translation import gettext_lazy

# Latin letters, and the figures and signs of every keyboard; no soft hyphen.
_PLAIN = re.compile("[!-~\xc0-\u017f]*")
ODD_SIGNS = gettext_lazy(
    "The e-mail has characters that cannot be seen, or that look like others. Write it again."
)


def is_plain(email: str) -> bool:
    """Return whether the e-mail is what it looks like: nobody can pose as somebody else with it."""
    return bool(_PLAIN.fullmatch(email))
