"""What names tell of products: that they are their maker's name with a thing behind it, or say only what the thing does."""

from __future__ import annotations

import regex

# Words with which a product's name goes on after its maker's.
_THING = regex.compile(
    r"\s(?:\p{Lu}[\p{L}\p{N}]*\s){0,2}(?:APIs?|SDK|Pro|Cloud|Platform|Graph|Feed|Stream|Search|Index|Chat|Code|Studio|Bot|Assistant)$"
)
_IS_INTERFACE = regex.compile(r"\s(?:APIs?|SDK)$")
_SAYS_WHAT_IT_DOES = regex.compile(
    r"(?:(?:public|enterprise|business|developer|partner|live|real-?time|streaming|standard|commercial|free)\s)?"
    r"(?:data|messages?|messaging|places|vision|chat|voice|speech|audio|images?|imagery|video|text|search|catalog(?:ue)?|inventory|menu|"
    r"filings|claims|orders?|bookings?|reservations?|payments?|listings?|pric(?:es|ing)|routing|maps?|geocoding|forecasts?|weather|memory|"
    r"transcri(?:be|ption|pts)|translation|inference|embeddings?|completions?|content|archive|records|documents|graph|stream(?:ing)?|feed|"
    r"analytics|business|developer|public|enterprise|partner|platform|real-?time|calendar|tracking|health|models?|social graph|follow graph|"
    r"accounting|arrivals|contacts|departures|elevation|events|groups|ledger|merchants?|packages?|pages|photos?|radar|recipes?|rooms|"
    r"r[ée]sum[ée]s?|sync|tables?|ticketing|tides?|tiles|timelines?|timetables?|vessels?|wallets?|web)\s(?:APIs?|SDK|feed|graph)"
    r"|(?:social|follow|friend)\s(?:graph|lookup)",
    regex.IGNORECASE,
)


def goes_on_as_thing(name: str) -> bool:
    """Whether `name` is somebody's name with a thing behind it: "Corvid Cloud API"."""
    return _THING.search(name) is not None


def without_thing(name: str) -> str:
    """`name` without the thing behind it: "Corvid"."""
    return _THING.sub("", name)


def is_interface(name: str) -> bool:
    """Whether `name` says that it is an interface's."""
    return _IS_INTERFACE.search(name) is not None


def says_what_it_does(name: str) -> bool:
    """Whether an interface is called by what it does alone: "Public Data API"."""
    return _SAYS_WHAT_IT_DOES.fullmatch(name) is not None
