"""The only writers of the register of continuity, beside the kit's for tests and proposals."""
