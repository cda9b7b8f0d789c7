"""The settings of the tests: the real ones, on a database and a folder of the tests' own."""

from __future__ import annotations

import os
import shlex
import tempfile
from datetime import date
from pathlib import Path

from kommissorium.config.tests import cluster
from kommissorium.config.tests.given_day import TEST_SHIFT, TODAY
from kommissorium.config.tests.leaving import when_we_end
from kommissorium.core import other_day

os.environ.setdefault("KOMMISSORIUM_SECRET_KEY", "only-for-tests-" + "x" * 40)
os.environ["KOMMISSORIUM_DEMO"] = "0"
os.environ["KOMMISSORIUM_MOST_ASKED_A_MINUTE"] = str(10**9)  # tests are faster than anybody
for _name in ("KOMMISSORIUM_URL", other_day.SHIFT):
    os.environ.pop(_name, None)
# The first process makes folder and cluster and takes them away; its children find both in
# the environment they inherit.
if "KOMMISSORIUM_TEST_HOME" not in os.environ:
    _home = tempfile.mkdtemp(prefix="kommissorium-tests-")
    when_we_end(f"rm -rf {shlex.quote(_home)}")
    os.environ["KOMMISSORIUM_TEST_HOME"] = _home
    if _today := os.environ.get(TODAY):
        os.environ[TEST_SHIFT] = str(other_day.seconds_to(date.fromisoformat(_today)))
    if os.environ.get("KOMMISSORIUM_TEST_DATABASE") == "postgresql":
        os.environ["DATABASE_URL"] = cluster.start()
    else:
        os.environ.pop("DATABASE_URL", None)

_worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
_folder = Path(os.environ["KOMMISSORIUM_TEST_HOME"]) / _worker
_folder.mkdir(exist_ok=True)
os.environ["KOMMISSORIUM_DATA"] = str(_folder)

from kommissorium.config.settings import *  # noqa: E402, F403
from kommissorium.config.settings import DATABASES  # noqa: E402

if _shift := os.environ.get(TEST_SHIFT):
    other_day.move_clock(int(_shift))

# A kept connection would outlive the test that opened it.
DATABASES["default"]["CONN_MAX_AGE"] = 0
HEALTH_HOLDS = 0
# Signing in is not what most tests are about; a slow hash would be most of their time.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Every test client would look through all collected files before its first request.
STATIC_ROOT = _folder / "static"
STATIC_ROOT.mkdir(exist_ok=True)
