"""Forms of the register of risks."""
