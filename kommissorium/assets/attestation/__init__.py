"""Statements of the owners: the questions, the pages and the record of a round."""
