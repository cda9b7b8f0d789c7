"""The log of readings moves to that of all rooms."""

from django.db import migrations

MOVE = """
INSERT INTO accounts_reading (person_id, at, what, object_kind, object_id, path)
SELECT person_id, at, CASE what WHEN 'audit' THEN 'page' ELSE what END,
       'audits.audit', CAST(audit_id AS text), ''
FROM audits_auditreading
"""


class Migration(migrations.Migration):
    dependencies = [("audits", "0003_closure_files"), ("accounts", "0006_readings")]

    operations = [
        migrations.RunSQL(MOVE, migrations.RunSQL.noop),
        migrations.DeleteModel(name="AuditReading"),
    ]
