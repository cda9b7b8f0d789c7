"""A field for several people by their names or e-mail addresses, one a line."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person


class PeopleNames(forms.CharField):
    """Names or e-mail addresses of people who have not left, one a line; gives the people."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea({"rows": 4}), **kwargs)

    def clean(self, value: Any) -> Any:
        found = []
        for line in filter(None, map(str.strip, super().clean(value).splitlines())):
            same = Person.objects.active().filter(Q(name__iexact=line) | Q(email__iexact=line))
            if not same:
                text = _("Nobody here is called “%(name)s”.") % {"name": line}
                raise forms.ValidationError(text)
            if len(same) > 1:
                text = _("Several are called “%(name)s”: write the e-mail address.")
                raise forms.ValidationError(text % {"name": line})
            found.append(same[0])
        return list(dict.fromkeys(found))
