"""The next agenda as it is drafted: every figure in it is counted anew from the rows."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone, translation

from kommissorium.core.richtext import plain_text
from kommissorium.demo.tests.raw_registers import Registers
from kommissorium.demo.tests.raw_risks import Risks
from kommissorium.meetings.models import AgendaItem, ItemDraft, Meeting
from kommissorium.registers.agenda import AgendaContext
from kommissorium.registers.installed import registers
from kommissorium.secretariat.agenda_drafts import OWN, drafts_of
from kommissorium.tasks.models import Task
from kommissorium.tasks.quarters import next_quarter, quarter_of
from kommissorium.yearwheel.models import Occurrence

pytestmark = pytest.mark.usefixtures("havneby")
ONGOING = "agenda_ongoing"


def coming() -> Meeting:
    found = Meeting.objects.coming().filter(state="planned", items__draft__isnull=False).first()
    assert found
    return found


def told(code: str) -> str:
    """Return a register's whole text in Danish."""
    register = next(one for one in registers() if one.code == code)
    drafter = register.agenda[ONGOING].draft
    assert drafter is not None
    with translation.override("da"):
        draft = drafter(AgendaContext(coming()))
    assert draft is not None
    return " ".join(one.text for one in draft.sentences)


def own(measure: str) -> str:
    with translation.override("da"):
        draft = OWN[measure](AgendaContext(coming()))
    assert draft is not None
    return " ".join(one.text for one in draft.sentences)


def number(pattern: str, text: str) -> int:
    """Return the number before the words; "én" is one. Fails where the words are not there."""
    found = re.search(rf"(\d+|[EeÉé]nd?t?|[ÉéEe]t) {pattern}", text)
    assert found, f"{pattern!r} does not stand in {text!r}"
    return int(found[1]) if found[1].isdigit() else 1


def last_met() -> Meeting:
    return Meeting.objects.before(coming())[0]


def test_the_risks() -> None:
    text, raw, today = told("risks"), Risks(), timezone.localdate()
    found = raw._counted(today)
    before = raw._counted(timezone.localdate(last_met().starts_at))
    assert number("risi(?:ci|ko) ligger over risikoniveauet", text) == found["above"]
    change = found["above"] - before["above"]
    if change > 0:
        assert number("(?:flere|mere) end ved sidste møde", text) == change
    elif change < 0:
        assert number("færre end ved sidste møde", text) == -change
    else:
        assert "som ved sidste møde" in text
    if found["open"]:
        assert number("af dem har hverken", text) == found["open"]
    kroner = re.search(r"Risici for i alt ([\d.]+) kr\.", text)
    assert kroner and int(kroner[1].replace(".", "")) == found["kroner"]


def test_the_registers_of_assets() -> None:
    text, raw = told("assets"), Registers()
    standing, today = raw.standing(raw.today), raw.today
    figures = raw.assets_today
    kinds = ("systems", "data_sets", "archives")
    without = len(standing) - sum(figures[f"{kind}_owned"] for kind in kinds)
    if without:
        assert number(r"system(?:er)?, datasæt (?:og|eller) arkiv(?:er)? har ingen ejer", text) == (
            without
        )
    lacking = figures["required"] - figures["current"] - figures["waived"]
    assert number(rf"af de {figures['required']} dokumenter", text) == lacking
    assert today == timezone.localdate()


def test_the_tasks_of_the_committee() -> None:
    text, meeting = own(ONGOING), coming()
    rows = [
        one
        for one in Task.objects.all()
        if one.committee_id == meeting.committee_id and not one.is_closed
    ]
    open_now = [one for one in rows if one.state == "open"]
    late = [one for one in open_now if one.due < timezone.localdate()]
    done = [one for one in rows if one.done_at and one.done_at >= last_met().starts_at]
    assert number("opgaver? er over fristen", text) == len(late)
    assert number("opgaver? løst", text) == len(done)
    assert number("er åbne?", text) == len(open_now)
    oldest = min(late, key=lambda one: (one.due, one.pk))
    assert oldest.title in text and oldest.owner.name in text


def test_the_tasks_of_the_coming_quarter() -> None:
    text, meeting = own("agenda_coming_tasks"), coming()
    first = next_quarter(quarter_of(timezone.localdate(meeting.starts_at)))
    end = next_quarter(first)
    rows = Task.objects.filter(committee=meeting.committee_id, is_closed=False, state="open")
    chosen = {one.pk for one in rows if one.quarters.filter(quarter=first).exists()}
    due = [one for one in rows if one.due < end and one.pk not in chosen]
    assert number("åbne? opgaver? har frist", text) == len(due)


def test_the_year_wheel() -> None:
    text, meeting, today = own("agenda_year_wheel"), coming(), timezone.localdate()
    rows = list(Occurrence.objects.filter(duty__committee=meeting.committee_id))
    met, since = timezone.localdate(meeting.starts_at), last_met().starts_at
    waits = ("held", "in_review")
    late = [
        one
        for one in rows
        if one.state == "open" and one.due < today
        if not (one.duty.by_decision and one.meeting and one.meeting.state in waits)
    ]
    long = [one for one in late if met - one.due >= timedelta(days=30)]
    done = [one for one in rows if one.state == "done" and one.ended_at >= since]
    faulty = [one for one in done if one.result not in ("done", "no_fault")]
    if long:
        assert number("opgaver? i årshjulet er mindst 30 dage", text) == len(long)
    assert number("opgaver? (?:i årshjulet )?(?:er )?udført uden fejl", text) == (
        len(done) - len(faulty)
    )
    if len(faulty) > 1:
        assert number("opgaver er udført med fejl", text) == len(faulty)
    if len(late) > len(long) > 0:
        assert number("opgaver? er over fristen", text) == len(late) - len(long)


def test_what_the_wheel_has_in_the_coming_quarter() -> None:
    text, meeting = own("agenda_coming_tasks"), coming()
    first = next_quarter(quarter_of(timezone.localdate(meeting.starts_at)))
    rows = Occurrence.objects.filter(duty__committee=meeting.committee_id, state="open")
    kept = [one for one in rows if first <= one.due < next_quarter(first)]
    # What is reckoned from the cadences has no row yet.
    assert number("opgaver? i kvartalet", text) >= len(kept) > 0


def test_the_agenda_is_drafted_edited_and_written_by_hand() -> None:
    meeting = coming()
    drafts = {one.item.measure: one for one in ItemDraft.objects.filter(item__meeting=meeting)}
    assert not drafts["agenda_minutes"].is_edited and not drafts["agenda_year_wheel"].is_edited
    assert drafts[ONGOING].is_edited and drafts["agenda_policies"].is_edited
    by_hand = meeting.items.get(clause__measure="executive_reporting")
    assert by_hand.presentation


def test_a_draft_is_short_and_says_no_more_than_it_knows() -> None:
    meeting = coming()
    for language in ("da", "en"):
        with translation.override(language):
            found = drafts_of(meeting)
        items = {one.pk: one for one in AgendaItem.objects.filter(meeting=meeting)}
        for key, texts in found.items():
            text = plain_text(texts.presentation)
            assert len(texts.sentences) <= 7, items[key]
            assert "%(" not in text and ".." not in text and "None" not in text
            assert all(link.startswith("/") for _label, link in texts.sources)
