"""All writes about committees."""
