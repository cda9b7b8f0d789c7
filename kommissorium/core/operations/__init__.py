"""What an operator asks of a running program: its parts, how it fares, and its figures."""
