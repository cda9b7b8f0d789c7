"""The rules: pure functions of a past and a question, by what they look at."""
