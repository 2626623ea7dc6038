"""For operators: who is subscribed, what was sent, sending it again, and any digest for any date."""

from digests.admin import rows

__all__ = ["rows"]
