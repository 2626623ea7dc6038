"""The editors' desk: proposals first, then everything in the record."""

from timeline.admin import articles, events, names, proposals

__all__ = ["articles", "events", "names", "proposals"]
