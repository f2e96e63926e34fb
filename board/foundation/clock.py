"""The one place that asks what time it is."""

from datetime import UTC, datetime


def now() -> datetime:
    """The present moment, aware, in UTC. Views and commands ask once and pass it on."""
    return datetime.now(UTC)
