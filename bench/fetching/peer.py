"""lemon24/reader, with two workers of its own, on the addresses given after a file; entries go to SQLite there."""

from __future__ import annotations

import sys

from reader import make_reader

from bench.fetching.rounds import poll_at_each_line


def main(path: str, *urls: str) -> None:
    reader = make_reader(path)
    for url in urls:
        reader.add_feed(url)

    def poll() -> int:
        before = reader.get_entry_counts().total or 0
        reader.update_feeds(workers=2, scheduled=False)
        return (reader.get_entry_counts().total or 0) - before

    poll_at_each_line(poll)


if __name__ == "__main__":
    main(*sys.argv[1:])
