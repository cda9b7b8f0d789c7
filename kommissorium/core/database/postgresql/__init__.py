"""Django's backend for PostgreSQL as this program uses it."""
