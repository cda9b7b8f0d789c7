"""Kommissorium runs an information security committee from its terms of reference."""
