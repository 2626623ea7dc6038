"""American federal courts as the press speaks of them: "a federal judge in San Francisco", "Manhattan federal court".

Districts by where they sit: 28 U.S.C. §§ 81-131; only those before which such cases come.
"""

from __future__ import annotations

import regex

from ingest.reading.document import Document
from ingest.reading.lexicon.ordinary import is_city
from ingest.reading.names import NameTable
from ingest.reading.places import is_place
from ingest.types import ActorRef

_SEATS = {
    "Northern District of California": "San Francisco|Oakland|San Jose|Northern California",
    "Central District of California": "Los Angeles|Santa Ana|Central California",
    "Southern District of New York": "Manhattan|New York|White Plains",
    "Eastern District of New York": "Brooklyn",
    "District of Delaware": "Delaware|Wilmington",
    "District of Massachusetts": "Massachusetts|Boston",
    "District of New Jersey": "New Jersey|Newark|Trenton",
    "District of Columbia": r"Washington|D\.C\.|the District of Columbia",
    "Northern District of Illinois": "Chicago",
    "Northern District of Texas": "Dallas|Fort Worth",
    "Eastern District of Texas": "Marshall|Tyler|Plano",
    "Western District of Texas": "Austin|Waco",
    "Eastern District of Virginia": "Alexandria|Norfolk|Richmond",
    "Western District of Washington": "Seattle|Tacoma",
    "Northern District of Georgia": "Atlanta",
    "Eastern District of Pennsylvania": "Philadelphia",
}
_BENCH = r"(?:[Cc]ourt|[Jj]udge|jury|[Mm]agistrate|courthouse)"
_ALL = "|".join(_SEATS.values())
_SAID = regex.compile(
    rf"\b(?:[Ff]ederal|[Dd]istrict|U\.?S\.?)\s+(?:[Dd]istrict\s+)?{_BENCH}\s+(?:\p{{Lu}}[\p{{L}}.]+\s+){{0,3}}(?:\w+\s+)?(?:in|of|for|sitting\s+in)\s+(?P<seat>{_ALL})\b"
    rf"|\b(?P<seat>{_ALL})(?:'s)?\s+federal\s+{_BENCH}"
    r"|\b[Dd]istrict\s+(?:[Cc]ourt|[Jj]udge)\s+(?:\p{Lu}[\p{L}.]+\s+){0,3}(?:in|for|of)\s+(?:the\s+)?(?P<district>(?:(?:Northern|Southern|Eastern|Western|Central)\s+)?District\s+of\s+\p{Lu}\p{L}+(?:\s\p{Lu}\p{L}+)?)"
)

# "The Commercial Court in Leuven", "Federal Tribunal at Lindale": where it sits tells it from others of its name.
_SEAT = regex.compile(r"\s(?:in|at)\s(?P<place>\p{Lu}[\p{L}-]+(?:\s(?!Court)\p{Lu}[\p{L}-]+)?)(?![\p{L}'])")
_OWN_NAME = regex.compile(r"\p{Lu}\S*\s(?:.*\s)?(?:Court|Tribunal)$")


def seat_end(text: str, start: int, end: int, known: list[tuple[int, int]]) -> int:
    """Where the name of the court at `start` ends when its seat follows; `end` for all else, and for courts that are `known`."""
    seat = _SEAT.match(text, end) if _OWN_NAME.match(text[start:end]) else None
    if seat is None or any(low < seat.end() and start < high for low, high in known):
        return end
    place = seat.group("place")
    return seat.end() if is_place(place) or is_city(place) else end


def find_district_court(doc: Document, table: NameTable) -> ActorRef | None:
    """The federal district court that `doc` speaks of first, without its name or with; None where it speaks of none."""
    for sentence in doc.sentences:
        match = _SAID.search(sentence.plain) if "ourt" in sentence.plain or "judge" in sentence.plain else None
        if match is None:
            continue
        district = match.group("district") or _district_of(match.group("seat"))
        name = f"US District Court, {' '.join(district.split())}"
        known = next((hit.actor for hit in table.find_names(name) if hit.start == 0), None)
        return known or ActorRef(name, "organization")
    return None


def _district_of(seat: str) -> str:
    return next(district for district, seats in _SEATS.items() if regex.fullmatch(seats, seat))
