"""A guideline from its first words to a dispensation that comes back, and the overall policy by way
of the council.

The program runs in this process on a database of its own, so that months can pass.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page
from pypdf import PdfReader

from kommissorium.compliance.history_queries import history_of
from kommissorium.config.tests.journeys.test_board_cycle import WEIGHED, approve_minutes, told_on
from kommissorium.config.tests.journeys.test_quarter import (
    Walk,
    be_there,
    choose,
    clock,  # noqa: F401 a fixture
    plan,
    write_rich,
)
from kommissorium.conftest import Cast
from kommissorium.core.evidence.chain_check import check_database
from kommissorium.measures.answer import find
from kommissorium.measures.codes import Measure
from kommissorium.measures.findings import State
from kommissorium.meetings.models import Meeting
from kommissorium.policies.models import Document, FramePart, Version
from kommissorium.policies.proposal import KIND
from kommissorium.policies.risk_basis import pictures
from kommissorium.policies.tests.cases import FRAME, PDF, decided_above, decision_on
from kommissorium.risks.actions.assessments import begin_assessment
from kommissorium.risks.tests.assessment_cases import add_risk, approve
from kommissorium.rulings.models import Dispensation, Interpretation

pytestmark = pytest.mark.journey
type Clock = Callable[..., None]
TITLE = "Retningslinje for hjemmearbejde"
TEXT = ("### Formål", "Vi passer på borgernes data.", "### Kontrol", "Lederen ser efter.")
REMARK = "Hvem ser efter, når lederen er væk?"
CHANGE = "Lederens stedfortræder ser efter, når lederen er væk."
QUESTION = "Gælder det også i et sommerhus?"
RULING = "Ja, overalt uden for rådhuset."
PLACE = "Tablets i hjemmeplejen"
POLICY = "Informationssikkerhedspolitik"
OVERALL = (
    *("### Formål", "Vi passer på data.", "### Organisation", "Udvalget.", "### Ansvar"),
    *("Ejerne.", "### Kontrol", "Hvert kvartal.", "### Beredskab", "Planerne."),
)
HOLDS = 100  # days that the dispensation holds


def write(walk: Walk, page: Page, lines: tuple[str, ...], because: str = "") -> Version:
    """Write the draft whose editor is open, as a person types, and save it."""
    page.locator("[contenteditable=true]").first.click()
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")
    for line in lines:
        page.keyboard.type(line)
        page.keyboard.press("Enter")
    if because:
        page.fill("[name=change_because]", because)
    walk.submit(page)
    return Version.objects.latest("pk")


def add_document(walk: Walk, page: Page, title: str, level: str, owner: int) -> Document:
    walk.open(page, reverse("policy_new"))
    page.fill("[name=title]", title)
    page.select_option("[name=level]", level)
    page.select_option("[name=owner]", str(owner))
    walk.submit(page)
    return Document.objects.get(title=title)


def begin(walk: Walk, page: Page, document: Document) -> None:
    walk.open(page, document.get_absolute_url())
    path = reverse("policy_version_new", args=[document.pk])
    walk.press(page, f"form[action='{path}'] button.button-primary")


def review(walk: Walk, owner: Page, draft: Version, cast: Cast) -> None:
    """The owner asks an employee, who comments at a heading; the owner answers."""
    walk.open(owner, draft.get_absolute_url())
    walk.press(owner, f"a[href='{reverse('policy_version_ask', args=[draft.pk])}']")
    owner.fill("[name=people]", cast.employee.name)
    owner.fill("[name=ends]", f"{timezone.localdate() + timedelta(days=7):%Y-%m-%d}")
    walk.submit(owner)
    reader = walk.as_("employee")
    walk.press(reader, f"main a[href='{draft.get_absolute_url()}']")
    walk.press(reader, "a[href*='heading=kontrol']")
    assert reader.input_value("[name=heading]") == "kontrol"
    reader.fill("[name=text]", REMARK)
    walk.submit(reader)
    assert REMARK in told_on(reader)
    walk.open(owner, draft.get_absolute_url())
    assert "Besvar kommentarerne (1)" in told_on(owner)
    walk.press(owner, "a[href*='/policies/comments/']")
    owner.fill("[name=answer]", "Det tager udvalget stilling til.")
    walk.submit(owner)


def put_before(walk: Walk, page: Page, slug: str, key: int, meeting: Meeting) -> None:
    walk.open(page, reverse("proposal", args=[slug, key]))
    page.check(f"[name=meeting][value='{meeting.pk}']")
    walk.submit(page)


def hold(walk: Walk, clock_: Clock, meeting: Meeting, cast: Cast, changes: str = "") -> None:
    """Call and hold a meeting: the registers' items are approved, with changes if given."""
    page, path = walk.as_("coordinator"), meeting.get_absolute_url()
    walk.open(page, f"{path}call/")
    walk.submit(page)
    clock_(meeting.starts_at + timedelta(minutes=10))
    page = walk.as_("coordinator")
    be_there(walk, page, path, [cast.chair.name, cast.coordinator.name, cast.member.name])
    for item in meeting.items.filter(type="decision").order_by("number"):
        if item.confirms_minutes and not meeting.committee.meetings.filter(state="approved"):
            continue
        walk.open(page, f"{path}conduct/{item.number}/")
        is_ours = item.subject_kind.startswith(("policies.", "rulings.")) and item.subject_id
        if is_ours and changes:
            write_rich(page, "decision", changes)
        asked = "with_changes" if changes else "approved"
        usual = "approved" if item.confirms_minutes else "noted"
        choose(page, "outcome", asked if is_ours else usual)
        for aspect, choice in WEIGHED if is_ours else ():
            choose(page, aspect, choice)
    walk.open(page, f"{path}end/")
    walk.submit(page)
    approve_minutes(walk, clock_, meeting)


def words_of(page: Page, site: str, path: str) -> str:
    answer = page.request.get(site + path)
    assert answer.ok, path
    return "".join(one.extract_text() for one in PdfReader(io.BytesIO(answer.body())).pages)


def finding(cast: Cast, measure: Measure) -> State:
    history, today = history_of(cast.committee), timezone.localdate()
    clause = next(one for one in history.clauses_on(today) if one.measure == measure)
    return find(clause, history, today).state


def write_the_change(walk: Walk, owner: Page, version: Version, cast: Cast) -> None:
    """The change is in the next draft already: the owner writes it, the chair decides."""
    walk.open(owner, version.get_absolute_url())
    assert CHANGE in told_on(owner)
    draft = version.document.versions.get(state="draft")
    walk.open(owner, reverse("policy_version_edit", args=[draft.pk]))
    assert CHANGE in owner.input_value("[name=change_because]")
    owner.locator("[contenteditable=true]").first.click()
    owner.keyboard.press("Control+End")
    owner.keyboard.type(f" {CHANGE}")
    walk.submit(owner)
    walk.open(owner, reverse("policy_compare", args=[draft.pk, version.pk]))
    assert CHANGE in told_on(owner)
    KIND.propose(draft, cast.committee, by=cast.coordinator)
    KIND.approve(draft, decision_on(cast, draft), by=cast.chair)


def confirm_reading(walk: Walk, document: Document) -> None:
    """The coordinator names its readers; an employee finds it, reads it and confirms."""
    page = walk.as_("coordinator")
    walk.open(page, reverse("policy_audience", args=[document.pk]))
    page.check("[name=groups][value=everybody]")
    walk.submit(page)
    reader = walk.as_("employee")
    walk.press(reader, f"main a[href='{document.get_absolute_url()}']")
    walk.press(reader, "form.read-confirm button")
    assert "Du har læst det" in told_on(reader)
    walk.open(page, reverse("policy_readers", args=[document.pk]))


def ask_of_the_rule(walk: Walk, document: Document) -> tuple[Interpretation, Dispensation]:
    """An employee asks what a rule means, and for a dispensation from it somewhere."""
    reader = walk.as_("employee")
    walk.open(reader, f"{reverse('interpretation_new', args=[document.pk])}?heading=kontrol")
    reader.fill("[name=question]", QUESTION)
    walk.submit(reader)
    walk.open(reader, f"{reverse('dispensation_new', args=[document.pk])}?heading=kontrol")
    reader.fill("[name=place]", PLACE)
    reader.fill("[name=reason]", "Flere deles om dem på en vagt.")
    reader.fill("[name=measure]", "De låses efter to minutter.")
    last = timezone.localdate() + timedelta(days=HOLDS)
    reader.fill("[name=last_day]", f"{last:%Y-%m-%d}")
    walk.submit(reader)
    asked, spared = Interpretation.objects.get(), Dispensation.objects.get()
    page = walk.as_("coordinator")
    walk.open(page, asked.get_absolute_url())
    walk.press(page, f"a[href='{reverse('proposal_change', args=['interpretation', asked.pk])}']")
    page.fill("[name=ruling]", RULING)
    walk.submit(page)
    return asked, spared


def test_a_guideline_from_draft_to_a_dispensation_that_comes_back(
    committing: Cast,
    clock: Clock,  # noqa: F811
    live_server,
    new_page,
):
    cast, walk = committing, Walk(live_server.url, new_page)
    work = walk.as_("coordinator")
    meetings = [
        Meeting.objects.get(pk=int(plan(walk, work, cast.committee.pk, days).split("/")[2]))
        for days in (20, 60, 150, 200)
    ]
    document = add_document(walk, work, TITLE, "guideline", cast.member.pk)
    owner = walk.as_("member")
    begin(walk, owner, document)
    draft = write(walk, owner, TEXT)
    review(walk, owner, draft, cast)
    put_before(walk, work, "policy", draft.pk, meetings[0])
    hold(walk, clock, meetings[0], cast, changes=CHANGE)
    draft.refresh_from_db()
    assert draft.in_force_from == timezone.localdate()
    owner = walk.as_("member")
    file = reverse("proposal_file", args=["policy", draft.pk])
    assert CHANGE in words_of(owner, walk.site, file)
    write_the_change(walk, owner, draft, cast)
    confirm_reading(walk, document)
    asked, spared = ask_of_the_rule(walk, document)
    work = walk.as_("coordinator")
    put_before(walk, work, "interpretation", asked.pk, meetings[1])
    put_before(walk, work, "dispensation", spared.pk, meetings[1])
    hold(walk, clock, meetings[1], cast)
    reader = walk.as_("employee")
    walk.open(reader, document.get_absolute_url())
    assert RULING in told_on(reader)
    comes_back(walk, clock, spared, meetings, cast)
    assert walk.faults == [], "\n".join(walk.faults)
    assert check_database().faults == []


def comes_back(
    walk: Walk,
    clock_: Clock,
    spared: Dispensation,
    meetings: list[Meeting],
    cast: Cast,
) -> None:
    """It is on the next agenda before it runs out, turns T4 red, and is ended."""
    spared.refresh_from_db()
    item = meetings[2].items.get(subject_kind="rulings.expiring")
    page = walk.as_("member")
    walk.open(page, item.get_absolute_url())
    walk.press(page, "main a:has-text('Registrene nu')")
    assert PLACE in told_on(page)
    assert finding(cast, Measure.UNDERLYING_POLICIES) == State.FULFILLED
    at = timezone.localtime() + timedelta(days=(spared.last_day - timezone.localdate()).days + 1)
    clock_(at)
    assert finding(cast, Measure.UNDERLYING_POLICIES) == State.NOT_FULFILLED
    reader = walk.as_("employee")
    walk.open(reader, spared.get_absolute_url())
    walk.press(reader, f"a[href='{reverse('dispensation_end', args=[spared.pk])}']")
    reader.fill("[name=because]", "De har fået hver sin tablet.")
    walk.submit(reader)
    assert finding(cast, Measure.UNDERLYING_POLICIES) == State.FULFILLED


def approve_picture(cast: Cast) -> None:
    """Let the chair approve a picture of the risks of the whole organisation."""
    draft = begin_assessment(by=cast.coordinator, scope="organisation")
    add_risk(draft, cast, owner=cast.executive.pk)
    approve(cast, draft)


def note_upper(walk: Walk, page: Page, version: Version, tmp_path: Path) -> None:
    """The coordinator notes the council's decision."""
    file = tmp_path / "byraad.pdf"
    file.write_bytes(PDF)
    walk.open(page, version.get_absolute_url())
    walk.press(page, f"a[href='{reverse('policy_version_upper', args=[version.pk])}']")
    page.select_option("[name=is_approved]", "1")
    page.fill("[name=decided_on]", f"{timezone.localdate():%Y-%m-%d}")
    page.fill("[name=case_number]", "2026-88")
    page.set_input_files("[name=file]", str(file))
    walk.submit(page)


def test_the_overall_policy_goes_to_the_council_and_follows_the_risks(
    committing: Cast,
    clock: Clock,  # noqa: F811
    live_server,
    new_page,
    tmp_path: Path,
):
    cast, walk = committing, Walk(live_server.url, new_page)
    approve_picture(cast)
    work = walk.as_("coordinator")
    path = plan(walk, work, cast.committee.pk, 20)
    meeting = Meeting.objects.get(pk=int(path.split("/")[2]))
    document = add_document(walk, work, POLICY, "overall", cast.coordinator.pk)
    begin(walk, work, document)
    draft = write(walk, work, OVERALL)
    walk.open(work, reverse("policy_version_edit", args=[draft.pk]))
    for part in FramePart:
        work.select_option(f"[name={part.value}]", FRAME[part])
    walk.submit(work)
    put_before(walk, work, "policy", draft.pk, meeting)
    hold(walk, clock, meeting, cast)
    draft.refresh_from_db()
    assert draft.is_recommended and finding(cast, Measure.POLICY_REVISION) == State.NOT_FULFILLED
    work = walk.as_("coordinator")
    walk.open(work, reverse("overview"))
    assert POLICY in told_on(work)
    note_upper(walk, work, draft, tmp_path)
    draft.refresh_from_db()
    assert draft.in_force_from and "2026-88" in told_on(work)
    assert finding(cast, Measure.POLICY_REVISION) == State.FULFILLED
    follows_the_risks(walk, clock, document, cast)
    assert walk.faults == [], "\n".join(walk.faults)
    assert check_database().faults == []


def follows_the_risks(walk: Walk, clock_: Clock, document: Document, cast: Cast) -> None:
    """A newer picture turns T3 amber, three months later red, and a revision unchanged green."""
    clock_(timezone.localtime() + timedelta(days=30))
    approve_picture(cast)
    assert finding(cast, Measure.POLICY_REVISION) == State.DUE_SOON
    clock_(timezone.localtime() + timedelta(days=100))
    assert finding(cast, Measure.POLICY_REVISION) == State.NOT_FULFILLED
    page = walk.as_("coordinator")
    walk.open(page, document.get_absolute_url())
    walk.press(page, "form:has(input[name=change][value=none]) button")
    assert page.input_value("[name=change]") == "none"
    page.fill("[name=change_because]", "Det nye risikobillede ændrer ikke rammen.")
    walk.submit(page)
    version = document.versions.get(state="draft")
    assert version.risk_picture_id == pictures()[0].record.pk
    KIND.propose(version, cast.committee, by=cast.coordinator)
    KIND.approve(version, decision_on(cast, version), by=cast.chair)
    assert finding(cast, Measure.POLICY_REVISION) == State.NOT_FULFILLED, "the council is missing"
    decided_above(cast, version)
    assert finding(cast, Measure.POLICY_REVISION) == State.FULFILLED
