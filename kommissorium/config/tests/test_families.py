"""The table of the families names modules that are there, and each that has a long form has one."""

from __future__ import annotations

import re

from kommissorium.config.tests.families import NONE, families

LONGER = re.compile(r"^from kommissorium.core.tests.deep import .*(?:rounds|LONG)", re.MULTILINE)

OF_ITS_OWN_LENGTH = {15, 16, 17}  # whose length is not given by `rounds`


def test_the_seventeen_families_stand_in_the_table() -> None:
    assert [one.number for one in families()] == list(range(1, 18))
    assert all(one.promise and one.modules and one.short and one.long for one in families())


def test_every_module_is_there() -> None:
    named = [path for one in families() for path in one.modules]
    assert [path for path in named if not path.is_file()] == []
    assert len(named) == len({*named})


def test_a_long_form_is_written_where_the_table_names_one() -> None:
    for one in families():
        text = "".join(path.read_text("utf-8") for path in one.modules)
        if one.number not in OF_ITS_OWN_LENGTH:
            assert (one.long != NONE) == bool(LONGER.search(text)), one.number
