"""What was approved or accepted never changes; what ended only says when and why."""

from django.db import migrations

from kommissorium.core.evidence.freeze_triggers import (
    freeze_rows,
    freeze_table,
    refuse_changes,
    refuse_new_rows,
)

SCALE = (
    *("family", "version", "name", "size", "likelihoods", "consequences", "bands", "cells"),
    *("made_by_id", "made_at"),
)
ASSESSMENT = (
    *("scope", "title", "area_id", "process", "scale_id", "with_society", "assessed_on"),
    *("assessor_id", "others", "summary", "state", "previous_id", "committee_id"),
    *("proposed_by_id", "proposed_at", "decision_id", "record_id", "in_force_from"),
    *("created_by_id", "created_at"),
)
SCENARIO = (
    *("assessment_id", "lineage", "position", "threat_id", "group", "title", "description"),
    *("measures", "likelihood", "confidentiality_person", "integrity_person"),
    *("availability_person", "confidentiality_organisation", "integrity_organisation"),
    *("availability_organisation", "society", "authenticity", "consequence", "rank"),
    *("treatment", "treatment_note", "residual_likelihood", "residual_consequence"),
    *("residual_rank", "owner_id"),
)
ACCEPTANCE = (
    *("reason", "amount", "loss", "measure_cost", "budget_year", "conditions", "expires_on"),
    *("longer_because", "capacity", "state"),
    *("proposed_by_id", "proposed_at", "accepted_by_id", "accepted_at", "decision_id"),
    *("record_id", "replaces_id"),
)
LEVEL = (
    *("year", "group", "scale_id", "statement", "cells", "state", "committee_id"),
    *("proposed_by_id", "proposed_at", "decision_id", "record_id", "in_force_from"),
    *("made_by_id", "made_at"),
)
OF_ASSESSMENT = "(SELECT state FROM risks_assessment WHERE id = {row}.assessment_id) = 'approved'"
OLD, NEW = OF_ASSESSMENT.format(row="OLD"), OF_ASSESSMENT.format(row="NEW")


class Migration(migrations.Migration):
    dependencies = [("risks", "0001_tables"), ("core", "0002_freeze")]

    operations = [
        refuse_changes("risks_scale", [f'"{name}"' for name in SCALE], "1 = 1"),
        refuse_changes("risks_assessment", ASSESSMENT, "OLD.state = 'approved'"),
        refuse_changes("risks_scenario", [f'"{name}"' for name in SCENARIO], OLD),
        refuse_new_rows("risks_scenario", NEW, parent="assessment_id"),
        freeze_rows("risks_assessment_assets", OLD, ["id", ("assessment_id", "asset_id")]),
        refuse_new_rows("risks_assessment_assets", NEW),
        freeze_rows("risks_assessment_participants", OLD, ["id"]),
        refuse_new_rows("risks_assessment_participants", NEW),
        refuse_changes("risks_acceptance", ACCEPTANCE, "OLD.state = 'accepted'"),
        freeze_rows("risks_acceptance", "OLD.ended_at IS NOT NULL", ["id"]),
        freeze_table("risks_acceptedrisk", ["id"]),
        refuse_new_rows(
            "risks_acceptedrisk",
            "(SELECT state FROM risks_acceptance WHERE id = NEW.acceptance_id) <> 'proposed'",
        ),
        refuse_changes(
            "risks_risklevel", [f'"{name}"' for name in LEVEL], "OLD.state = 'approved'"
        ),
    ]
