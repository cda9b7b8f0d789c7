"""Audiences of policy documents, confirmations of having read them, and R5."""
