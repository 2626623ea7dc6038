"""Headlines and summaries of proposals, in our own words: who did what to whom, and nothing more than was read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

MOST_NAMED = 2  # publishers, in a summary
# With an initiator and a target; with an initiator alone; with a target alone.
_HEADLINES: dict[str, tuple[str, str, str]] = {
    "revocation": ("{who} cuts off {whom}", "{who} cuts off access", "{whom} loses access"),
    "restriction": ("{who} restricts {whom}", "{who} restricts access", "Access of {whom} is restricted"),
    "restoration": ("{who} gives {whom} access again", "{who} restores access", "{whom} has access again"),
    "terms-change": ("{who} changes its terms for {whom}", "{who} changes its terms", "Terms change for {whom}"),
    "price-change": ("{who} changes its prices for {whom}", "{who} changes its prices", "Prices change for {whom}"),
    "accusation": ("{who} accuses {whom}", "{who} makes an accusation", "{whom} is accused"),
    "lawsuit": ("{who} sues {whom}", "{who} goes to court", "{whom} is sued"),
    "ruling": ("Court rules: {who} against {whom}", "Court rules on {who}", "Court rules on {whom}"),
    "regulation": ("{who} acts on {whom}", "{who} sets rules on access", "Rules are set for {whom}"),
    "deal": ("{who} and {whom} make a deal", "{who} makes a deal", "{whom} gets a deal"),
    "response": ("{who} answers {whom}", "{who} answers", "{whom} gets an answer"),
}


def make_title(kind: str, parts: Mapping[str, Sequence[str]]) -> str:
    """A headline in the present tense; the object is named where there is one. `parts` are names by role."""
    initiators, targets = list(parts.get("initiator", ())), list(parts.get("target", ()))
    if kind == "ruling" and not initiators:
        initiators = list(parts.get("court", ()))
    if kind == "deal" and len(initiators) > 1 and not targets:
        initiators, targets = initiators[:1], initiators[1:]
    both, alone, passive = _HEADLINES[kind]
    form = both if initiators and targets else alone if initiators else passive
    if not initiators and not targets:
        return f"{kind.replace('-', ' ').capitalize()} reported"
    title = form.format(who=_join(initiators), whom=_join(targets))
    subjects = parts.get("subject", ())
    return f"{title}: {_join(subjects)}" if subjects else title


def make_slug_words(kind: str, parts: Mapping[str, Sequence[str]]) -> str:
    """What the address of a proposal is made of, besides its date."""
    return " ".join([*parts.get("initiator", ())[:1], *parts.get("target", ())[:1], kind])


def make_summary(title: str, status: str, publishers: Sequence[str]) -> str:
    """One sentence that claims no more than its sources do, of which the first are named."""
    said = status if status in ("alleged", "reported") else f"reported as {status}"
    more = len(publishers) - MOST_NAMED
    others = [f"{more} other{'s' if more > 1 else ''}"] if more > 0 else []
    return f"{title}; {said} by {_join([*publishers[:MOST_NAMED], *others]) or 'one source'}."


def _join(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else ""
