"""Texts to begin with: a draft each, with all that the checks will ask for."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils.translation import override

from kommissorium.conftest import Cast
from kommissorium.core.richtext import sanitise
from kommissorium.core.richtext.sections import sections_of
from kommissorium.policies.models import Document, FramePart, Version
from kommissorium.policies.proposal import KIND
from kommissorium.registers.unfilled import unfilled
from kommissorium.texts.starters import LANGUAGES, OFFERED, starters

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_text_is_whole_in_both_languages(language: str) -> None:
    with override(language):
        found = starters()
    assert [one.key for one in found] == list(OFFERED)
    for one in found:
        assert one.title and sanitise(one.text) == sanitise(sanitise(one.text))
        assert 4 <= sum(part.level > 0 for part in sections_of(one.text)) <= 8
    keys = {part.key for part in sections_of(found[0].text)}
    assert set(found[0].frame) == set(FramePart.values) and set(found[0].frame.values()) <= keys


def test_a_text_becomes_a_draft_that_can_be_put_forward(cast: Cast, client_of) -> None:
    browser, url = client_of("coordinator"), reverse("policy_starters")
    for key in OFFERED:
        answer = browser.post(url, {"key": key})
        made = Version.objects.latest("pk")
        assert answer.url == made.get_absolute_url() and made.is_draft
        assert KIND.lacks(made) == unfilled(text=made.text), key
    overall = Document.objects.get(level="overall").versions.get()
    assert set(overall.frame) == set(FramePart.values)
    assert Document.objects.filter(audiences__kind="owners").count() == 5
    assert browser.post(url, {"key": "x"}).status_code == 404
    assert client_of("member").post(url, {"key": "access"}).status_code == 403


def test_what_stands_in_brackets_is_filled_in_before_it_is_put_forward(
    cast: Cast, client_of
) -> None:
    browser = client_of("coordinator")
    browser.post(reverse("policy_starters"), {"key": "backup"})
    made = Version.objects.latest("pk")
    for place in (made.get_absolute_url(), reverse("proposal", args=["policy", made.pk])):
        shown = browser.get(place).text
        assert "Udfyld det, der står i klammer: [udfyld: antal måneder]" in shown
        assert f'{KIND.edit_url(made)}#id_text"' in shown
    made.text = made.text.replace("[udfyld: antal måneder]", "6 måneder")
    assert not KIND.lacks(made)
