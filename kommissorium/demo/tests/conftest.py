"""The demonstration as its user builds it, for the tests of this room to read."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import connection
from pytest_django import DjangoDbBlocker

from kommissorium.config.tests.demonstration import Demonstration, built


@pytest.fixture(scope="module", params=[3, 1], ids=["three years", "fifteen months"])
def havneby(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[Demonstration]:
    """Let the models of this process read the rows and files of each demonstration there is.

    What only the longer story holds is asked of it alone: see `stories`. The database of the
    other tests is not needed here, and may not have been made yet.
    """
    demonstration = built(tmp_path_factory, os.environ.get("DATABASE_URL"), request.param)
    original, files = connection.settings_dict["NAME"], settings.FILES_DIR
    connection.close()
    connection.settings_dict["NAME"] = demonstration.database
    settings.FILES_DIR = demonstration.data / "files"
    try:
        with django_db_blocker.unblock():
            yield demonstration
            connection.close()
    finally:
        connection.settings_dict["NAME"], settings.FILES_DIR = original, files
