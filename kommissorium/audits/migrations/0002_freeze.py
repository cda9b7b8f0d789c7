"""What was approved, found, drawn or reported never changes; nor what the auditor has judged."""

from django.db import migrations

from kommissorium.core.evidence.freeze_triggers import freeze_table, refuse_changes
from kommissorium.registers.models.activities import freeze_activities

TABLES = ("audits_auditplan", "audits_audit", "audits_auditfinding")
OWN = ("area_id", "clauses", "controls")
EVALUATION = (
    *("audit_id", "judgement", "effort", "state", "committee_id", "proposed_by_id"),
    *("proposed_at", "decision_id", "record_id", "in_force_from", "made_by_id", "made_at"),
)
CLOSURE = ("finding_id", "evidence", "made_by_id", "made_at")
VERDICT = ("verdict", "judged_by_id", "judged_at", "because")
CHECK = ("audit_id", "text", "outcome", "note")
REPORTED = "EXISTS (SELECT 1 FROM audits_auditreport WHERE audit_id = OLD.audit_id)"


class Migration(migrations.Migration):
    dependencies = [("audits", "0001_tables"), ("core", "0002_freeze")]

    operations = [
        *freeze_activities(*TABLES, OWN),
        refuse_changes("audits_auditevaluation", EVALUATION, "OLD.state = 'approved'"),
        refuse_changes("audits_closure", CLOSURE, "1 = 1"),
        refuse_changes("audits_closure", VERDICT, "OLD.verdict <> 'asked'", name="judged"),
        refuse_changes("audits_checkline", CHECK, REPORTED),
        freeze_table("audits_answer", ["id"]),
        freeze_table("audits_sample", ["id"]),
        freeze_table("audits_auditreport", ["id"]),
    ]
