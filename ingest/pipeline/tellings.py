"""A proposal of which another article tells: what all of them together make of it."""

from __future__ import annotations

from collections import defaultdict

from ingest.agree import Agreed, Telling, agree
from ingest.pipeline.version import BY
from ingest.wording import make_summary, make_title
from timeline import services
from timeline.queries import tellings as queries
from timeline.queries.tellings import Told
from timeline.services import UNKNOWN_PUBLISHER, HeldRole


def weigh_again(event_id: int) -> None:
    """Let a proposal say what its articles together tell, unless an editor has touched it."""
    if not queries.is_untouched(event_id, BY):
        return
    told = queries.list_tellings(event_id)
    agreed = agree([_make_telling(one) for one in told]) if len(told) > 1 else None
    if agreed is None or not agreed.roles:
        return
    title = make_title(agreed.kind, _name_parts(agreed))
    publishers = [one.publisher for one in told if not one.copied and one.publisher != UNKNOWN_PUBLISHER]
    services.revise_proposal(
        event_id=event_id,
        values={
            "title": title[:300],
            "kind": agreed.kind,
            "on": agreed.on,
            "precision": agreed.precision,
            "status": agreed.status,
            "summary": make_summary(title, agreed.status, list(dict.fromkeys(publishers))),
            "scope": next((one.scope for one in told if one.scope), ""),
        },
        confidence=agreed.confidence,
        roles=[HeldRole(*role) for role in agreed.roles],
        by=BY,
        reason=f"{len(told)} articles together tell it so",
    )


def _make_telling(told: Told) -> Telling[int]:
    return Telling(
        kind=told.kind,
        on=told.on,
        precision=told.precision,
        dated=told.dated,
        status=told.status,
        main=told.main,
        copied=told.copied,
        confidence=told.confidence,
        roles=told.roles,
    )


def _name_parts(agreed: Agreed[int]) -> dict[str, list[str]]:
    """The names of those who take part, by role."""
    names = queries.get_actor_names([actor for actor, _, _ in agreed.roles])
    parts: defaultdict[str, list[str]] = defaultdict(list)
    for actor, role, _ in agreed.roles:
        parts[role].append(names[actor])
    return parts
