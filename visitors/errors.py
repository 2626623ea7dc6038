"""What can be wrong with a visitor."""


class VisitorError(Exception):
    """The root of this package's errors."""


class UnknownKey(VisitorError):
    """No key is like this one, or it was revoked."""
