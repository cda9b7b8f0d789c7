"""Statements of the owners: what is asked, shown and kept of a round."""
