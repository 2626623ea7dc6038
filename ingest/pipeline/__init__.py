"""The only place where the steps of ingest meet the database.

    poll_feed          Feed due ── fetch ──> bytes ── parse ──> items ──> Articles, Documents (found)
    add_document       an address or a file given by hand ──────────────> Document (found or fetched)
    process_document   found ── fetch ──> fetched ── extract ──> extracted ── read, match, record ──> recorded
                                                                                            └──────> irrelevant
    list_due           the sweep: which feeds and documents wait for somebody

Each step commits before the next begins and starts from what the Document holds, so that any of them can be killed and
run again. Two workers never hold one row: a claim is an UPDATE that only one of them wins, and it lapses by itself.
"""

from ingest.pipeline.documents import Outcome, Recorded, add_document, process_document, read_page
from ingest.pipeline.feeds import PollResult, add_feed, explain, poll_feed
from ingest.pipeline.sweep import list_due

__all__ = [
    "Outcome",
    "PollResult",
    "Recorded",
    "add_document",
    "add_feed",
    "explain",
    "list_due",
    "poll_feed",
    "process_document",
    "read_page",
]
