"""Feeds: what is new of events, quotes and corrections, as Atom, RSS and JSON Feed with the same entries."""
