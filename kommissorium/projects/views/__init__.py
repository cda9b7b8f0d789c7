"""Pages of projects, of technical measures, and of their status in a quarter."""
