"""The threats that come along: code and kinds of asset by group. Their words: models/built_in."""

from __future__ import annotations

from typing import Any

from django.db import migrations

ALL, SYSTEM, ARCHIVE, DATA, ENTRY = "", "system", "archive", "system,data_set", "system,archive"
THREATS = {
    "cyber": (
        ("phishing", SYSTEM),
        ("ransomware", DATA),
        ("data_theft", DATA),
        ("admin_takeover", SYSTEM),
        ("known_hole", SYSTEM),
        ("flooding", SYSTEM),
        ("self_service", SYSTEM),
        ("payment_fraud", ALL),
    ),
    "people": (
        ("wrong_recipient", ALL),
        ("published", ALL),
        ("snooping", ENTRY),
        ("insider", DATA),
        ("wrong_entry", DATA),
        ("deleted", DATA),
        ("left_behind", ALL),
        ("own_tools", DATA),
    ),
    "measures": (
        ("kept_access", ENTRY),
        ("wide_access", DATA),
        ("weak_login", SYSTEM),
        ("backup", DATA),
        ("no_log", SYSTEM),
        ("no_encryption", DATA),
        ("kept_too_long", ALL),
    ),
    "supplier": (
        ("supplier_attack", DATA),
        ("supplier_stops", SYSTEM),
        ("sub_processor", DATA),
        ("remote_access", SYSTEM),
        ("no_way_out", DATA),
        ("bad_update", SYSTEM),
    ),
    "system": (
        ("breakdown", DATA),
        ("wrong_result", SYSTEM),
        ("interfaces", DATA),
        ("mixed_data", DATA),
        ("end_of_life", SYSTEM),
        ("failed_change", DATA),
    ),
    "physical": (
        ("fire", ALL),
        ("water", ALL),
        ("power", SYSTEM),
        ("burglary", ALL),
        ("visitors", ENTRY),
        ("archive_decay", ARCHIVE),
    ),
    "operations": (
        ("key_person", ALL),
        ("absence", ALL),
        ("nobody_answers", ALL),
        ("unpractised", ALL),
        ("unlawful", ALL),
    ),
    "network": (
        ("connection", SYSTEM),
        ("unsafe_place", DATA),
        ("old_client", SYSTEM),
        ("unknown_device", SYSTEM),
        ("things", SYSTEM),
    ),
}
STEP = 10  # between the positions of two threats


def seed(apps: Any, _editor: Any) -> None:
    threats = apps.get_model("risks", "Threat")
    threats.objects.bulk_create(
        threats(
            code=code,
            group=group,
            kinds=f",{kinds}," if kinds else "",
            position=STEP * number,
        )
        for group, rows in THREATS.items()
        for number, (code, kinds) in enumerate(rows, start=1)
    )


class Migration(migrations.Migration):
    dependencies = [("risks", "0002_freeze")]

    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
