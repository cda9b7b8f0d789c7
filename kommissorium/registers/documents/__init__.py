"""Documents of what registers keep and committees approve."""
