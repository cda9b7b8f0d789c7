"""The demonstration as its user builds it, for the tests of this room to read."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from kommissorium.config.tests.demonstration import Demonstration, built
from kommissorium.config.tests.templates import Template, connected_to
from kommissorium.conftest import standing
from kommissorium.demo.tests.stories import FIFTEEN_MONTHS, THREE_YEARS


@pytest.fixture(scope="module", params=[THREE_YEARS, FIFTEEN_MONTHS])
def havneby(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[Demonstration]:
    """Let the models of this process read the rows and files of each existing demonstration.

    Meanwhile the clock stands where it stood when the story ended: midnight may have passed since.
    What only the longer story holds is asked of it alone: see `stories`. The database of the
    other tests is not needed here, and may not have been made yet.
    """
    demonstration = built(tmp_path_factory, os.environ.get("DATABASE_URL"), request.param)
    read = Template(demonstration.database, str(demonstration.data / "files"))
    with connected_to(read), django_db_blocker.unblock(), standing(demonstration.built_at):
        yield demonstration
