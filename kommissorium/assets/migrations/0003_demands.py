"""The kinds of documents that come along, and for which assets they are demanded at first."""

from __future__ import annotations

from typing import Any

from django.db import migrations

MONTHS = {
    "access": 12,
    "operations": 24,
    "backup": 12,
    "logging": 24,
    "deletion": 24,
    "contingency": 12,
    "agreement": 0,
    "risk": 12,
    "dpia": 36,
    "keys": 12,
    "protection": 24,
}
# Kind of document, kind of asset, criticality ("": every one), which data.
MATRIX = (
    ("access", "system", "", "any"),
    ("operations", "system", "", "any"),
    ("backup", "system", "", "any"),
    ("logging", "system", "", "personal"),
    ("logging", "system", "business", "any"),
    ("logging", "system", "society", "any"),
    ("deletion", "system", "", "personal"),
    ("contingency", "system", "business", "any"),
    ("contingency", "system", "society", "any"),
    ("agreement", "system", "", "personal"),
    ("risk", "system", "", "sensitive"),
    ("risk", "system", "business", "any"),
    ("risk", "system", "society", "any"),
    ("dpia", "system", "", "sensitive"),
    ("access", "data_set", "", "any"),
    ("deletion", "data_set", "", "personal"),
    ("risk", "data_set", "", "sensitive"),
    ("risk", "data_set", "business", "any"),
    ("risk", "data_set", "society", "any"),
    ("dpia", "data_set", "", "sensitive"),
    ("keys", "archive", "", "any"),
    ("protection", "archive", "", "any"),
    ("deletion", "archive", "", "personal"),
    ("risk", "archive", "business", "any"),
    ("risk", "archive", "society", "any"),
)


def seed(apps: Any, _editor: Any) -> None:
    types, demands = apps.get_model("assets", "DocumentType"), apps.get_model("assets", "Demand")
    made = {
        code: types.objects.create(code=code, review_months=months, position=10 * number)
        for number, (code, months) in enumerate(MONTHS.items(), start=1)
    }
    demands.objects.bulk_create(
        demands(type=made[code], kind=kind, criticality=criticality, data=data)
        for code, kind, criticality, data in MATRIX
    )


class Migration(migrations.Migration):
    dependencies = [("assets", "0002_freeze")]

    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
