"""Public authorities and courts, told by their names."""

from __future__ import annotations

from functools import lru_cache

import regex

from ingest.types import ActorRef

_GOVERNMENT = regex.compile(
    r"\b(?:garante|ftc|cma|ofcom|cnil|ico|bis|doj|sec|fcc|agcm|cade|eu|nsa|cisa|fbi|pentagon|congress|senate|parliament|"
    r"white house|commission|authority|ministry|department|bureau|agency|committee|government|council|regulator|watchdog|"
    r"administration|treasury|legislature|office of|inspectorate|bundeskartellamt|bafin|meti|miit|cac|trai|accc|kftc|jftc|"
    r"ombudsman|registrar|brussels|washington|beijing|attorney general|president|minister|lawmakers|regulators|"
    r"information commissioner|autorit[eéà]|autoridad|autoridade|beh[oö]rde|ministerio|minist[eè]re|consiglio|conseil|data protection board|state council|cyberspace administration)\b",
    regex.IGNORECASE,
)
COURT = regex.compile(
    r"\b(?:courts?|judges?|jury|jurors|tribunal|magistrate|justices?|appeals panel|bench)\b", regex.IGNORECASE
)


def is_court(actor: ActorRef) -> bool:
    """Whether an organization is a court, by its name."""
    return actor.kind == "organization" and _names_court(actor.name)


@lru_cache(maxsize=10_000)
def _names_court(name: str) -> bool:
    return bool(COURT.search(name) or "Circuit" in name)


@lru_cache(maxsize=10_000)
def _names_government(name: str) -> bool:
    return bool(_GOVERNMENT.search(name))


def is_government(actor: ActorRef) -> bool:
    """Whether an organization is a public authority, by its name."""
    return actor.kind != "product" and not is_court(actor) and _names_government(actor.name)
