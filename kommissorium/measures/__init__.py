"""The answer itself: whether a mandate is fulfilled on a day, computed by the standard library alone.

Facts are what rows and events tell; rules are pure functions of facts and a question; what they
find says its sentences by their English text, which whoever shows them lays on in a language.
Nothing here imports Django or the rest of the program, and it reads on Python 3.9: an outsider
runs the same rules on an export. Why: docs/decisions/0048-measures.md.
"""
