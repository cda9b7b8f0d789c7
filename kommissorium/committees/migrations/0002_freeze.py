"""An approved mandate and its clauses never change, and it gets no further clause."""

from django.db import migrations

from kommissorium.core.evidence.freeze_triggers import freeze_rows, refuse_new_rows

APPROVED = "(SELECT approved_at FROM committees_mandate WHERE id = {row}.mandate_id) IS NOT NULL"


class Migration(migrations.Migration):
    dependencies = [("committees", "0001_tables"), ("core", "0002_freeze")]

    operations = [
        freeze_rows("committees_mandate", "OLD.approved_at IS NOT NULL", ["id"]),
        freeze_rows("committees_clause", APPROVED.format(row="OLD"), ["id"]),
        refuse_new_rows("committees_clause", APPROVED.format(row="NEW")),
    ]
