"""Parses uploaded tables in a separate process (see subprocess_runner).

Nothing here imports more of this program, nor Django: the process starts quickly, and what a
hostile file can reach is little.
"""
