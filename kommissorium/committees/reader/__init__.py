"""Reads terms of reference in Danish, English, Swedish and Norwegian.

The reading is a proposal: a person corrects and approves it before anything follows from it.
"""

from kommissorium.committees.reader.builtin import builtin
from kommissorium.committees.reader.files import read_file, source_text
from kommissorium.committees.reader.model import (
    MemberRow,
    ReadClause,
    Understanding,
    UnreadableMandate,
)
from kommissorium.committees.reader.parser import read_text, understand
from kommissorium.committees.reader.second_reading import candidates
from kommissorium.committees.reader.version_differences import ClauseChange, ClauseLike, compare

__all__ = [
    "ClauseChange",
    "ClauseLike",
    "MemberRow",
    "ReadClause",
    "Understanding",
    "UnreadableMandate",
    "builtin",
    "candidates",
    "compare",
    "read_file",
    "read_text",
    "source_text",
    "understand",
]
