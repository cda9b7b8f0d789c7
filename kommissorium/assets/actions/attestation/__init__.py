"""Writes of the owners' statements: the rounds, the requests, the answers and the wheel."""
