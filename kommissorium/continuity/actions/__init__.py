"""The only writers of the register of continuity, besides the kit's for tests and proposals."""
