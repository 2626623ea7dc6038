"""Public addresses that need no row to answer."""

LISTS = [
    "/",
    "/?q=claude&order=relevance",
    "/?actor=anthropic&role=initiator&kind=revocation&status=confirmed",
    "/?since=2023&until=2025-06&order=oldest",
    "/?dispute=reddit-data&order=updated",
    "/?q=zzzzzz",
    "/actors/",
    "/actors/?q=open&kind=organization",
    "/disputes/",
    "/quotes/",
    "/quotes/?q=terms&actor=anthropic",
    "/about/",
    "/feed.atom",
    "/feed.rss?kind=lawsuit",
    "/feed.json?actor=openai",
    "/api/v1/events/?page_size=200",
    "/api/v1/actors/?page_size=200",
    "/api/v1/disputes/",
    "/api/v1/quotes/",
]
