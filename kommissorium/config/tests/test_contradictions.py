"""What contradicts its neighbour is found when it is put back."""

from __future__ import annotations

from kommissorium.config.tests.contradictions import contradictions, left_otherwise
from kommissorium.measures.rules.notifications import UNSENT
from kommissorium.measures.rules.objectives import LATE
from kommissorium.measures.said import _, joined, ngettext

ALL_SENT = _("All notifications were sent within their deadlines.")


def test_a_deadline_that_passed_beside_all_sent_in_time():
    assert contradictions({"T5": joined(UNSENT.said(1), ALL_SENT)})
    assert contradictions({"T5": joined(UNSENT.said(2), ALL_SENT)})
    assert not contradictions({"T5": ALL_SENT})
    assert not contradictions({"T5": UNSENT.said(1)})


def test_risks_that_are_left_above_the_level_beside_a_residual_picture_of_none():
    said = ["4 risks lie above the level.", "Once the treatment works, 4 will still lie above it."]
    assert left_otherwise(said, 0) == [said[1]]
    assert not left_otherwise(said, 4)


def test_a_number_of_a_list_beside_that_there_is_none():
    assert contradictions({"R2": joined(LATE.said(0), LATE.said(3))})
    assert not contradictions({"R2": LATE.said(3)})


def test_parts_greater_than_their_whole_and_of_none():
    text = ngettext("%(number)d of %(all)d test.", "%(number)d of %(all)d tests.", 3)
    assert contradictions({"R9": text % {"number": 3, "all": 2}})
    assert contradictions({"R9": text % {"number": 0, "all": 0}})
    assert not contradictions({"R9": text % {"number": 2, "all": 3}})


def test_two_clauses_that_count_the_same_otherwise():
    one = ngettext("", "%(covered)d of %(critical)d critical systems were assessed.", 2)
    other = ngettext("", "%(number)d of %(all)d critical systems stand in no plan.", 2)
    page = {"T2": one % {"covered": 2, "critical": 96}}
    assert contradictions({**page, "R8": other % {"number": 2, "all": 114}})
    assert not contradictions({**page, "R8": other % {"number": 2, "all": 96}})
