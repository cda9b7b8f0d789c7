"""What `make bench` and `make soak` are made of."""
