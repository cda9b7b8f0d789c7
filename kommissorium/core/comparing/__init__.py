"""Compares two texts word by word: pieces that are the same, changed, new, gone or moved."""

from __future__ import annotations

from kommissorium.core.comparing.pieces import Piece, pieces_of_html, pieces_of_words
from kommissorium.core.comparing.texts import Change, Fold, compare, diff_words, folded

__all__ = [
    "Change",
    "Fold",
    "Piece",
    "compare",
    "diff_words",
    "folded",
    "pieces_of_html",
    "pieces_of_words",
]
