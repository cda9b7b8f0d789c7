"""Views of the register of risks."""
