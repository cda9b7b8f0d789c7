"""Each sealed table says who reads its rows in an export, and why others do not."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.db.models import ForeignKey
from django.utils.translation import override

from kommissorium.conftest import Cast
from kommissorium.core.evidence.row_readers import Itself, Under
from kommissorium.core.evidence.sealed_tables import sealed_tables
from kommissorium.core.files.models import StoredFile
from kommissorium.secretariat.evidence_rows import ground_of, readable, rule_of
from kommissorium.secretariat.evidence_versions import former_of
from kommissorium.secretariat.searching import kinds

TABLES = sealed_tables()
UNDER = [name for name, one in TABLES.items() if isinstance(rule_of(one.model), Under)]


def says_itself(model: Any) -> bool:
    has_readers = hasattr(model._default_manager.all(), "visible_to")
    label = model._meta.label_lower
    return has_readers or label in kinds() or model is StoredFile


def test_every_sealed_table_says_once_who_reads_its_rows() -> None:
    for name, table in TABLES.items():
        rule = rule_of(table.model)
        is_told = rule is not None and not isinstance(rule, Itself)
        assert is_told is not says_itself(table.model), name


def test_a_room_names_no_table_that_is_not_sealed() -> None:
    for config in apps.get_app_configs():
        for name in {**getattr(config, "readers", {}), **getattr(config, "formers", {})}:
            assert config.get_model(name)._meta.db_table in TABLES, name


def test_what_rows_held_before_is_under_rows_of_which_that_is_read_too() -> None:
    for config in apps.get_app_configs():
        for name, former in getattr(config, "formers", {}).items():
            model = config.get_model(name)
            assert not hasattr(model, "PAST"), "its pages say it"
            assert all(model._meta.get_field(one) for one in former.closed)
            if former.under:
                owner = model._meta.get_field(former.under).related_model
                assert former_of(owner) is not None, name


@pytest.mark.parametrize("table", UNDER)
def test_rows_belong_to_rows_that_lead_to_readers(table: str) -> None:
    rule = rule_of(TABLES[table].model)
    assert isinstance(rule, Under)
    for name in rule.parents:
        field = TABLES[table].model._meta.get_field(name)
        assert isinstance(field, ForeignKey)
        assert not field.null


@pytest.mark.django_db
def test_an_employee_is_shown_no_more_than_a_coordinator(cast: Cast) -> None:
    for name in UNDER:
        model = TABLES[name].model
        seen = readable(model, cast.coordinator).values("pk")
        assert not readable(model, cast.employee).exclude(pk__in=seen).exists()


def test_each_ground_is_said_in_both_languages() -> None:
    for table in TABLES.values():
        told = set()
        for language in ("da", "en"):
            with override(language):
                told.add(str(ground_of(table.model)))
        assert len(told) == 2, table.name
