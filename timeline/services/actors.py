"""Writing actors."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import IntegrityError, connection, transaction
from django.db.models import Q
from django.utils import timezone

from timeline.errors import InvalidRecord
from timeline.models import Actor, Change, Clause, Event, Quote, Side
from timeline.services.history import note_change
from timeline.services.slugs import find_slug

# The actor, its name and its row in the history, or none of them.
_ADD_ACTOR = """
WITH added AS (
    INSERT INTO timeline_actor (slug, name, kind, parent_id, title, url, state, created_at, updated_at)
    VALUES (%(slug)s, %(name)s, %(kind)s, %(parent)s, %(title)s, '', 'proposed', %(now)s, %(now)s)
    RETURNING id
), named AS (
    INSERT INTO timeline_actorname (actor_id, name, position) SELECT id, %(name)s, 0 FROM added
), noted AS (
    INSERT INTO timeline_change (noun, row_id, slug, action, before, after, reason, by, at)
    SELECT 'actor', id, %(slug)s, 'create', '{}', jsonb_build_object('name', %(name)s::text, 'kind', %(kind)s::text),
        '', %(by)s, %(now)s
    FROM added
)
SELECT id FROM added
"""


@transaction.atomic(savepoint=False)
def add_actor(*, name: str, kind: str, by: str, parent_id: int | None = None, title: str = "") -> int:
    """The id of the actor that goes by `name`; a new, proposed one where the record has none.

    Raises:
        InvalidRecord: the name is empty or longer than 200 characters, or the kind is unknown.
    """
    name = " ".join(name.split())
    if not 0 < len(name) <= 200:
        raise InvalidRecord("An actor's name has 1 to 200 characters.", field="name")
    if kind not in Actor.Kind.values:
        raise InvalidRecord(f"{kind!r} is not a kind of actor.", field="kind")
    known = Actor.objects.named(name).values_list("pk", flat=True).first()
    if known is not None:
        return int(known)
    try:
        with transaction.atomic():
            return _create_actor(name, kind, by, parent_id, title if kind == Actor.Kind.PERSON else "")
    except IntegrityError:  # somebody else added the name in between
        return int(Actor.objects.named(name).get().pk)


def _create_actor(name: str, kind: str, by: str, parent_id: int | None, title: str) -> int:
    values = {
        "slug": find_slug(Actor.objects, name, fallback="actor"), "name": name, "kind": kind, "parent": parent_id,
        "title": title[:200], "by": by, "now": timezone.now(),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_ADD_ACTOR, values)
        return int(cursor.fetchone()[0])


def publish_actors(*, actor_ids: list[int], by: str) -> list[int]:
    """Make proposed actors public, and the parents they have. Returns the ids of those that were not before."""
    published = []
    while actor_ids:
        proposed = Actor.objects.filter(pk__in=actor_ids, state=Actor.State.PROPOSED).select_for_update()
        parents = []
        for actor in proposed:
            actor.state = Actor.State.PUBLISHED
            actor.updated_at = timezone.now()
            actor.save(update_fields=["state", "updated_at"])
            note_change(
                noun=Change.Noun.ACTOR,
                row_id=actor.pk,
                slug=actor.slug,
                action=Change.Action.PUBLISH,
                by=by,
            )
            published.append(actor.pk)
            if actor.parent_id:
                parents.append(actor.parent_id)
        actor_ids = parents
    return published


def conceal_actors(*, actor_ids: Iterable[int], by: str, reason: str) -> None:
    """Make actors proposals again, but those that something public still names."""
    for actor in Actor.objects.published().filter(pk__in=list(actor_ids)).select_for_update():
        if not _is_named(actor):
            actor.state = Actor.State.PROPOSED
            actor.updated_at = timezone.now()
            actor.save(update_fields=["state", "updated_at"])
            note_change(
                noun=Change.Noun.ACTOR,
                row_id=actor.pk,
                slug=actor.slug,
                action=Change.Action.WITHDRAW,
                by=by,
                reason=reason,
            )


def _is_named(actor: Actor) -> bool:
    """Whether a published event, quote, clause, dispute or child names the actor."""
    public = Event.State.PUBLISHED
    return (
        actor.participations.filter(event__state=public).exists()
        or Quote.objects.public().filter(Q(speaker=actor) | Q(on_behalf_of=actor)).exists()
        or Clause.objects.public().filter(vendor=actor).exists()
        or actor.children.filter(state=Actor.State.PUBLISHED).exists()
        or Side.objects.filter(actor=actor).exists()
    )
