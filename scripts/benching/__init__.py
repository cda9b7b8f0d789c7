"""The parts of `make bench` and `make soak`."""
