"""The errors of the record. Messages are for people; `field` names what is wrong."""


class TimelineError(Exception):
    """Root of all expected errors of this package."""


class InvalidRecord(TimelineError):
    """A value that the record cannot hold.

    Attributes:
        field: the field it was meant for, "" where it is not about one field.
    """

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class NotFound(TimelineError):
    """No such row."""


class InvalidFilter(TimelineError):
    """A query string that means nothing.

    Attributes:
        problems: parameter name → what is wrong with it, for people.
    """

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__("; ".join(f"{name}: {text}" for name, text in problems.items()))
        self.problems = problems
