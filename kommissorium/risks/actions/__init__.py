"""Actions of the register of risks."""
