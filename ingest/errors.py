"""The errors of ingest. Each says whether trying again can help."""


class IngestError(Exception):
    """Root of all expected errors of this package.

    Attributes:
        permanent: True where the same call will fail the same way again.
        where: the address or id that the error is about, "" where there is none.
    """

    permanent = False

    def __init__(self, message: str, *, where: str = "", permanent: bool | None = None) -> None:
        super().__init__(message)
        self.where = where
        if permanent is not None:
            self.permanent = permanent


class FetchError(IngestError):
    """The page or feed could not be had."""


class RefusedAddress(FetchError):
    """The address is not one that a public server may open."""

    permanent = True


class TooLarge(FetchError):
    """The body is over its cap."""

    permanent = True


class Unresolved(FetchError):
    """The name of the host leads to no address."""


class TimedOut(FetchError):
    """The server did not answer in full before the deadline."""


class BadCertificate(FetchError):
    """The server could not prove that it is the one asked for."""


class ParseError(IngestError):
    """The bytes are not a feed or a listing page."""

    permanent = True


class ExtractError(IngestError):
    """No article could be found in the bytes."""

    permanent = True
