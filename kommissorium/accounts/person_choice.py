"""Form fields to choose people, or to add one who is not there; and whom they offer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kommissorium.accounts.actions import add_person
from kommissorium.accounts.email_signs import ODD_SIGNS, is_plain
from kommissorium.accounts.models import Person, PersonQuerySet, danish_order
from kommissorium.core.richtext import one_line
from kommissorium.core.ui.forms import AddingField

if TYPE_CHECKING:
    PersonChoiceBase = forms.ModelChoiceField[Person]
else:  # the real class takes no type
    PersonChoiceBase = forms.ModelChoiceField

NAME, EMAIL = "_new_name", "_new_email"  # end the names of the controls beside the choice


def people_to_choose(kept: Person | None = None) -> PersonQuerySet:
    """Return those who have not left, and whoever was chosen before."""
    people: PersonQuerySet = Person.objects.active()
    if kept is not None:
        people |= Person.objects.filter(pk=kept.pk)
    ordered: PersonQuerySet = people.order_by(danish_order("name"), "pk")
    return ordered


class Typed(NamedTuple):
    """Input about somebody who is not on the list, and what was chosen beside it."""

    chosen: Any
    name: str
    email: str


class PersonSelect(forms.Select):
    """A list of people; for those who may add people, with name and e-mail of a new one below it."""

    may_add = False

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        chosen = super().value_from_datadict(data, files, name)
        words = [str(data.get(f"{name}{end}", "")).strip() for end in (NAME, EMAIL)]
        return Typed(chosen, *words) if self.may_add and any(words) else chosen

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return all(f"{name}{end}" not in data for end in ("", NAME, EMAIL))

    def use_required_attribute(self, initial: Any) -> bool:
        return super().use_required_attribute(initial) and not self.may_add

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        typed = value if isinstance(value, Typed) else Typed(value, "", "")
        control = super().render(name, typed.chosen, attrs, renderer)
        if not self.may_add:
            return control
        attrs = attrs or {}
        told = attrs.get("aria-describedby", "")
        given = {"name": name, "typed": typed, "attrs": attrs, "told": told, "ends": (NAME, EMAIL)}
        return control + render_to_string("accounts/new_person.html", given)


class PersonChoice(PersonChoiceBase, AddingField):
    """Choose one of the people who are there, and whoever was chosen before.

    Those who may add people can write the name and e-mail of a new one instead; it gives a person
    who is not saved yet, and is added in the transaction of the act (core/ui/forms.py).
    """

    widget = PersonSelect
    by: Person | None = None
    initially: str = ""

    def __init__(self, *, kept: Person | None = None, **kwargs: Any) -> None:
        super().__init__(people_to_choose(kept), **kwargs)

    def label_from_instance(self, obj: Person) -> str:
        return f"{obj.name}, {obj.job_title}" if obj.job_title else obj.name

    def let_add(self, by: Any, initial: Any) -> None:
        if Person.can_be_kept_by(by):
            self.by, self.initially = by, str(self.prepare_value(initial) or "")
            self.widget.may_add = True

    def add(self, row: Person) -> Person:
        # Who is named twice in one form was not there when it was checked, and is added once.
        same = Person.objects.active().filter(name=row.name, email=row.email).first()
        return same or add_person(by=self.by, name=row.name, email=row.email)

    def clean(self, value: Any) -> Person | None:
        if not isinstance(value, Typed):
            person: Person | None = super().clean(value)
            return person
        if value.chosen and str(value.chosen) not in self._given:
            raise ValidationError(_("Choose a person or write a new one, not both."))
        name, email = one_line(value.name), value.email.lower()
        _refuse_name(name)
        _refuse_email(name, email)
        return Person(name=name, email=email or None)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return isinstance(data, Typed) or super().has_changed(initial, data)

    @property
    def _given(self) -> set[str]:
        """Return the initial choice: the first entry of a list without "nobody"."""
        first = None if self.empty_label or self.queryset is None else self.queryset.first()
        return {self.initially, str(first.pk) if first else ""}


def offer_people(field: forms.Field, people: PersonQuerySet) -> None:
    """Let a field of a form choose among these."""
    field.queryset = people  # type: ignore[attr-defined]


def _refuse_name(name: str) -> None:
    most = Person._meta.get_field("name").max_length or 0  # noqa: SLF001
    if not name:
        raise ValidationError(_("Write the name that belongs to the e-mail."))
    if len(name) > most:
        raise ValidationError(_("The text can be %(most)d characters long.") % {"most": most})


def _names() -> Iterable[str]:
    # Compared here: SQLite knows no capitals beyond A to Z.
    names: Iterable[str] = Person.objects.active().values_list("name", flat=True)
    return names


def _refuse_email(name: str, email: str) -> None:
    if email:
        validate_email(email)
        if not is_plain(email):
            raise ValidationError(ODD_SIGNS)
        same = Person.objects.filter(email__iexact=email).first()
        if same is not None:
            sentence = _("%(name)s already has this e-mail.")
            raise ValidationError(sentence % {"name": same.name})
    elif name.casefold() in {one.casefold() for one in _names()}:
        sentence = _(
            "%(name)s is on the list above. Choose the name there, or write an e-mail if "
            "this is somebody else."
        )
        raise ValidationError(sentence % {"name": name})


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
