"""Texts of policies: begun from ours or from files, written in Word, compared."""
