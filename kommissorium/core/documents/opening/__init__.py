"""Opens tables that people hand in; runs in a process of its own (see apart).

Nothing here imports more of this program, nor Django: the process starts quickly, and what a
hostile file can reach is little.
"""
