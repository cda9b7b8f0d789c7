"""A status that was approved never changes, and its parts do not either."""

from django.db import migrations

from kommissorium.core.evidence.freeze_triggers import freeze_rows, refuse_new_rows

OF_STATUS = "(SELECT state FROM reports_quarterlystatus WHERE id = {row}.status_id) = 'approved'"
OLD, NEW = OF_STATUS.format(row="OLD"), OF_STATUS.format(row="NEW")


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_tables"), ("core", "0002_freeze")]

    operations = [
        freeze_rows("reports_quarterlystatus", "OLD.state = 'approved'"),
        freeze_rows("reports_keptpart", OLD),
        refuse_new_rows("reports_keptpart", NEW, parent="status_id"),
    ]
