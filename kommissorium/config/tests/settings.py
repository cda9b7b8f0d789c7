"""The settings of the tests: the real ones, on a database and a folder of the tests' own."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from kommissorium.config.tests import cluster

os.environ.setdefault("KOMMISSORIUM_SECRET_KEY", "only-for-tests-" + "x" * 40)
os.environ.setdefault("KOMMISSORIUM_DATA", tempfile.mkdtemp(prefix="kommissorium-tests-"))
os.environ["KOMMISSORIUM_DEMO"] = "0"
if os.environ.get("KOMMISSORIUM_TEST_DATABASE") == "postgresql":
    os.environ.setdefault("DATABASE_URL", cluster.start())

from kommissorium.config.settings import *  # noqa: E402, F403

FILES_DIR = Path(os.environ["KOMMISSORIUM_DATA"]) / "files"
# Signing in is not what most tests are about; a slow hash would be most of their time.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
