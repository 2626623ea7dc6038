"""The only place where the steps of ingest meet the database.

    poll_feeds         Feeds due ─ fetch ──> bytes ── parse ──> items ──> Articles, Documents (found)
    add_document       an address or a file given by hand ──────────────> Document (found or fetched)
    process_document   found ── fetch ──> fetched ── extract ──> extracted ── read, match, record ──> recorded
                                                                                            └──────> irrelevant
    check_document     recorded ── fetch again ──> as before, or a new text: its old one a Version ──> extracted
    list_due           the sweep: which feeds and documents wait for somebody
    prune              polls, pages and sketches that nobody needs any more

Each step commits before the next begins and starts from what the Document holds, so that any of them can be killed and
run again. Two workers never hold one row: a claim is an UPDATE that only one of them wins, and it lapses by itself.
"""

from ingest.pipeline.checks import check_document
from ingest.pipeline.documents import Outcome, add_document, process_document
from ingest.pipeline.feeds import add_feed, explain, renew_feed
from ingest.pipeline.pages import read_document, read_page
from ingest.pipeline.polls import PollResult, poll_feed, poll_feeds
from ingest.pipeline.prune import Pruned, prune
from ingest.pipeline.record import Recorded
from ingest.pipeline.sweep import Due, list_due

__all__ = [
    "Due",
    "Outcome",
    "PollResult",
    "Pruned",
    "Recorded",
    "add_document",
    "add_feed",
    "check_document",
    "explain",
    "list_due",
    "poll_feed",
    "poll_feeds",
    "process_document",
    "prune",
    "read_document",
    "read_page",
    "renew_feed",
]
