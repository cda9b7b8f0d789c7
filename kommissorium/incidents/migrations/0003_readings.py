"""The log of readings moves to that of all rooms."""

from django.db import migrations

MOVE = """
INSERT INTO accounts_reading (person_id, at, what, object_kind, object_id, path)
SELECT person_id, at, CASE what WHEN 'case' THEN 'page' ELSE what END,
       'incidents.incident', CAST(incident_id AS text), ''
FROM incidents_reading
"""


class Migration(migrations.Migration):
    dependencies = [("incidents", "0002_freeze"), ("accounts", "0006_readings")]

    operations = [
        migrations.RunSQL(MOVE, migrations.RunSQL.noop),
        migrations.DeleteModel(name="Reading"),
    ]
