"""Writes of the owners' statements: rounds, requests, answers and the year wheel."""
