"""What was, was: past ownership, documents, guidelines, oversight, attestation and figures."""

from django.db import migrations

from kommissorium.core.evidence.freeze_triggers import freeze_rows, freeze_table, refuse_changes

CLOSED = "(SELECT closed_at FROM assets_round WHERE id = OLD.round_id) IS NOT NULL"
ANSWERED = (
    "(SELECT r.closed_at FROM assets_round r JOIN assets_asked a ON a.round_id = r.id"
    " WHERE a.id = OLD.asked_id) IS NOT NULL"
)
DOCUMENT = (
    *("asset_id", "type_id", "source", "label", "url", "file_id", "object_kind", "object_id"),
    *("dated_on", "review_by", "by_register", "added_by_id", "added_at"),
)


class Migration(migrations.Migration):
    dependencies = [("assets", "0001_tables"), ("core", "0002_freeze")]

    operations = [
        freeze_table("assets_oversight", ["id"]),
        freeze_table("assets_completeness", ["id"]),
        freeze_rows("assets_ownership", "OLD.to_date IS NOT NULL", ["id"]),
        refuse_changes("assets_assetdocument", DOCUMENT, "1 = 1"),
        freeze_rows("assets_round", "OLD.closed_at IS NOT NULL", ["id"]),
        freeze_rows("assets_asked", CLOSED, ["id"]),
        freeze_rows("assets_statement", ANSWERED, ["id"]),
    ]
