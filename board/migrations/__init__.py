"""Alembic migrations: the only way a schema is made, on SQLite and PostgreSQL."""
