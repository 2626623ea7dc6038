"""Django's PostgreSQL backend, which starts the embedded server before its first connection."""
