"""The only door to the network: what goes out, to whom, how often and how much may come back."""

from ingest.fetch.door import fetch_url
from ingest.fetch.gate import HostGate, Turn
from ingest.fetch.policy import ACCEPT_FEED, ACCEPT_PAGE, FEED_BYTES, PAGE_BYTES, FetchPolicy

__all__ = [
    "ACCEPT_FEED",
    "ACCEPT_PAGE",
    "FEED_BYTES",
    "PAGE_BYTES",
    "FetchPolicy",
    "HostGate",
    "Turn",
    "fetch_url",
]
