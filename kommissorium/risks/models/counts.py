"""Counts of risks in each cell, kept by the database itself (0004_counting).

Fifty thousand risks would be counted again for every page; these few rows are read instead.
"""

from __future__ import annotations

from django.db import models

from kommissorium.risks.models.scales import Scale


class Cells(models.Model):
    """Key of a count: a cell of a scale, before or after treatment, in a category.

    Consequence and likelihood are 0 for a risk without scores.
    """

    class Picture(models.TextChoices):
        BEFORE = "before", "before treatment"
        AFTER = "after", "after treatment"

    picture = models.CharField(max_length=6, choices=Picture.choices)
    scale = models.ForeignKey(Scale, models.PROTECT, related_name="+")
    group = models.CharField(max_length=15)
    consequence = models.PositiveSmallIntegerField()
    likelihood = models.PositiveSmallIntegerField()
    number = models.IntegerField()

    class Meta:
        abstract = True


class CellCount(Cells):
    """Number of risks of today's picture in a cell."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["picture", "scale", "group", "consequence", "likelihood"],
                name="one_count_of_a_cell",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.picture} {self.consequence}x{self.likelihood}: {self.number}"


class CellChange(Cells):
    """Number of risks that came into a cell on a day, less those that left it."""

    day = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["day", "picture", "scale", "group", "consequence", "likelihood"],
                name="one_change_of_a_cell_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.picture} {self.consequence}x{self.likelihood}: {self.number}"
