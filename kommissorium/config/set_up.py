"""Django set up with our settings, or one sentence that says which of them is wrong."""

from __future__ import annotations

import os
import sys

import django
from django.core.exceptions import ImproperlyConfigured


def set_up() -> None:
    """Set Django up. Raises SystemExit with code 2, after a sentence, for a wrong setting."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kommissorium.config.settings")
    try:
        django.setup()
    except ImproperlyConfigured as error:
        print(f"kommissorium: {error}", file=sys.stderr)
        raise SystemExit(2) from None
