"""Choose the requirements of standards that a duty covers: tick boxes, folded by standard."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from kommissorium.yearwheel.standards import STANDARDS, Chapter, Standard


class RequirementPicker(forms.SelectMultiple):
    """Tick boxes under the chapters of each standard, folded; above them stands what is chosen.

    They are all on the page, so that the browser's own search finds a number or a word.
    """

    template_name = "yearwheel/requirement_picker.html"
    use_fieldset = True

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        chosen = frozenset(context["widget"]["value"] or ())
        context["standards"] = [_folded(one, chosen) for one in STANDARDS.values()]
        return context

    def use_required_attribute(self, initial: Any) -> bool:
        return False


class RequirementsField(forms.MultipleChoiceField):
    """The names of the tags of the requirements chosen."""

    widget = RequirementPicker
    default_error_messages: ClassVar[dict[str, Any]] = {
        "invalid_choice": _("Choose among the requirements shown.")
    }

    def __init__(self) -> None:
        super().__init__(
            label=_("Requirements it serves"),
            help_text=_(
                "Open a standard and tick, or write a number such as ISO 27002 5.7 among the tags."
            ),
            required=False,
            choices=_choices,
        )


def _choices() -> list[tuple[str, list[tuple[str, str]]]]:
    return [
        (
            str(standard.name),
            [
                (standard.tag_name(one.number), f"{standard.short} {one.number}: {one.title}")
                for one in standard
            ],
        )
        for standard in STANDARDS.values()
    ]


def _folded(standard: Standard, chosen: frozenset[str]) -> dict[str, Any]:
    chapters = [_chapter(standard, chapter, chosen) for chapter in standard.chapters]
    ticked = [
        option["number"]
        for chapter in chapters
        for option in chapter["options"]
        if option["is_chosen"]
    ]
    return {"name": standard.name, "chosen": ticked, "chapters": chapters}


def _chapter(standard: Standard, chapter: Chapter, chosen: frozenset[str]) -> dict[str, Any]:
    options = []
    for one in chapter.requirements:
        name = standard.tag_name(one.number)
        options.append(
            {
                "value": name,
                "id": "".join(letter for letter in name if letter.isalnum()),
                "number": one.number,
                "title": one.title,
                "is_chosen": name in chosen,
            }
        )
    return {"title": chapter.title, "options": options}
