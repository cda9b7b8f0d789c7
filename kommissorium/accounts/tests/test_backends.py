"""The person signed in is fetched in one fixed query, and matches what the models say."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from kommissorium.accounts.actions import close_login
from kommissorium.accounts.backends import PersonBackend
from kommissorium.accounts.models import OrganisationRole, Person

DAY = timedelta(days=1)


def test_everybody_is_found_as_the_models_find_them(cast, django_assert_num_queries):
    today = timezone.localdate()
    for person, first, last in (
        (cast.chair, -9, -1),
        (cast.dpo, -9, 0),
        (cast.auditor, 0, None),
        (cast.deputy, 1, None),
    ):
        OrganisationRole.objects.create(
            person=person,
            kind="executive",
            from_date=today + first * DAY,
            to_date=None if last is None else today + last * DAY,
        )
    fields = [field.attname for field in Person._meta.concrete_fields]
    for known in Person.objects.all():
        with django_assert_num_queries(1):
            found = PersonBackend().get_user(known.pk)
        assert found == known
        assert not found.get_deferred_fields()
        assert [(type(value), value) for value in map(found.__dict__.get, fields)] == [
            (type(value), value) for value in map(known.__dict__.get, fields)
        ]
        assert found.current_roles == known.roles_on(today)
    assert PersonBackend().get_user(cast.auditor.pk).current_roles == {"auditor", "executive"}


def test_who_has_left_or_never_was_is_nobody(cast):
    close_login(cast.member, by=cast.administrator)
    assert PersonBackend().get_user(cast.member.pk) is None
    assert PersonBackend().get_user(0) is None
