"""The errors of the digests. Messages are for people."""


class DigestError(Exception):
    """Root of all expected errors of this package."""


class BadToken(DigestError):
    """A link that was not signed here, was cut short, or leads to what is no more."""


class ExpiredToken(BadToken):
    """A link that was good once."""


class DeletedToken(BadToken):
    """A link to what its reader deleted."""


class Refused(DigestError):
    """What a reader asks for cannot be done; the message says why and what would do."""
