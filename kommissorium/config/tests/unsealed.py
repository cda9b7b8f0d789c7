"""Models whose rows no event needs to carry, each with the reason."""

UNSEALED = {
    "core.Event": "the chain itself",
}
