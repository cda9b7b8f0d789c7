"""Whom documents of policies are for, who has confirmed having read them, and R5."""
