"""The settings as a municipality would run them behind its proxy, for Django's own checks."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

_folder = tempfile.mkdtemp(prefix="kommissorium-deployed-")
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
os.environ["KOMMISSORIUM_DATA"] = _folder
os.environ["KOMMISSORIUM_SECRET_KEY"] = (
    "0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJKLMNOPQRSTUVWXYZ"
)
os.environ["KOMMISSORIUM_URL"] = "https://udvalg.tryllerup.example"
os.environ["KOMMISSORIUM_BEHIND_PROXY"] = "1"
os.environ["KOMMISSORIUM_DEMO"] = os.environ["KOMMISSORIUM_DEBUG"] = "0"
os.environ["EMAIL_HOST"] = "mail.tryllerup.example"

from kommissorium.config.settings import *  # noqa: E402, F403

# The proxy in front sends people from http to https; the program never sees http.
SILENCED_SYSTEM_CHECKS = ["security.W008"]
