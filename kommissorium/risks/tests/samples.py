"""Risks: what the system owner of the cast owns, and what is none of their business."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.utils import timezone

from kommissorium.accounts.models import Person
from kommissorium.assets.models import Asset
from kommissorium.conftest import Cast
from kommissorium.core.tests.samples import Samples, foreign
from kommissorium.registers.actions.imports import hand_in, take_in
from kommissorium.registers.importing.kinds import plan_of
from kommissorium.risks.actions.acceptances import propose_acceptance
from kommissorium.risks.actions.approving import propose_assessment
from kommissorium.risks.actions.assessments import begin_assessment, change_assessment
from kommissorium.risks.actions.levels import draft_level, propose_level
from kommissorium.risks.actions.plans import add_action, say_impossible
from kommissorium.risks.actions.scenarios import add_threats
from kommissorium.risks.actions.threats import retire_threat
from kommissorium.risks.models import Acceptance, Assessment, RiskLevel, Scale, Scenario, Threat
from kommissorium.risks.tests.acceptance_cases import accept
from kommissorium.risks.tests.assessment_cases import WEIGHING, add_risk, approve
from kommissorium.risks.tests.standing_cases import level as level_in_force

OF_DRAFT = (
    "assessment assessment_history assessment_compare assessment_document assessment_change "
    "assessment_copy assessment_drop assessment_reopen assessment_scale assessment_threats "
    "assessment_scenarios"
)
OF_RISK = "risk risk_change risk_remove"
OF_ACTION = "plan_action_change plan_action_impossible"
OF_ACCEPTANCE = "acceptance acceptance_file acceptance_withdraw acceptance_replace"
OF_IMPORT = (
    "import_page import_columns import_take_in import_progress import_drop import_undo import_file"
)
OF_LEVEL = "risk_level risk_level_file risk_level_change risk_level_drop"


def add(samples: Samples, cast: Cast) -> None:
    """Name the rules, and of each asset of the samples an assessment with all that follows.

    Each text about the asset of others holds FOREIGN. What the system owner has: a draft, and
    one in force. What the others have: one in force, and one before the committee.
    """
    own, other = (Asset.objects.get(**samples.arguments(f"asset{one}")) for one in ("", "/foreign"))
    _rules(samples, cast)
    _levels(samples, cast)
    for variant, asset, who in (("", own, cast.system_owner), ("/foreign", other, cast.deputy)):
        risks = _in_force(cast, asset, who, variant)
        _name(samples, risks[0].assessment, risks, variant or "/own")
        _treatment(samples, cast, risks, who, variant)
    _draft(samples, cast, own)
    _proposed(samples, cast, other)
    _imports(samples, cast)


def _rules(samples: Samples, cast: Cast) -> None:
    scale = Scale.objects.get(family="standard")  # comes along, and is not in use
    samples.add("scale scale_change scale_use", pk=scale.pk)
    threat, gone = (Threat.objects.get(code=code) for code in ("fire", "water"))
    retire_threat(gone, by=cast.coordinator)
    samples.add("threat_change threat_retire", pk=threat.pk)
    samples.add("threat_restore", pk=gone.pk)


def _levels(samples: Samples, cast: Cast) -> None:
    """Name a level that only coordinators see yet, and one before the committee.

    One is in force, and the risks of the samples lie above it.
    """
    level_in_force(cast, 4)
    level = _level(cast, "", foreign("niveau"))
    proposed = _level(cast, "cyber", "Vi lever med det lave.")
    propose_level(proposed, committee=cast.committee, by=cast.coordinator)
    samples.add(OF_LEVEL, pk=level.pk)
    samples.add("risk_level/proposed risk_level_file/proposed", pk=proposed.pk)
    samples.add("risk_level_reopen", pk=proposed.pk)
    samples.add("proposal/level", slug="level", pk=proposed.pk)


def _level(cast: Cast, group: str, statement: str) -> RiskLevel:
    scale = Scale.in_use()
    assert scale
    steps = range(1, scale.size + 1)
    return draft_level(
        by=cast.coordinator,
        scale=scale,
        year=timezone.localdate().year,
        group=group,
        statement=statement,
        cells=[[c + likely <= scale.size for likely in steps] for c in steps],
    )


def _in_force(cast: Cast, asset: Asset, owner: Person, variant: str) -> list[Scenario]:
    """Approve an assessment of three risks of the owner's; return the risks."""
    draft = _begun(cast, asset, _word("Vurdering", variant))
    for name in ("Ransomware", "Strømsvigt", "Tyveri"):
        _risk(draft, cast, owner, _word(name, variant))
    approve(cast, draft)
    rows = draft.scenarios.select_related("assessment__scale", "owner").order_by("pk")
    return list(rows)


def _begun(cast: Cast, asset: Asset, title: str) -> Assessment:
    draft = begin_assessment(by=cast.coordinator, scope="asset", assets=[asset], title=title)
    words = {"summary": title, "others": title}
    change_assessment(draft, by=cast.coordinator, edit_version=1, values=words)
    return draft


def _risk(draft: Assessment, cast: Cast, owner: Person, word: str) -> Scenario:
    texts = dict.fromkeys(("description", "measures", "treatment_note"), word)
    return add_risk(draft, cast, word, owner=owner.pk, **texts)


def _treatment(
    samples: Samples, cast: Cast, risks: Sequence[Scenario], owner: Person, variant: str
) -> None:
    """Name an action that can be done and one that cannot, a given acceptance and one asked for.

    Nobody accepts the last of the three risks.
    """
    first, second, _open = risks
    word = _word("Udgået", variant)
    due = timezone.localdate() + timedelta(days=30)
    # The system owner's plan has actions of others, those of others are the owner's.
    doer = owner if variant else cast.coordinator
    action, stuck = (
        add_action(first, by=cast.coordinator, title=word, owner=doer, due=due)
        for _time in range(2)
    )
    say_impossible(stuck, by=cast.coordinator, because=word)
    given, asked = (_acceptance(cast, one, word, "chair") for one in (first, second))
    accept(given, by=cast.chair)
    samples.add(f"plan_action_new{variant}", pk=first.pk)
    for name in OF_ACTION.split():
        samples.add(f"{name}{variant}", pk=action.pk)
    samples.add(f"plan_action_possible{variant}", pk=stuck.pk)
    for name in OF_ACCEPTANCE.split():
        samples.add(f"{name}{variant}", pk=given.pk)
    samples.add(f"acceptance_answer{variant}", pk=asked.pk)
    given.refresh_from_db()
    if given.record_id:
        _record(samples, f"acceptance{variant}", given.record_id)


def _acceptance(cast: Cast, risk: Scenario, word: str, capacity: str) -> Acceptance:
    today = timezone.localdate()
    return propose_acceptance(
        [risk],
        by=cast.coordinator,
        reason=word,
        conditions=word,
        amount=250_000,
        measure_cost=900_000,
        longer_because="Afløseren er på vej.",
        budget_year=today.year,
        expires_on=today + timedelta(days=180),
        capacity=capacity,
        weighing=WEIGHING,
    )


def _draft(samples: Samples, cast: Cast, own: Asset) -> None:
    draft = _begun(cast, own, "Kladde")
    rows = add_threats(draft, list(Threat.objects.in_use()[:2]), by=cast.coordinator)
    _name(samples, draft, rows, "")


def _proposed(samples: Samples, cast: Cast, other: Asset) -> None:
    """Name an assessment before the committee, and the acceptance that goes there with it."""
    draft = _begun(cast, other, foreign("forslag"))
    row = _risk(draft, cast, cast.deputy, foreign("risiko"))
    propose_assessment(draft, committee=cast.committee, by=cast.coordinator)
    _name(samples, draft, [row, row], "/proposed")
    samples.add("proposal/assessment", slug="assessment", pk=draft.pk)
    asked = _acceptance(cast, row, foreign("accept"), "committee")
    samples.add("acceptance/proposed", pk=asked.pk)
    samples.add("proposal/acceptance", slug="acceptance", pk=asked.pk)


def _name(samples: Samples, found: Assessment, rows: Sequence[Scenario], variant: str) -> None:
    for name in OF_DRAFT.split():
        samples.add(f"{name}{variant}", pk=found.pk)
    for name in OF_RISK.split():
        samples.add(f"{name}{variant}", pk=rows[0].pk)
    samples.add(f"risk_move{variant}", pk=rows[1].pk, way="up")
    if found.record_id:
        _record(samples, f"assessment{variant}", found.record_id)


def _record(samples: Samples, variant: str, key: int) -> None:
    samples.add(f"record/{variant}", pk=key)
    samples.add(f"record_file/{variant}", pk=key, form="pdf")


def _imports(samples: Samples, cast: Cast) -> None:
    """Name an import that waits, and one that is taken in as a draft about everything."""
    for variant in ("/risks", "/risks/done"):
        sheet = f"Risiko;Sandsynlighed;Konsekvens;Beskrivelse\r\n{foreign('r')};2;2;{foreign('c')}"
        run = hand_in("risks", sheet.encode(), f"{foreign('ark')}.csv", by=cast.coordinator)
        for name in OF_IMPORT.split():
            samples.add(f"{name}{variant}", kind="risks", pk=run.pk)
    samples.add("imports/risks import_new/risks", kind="risks")
    samples.add("import_template/risks", kind="risks", template="risks")
    take_in(run, by=cast.coordinator, mark=plan_of(run).mark)


def _word(what: str, variant: str) -> str:
    return foreign(what.lower()) if variant else what
