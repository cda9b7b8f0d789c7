"""Template filters of committees."""
