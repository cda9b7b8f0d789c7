"""A register whose numbers depend on some rooms alone names each of them."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kommissorium.registers.installed import registers


@pytest.mark.parametrize("register", [one for one in registers() if one.counts.rooms])
def test_what_is_asked_of_a_room_is_counted_again_when_something_is_done_there(cast, register):
    rooms = {model._meta.db_table: model._meta.app_label for model in apps.get_models()}
    with CaptureQueriesContext(connection) as asked:
        register.counts.on(timezone.localdate())
    sql = " ".join(query["sql"] for query in asked)
    assert {room for table, room in rooms.items() if f'"{table}"' in sql} <= {
        *register.counts.rooms
    }
