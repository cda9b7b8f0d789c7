"""An acceptance of risks of several assessments is read by whoever may read all of them."""

from __future__ import annotations

from django.urls import reverse

from kommissorium.risks.models import Acceptance
from kommissorium.risks.tests.acceptance_cases import accept, propose
from kommissorium.risks.tests.assessment_cases import add_risk, approve, make_draft, make_system
from kommissorium.risks.tests.standing_cases import level
from kommissorium.risks.todo import reminders


def shared(cast):
    """Return risks of two systems, and one acceptance of both."""
    owners = ("system_owner", "head_of_it")
    drafts = [make_draft(cast, make_system(cast, f"System {who}", who)) for who in owners]
    for draft, who in zip(drafts, owners, strict=True):
        add_risk(draft, cast, f"Risiko {who}", owner=cast.who(who).pk)
    found = [approve(cast, draft) for draft in drafts]
    along = ("assessment__scale", "assessment__committee", "assessment__area", "owner")
    risks = [risk for one in found for risk in one.scenarios.select_related(*along)]
    return risks, propose(cast, risks)


def test_a_reader_of_one_of_the_risks_does_not_read_the_others(cast, client_of):
    risks, made = shared(cast)
    accept(made, by=cast.chair)
    url = made.get_absolute_url()
    for who in ("chair", "auditor", "coordinator", "executive"):
        assert client_of(who).get(url).status_code == 200
    browser = client_of("system_owner")
    assert not Acceptance.objects.visible_to(cast.system_owner).exists()
    assert browser.get(url).status_code == 404
    assert browser.get(reverse("acceptance_file", args=[made.pk])).status_code == 404
    page = browser.get(f"{reverse('acceptances')}?show=all")
    assert risks[1].title not in page.text


def test_the_page_of_one_of_the_risks_tells_that_it_is_accepted_and_no_amount(cast, client_of):
    risks, made = shared(cast)
    url = risks[0].get_absolute_url()
    for _state in ("proposed", "accepted"):
        told = client_of("system_owner").get(url).text
        assert made.get_absolute_url() not in told
        assert "250.000" not in told
        assert "250.000" in client_of("coordinator").get(url).text
        if made.is_unanswered:
            accept(made, by=cast.chair)


def test_the_list_and_the_overview_tell_no_amount_of_what_one_does_not_read(cast, client_of):
    level(cast, 2)
    _risks, made = shared(cast)
    accept(made, by=cast.chair)
    for who, reads in (("system_owner", False), ("coordinator", True)):
        browser = client_of(who)
        listed = browser.get(f"{reverse('risk_list')}?columns=accepted&columns=amount").text
        assert ("250.000" in listed) is reads
        assert ("250.000" in browser.get(reverse("risks")).text) is reads


def test_an_owner_is_reminded_of_the_own_risk_alone(cast):
    risks, made = shared(cast)
    accept(made, by=cast.chair)
    told = list(reminders(made.expires_on))
    (own,) = [one for one in told if one.person == cast.system_owner]
    assert risks[0].title in own.text and risks[1].title not in own.text
    assert "250.000" not in own.text
    assert own.url == risks[0].get_absolute_url()
    (all_of_it,) = [one for one in told if one.person == cast.coordinator]
    assert "250.000" in all_of_it.text
    assert all_of_it.url == made.get_absolute_url()


def test_who_reads_every_risk_of_it_reads_the_acceptance(cast, client_of):
    risks, _both = shared(cast)
    Acceptance.objects.update(state="refused")
    own = propose(cast, risks[:1])
    accept(own, by=cast.chair)
    assert list(Acceptance.objects.visible_to(cast.system_owner)) == [own]
    assert client_of("system_owner").get(own.get_absolute_url()).status_code == 200
    # The head of the area both belong to reads the assessments of both.
    assert Acceptance.objects.visible_to(cast.head_of_it).count() == 2
