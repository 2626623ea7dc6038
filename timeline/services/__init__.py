"""The only writers of the record: keyword-only, atomic, each leaves a history row."""

from timeline.services.actors import add_actor, publish_actors
from timeline.services.articles import (
    UNKNOWN_PUBLISHER,
    fold_article,
    give_article_address,
    record_article,
    record_article_edit,
    record_articles,
    record_publisher,
)
from timeline.services.citations import add_citation, add_clauses, add_quotes
from timeline.services.desk import (
    add_report,
    claim_event,
    release_event,
    require_unclaimed,
    settle_report,
)
from timeline.services.drafts import ArticleDraft, ClauseDraft, EventDraft, QuoteDraft, RoleDraft, Sentence
from timeline.services.events import (
    add_link,
    add_proposal,
    correct_event,
    publish_event,
    publish_if_agreed,
    publish_words,
    withdraw_event,
)
from timeline.services.locks import lock_matching
from timeline.services.merging import merge_events, split_event
from timeline.services.roles import RoleRow, correct_roles, correct_speaker, drop_words
from timeline.services.tellings import HeldRole, revise_proposal
from timeline.services.undoing import can_undo, undo_change

__all__ = [
    "UNKNOWN_PUBLISHER",
    "ArticleDraft",
    "ClauseDraft",
    "EventDraft",
    "HeldRole",
    "QuoteDraft",
    "RoleDraft",
    "RoleRow",
    "Sentence",
    "add_actor",
    "add_citation",
    "add_clauses",
    "add_link",
    "add_proposal",
    "add_quotes",
    "add_report",
    "can_undo",
    "claim_event",
    "correct_event",
    "correct_roles",
    "correct_speaker",
    "drop_words",
    "fold_article",
    "give_article_address",
    "lock_matching",
    "merge_events",
    "publish_actors",
    "publish_event",
    "publish_if_agreed",
    "publish_words",
    "record_article",
    "record_article_edit",
    "record_articles",
    "record_publisher",
    "release_event",
    "require_unclaimed",
    "revise_proposal",
    "settle_report",
    "split_event",
    "undo_change",
    "withdraw_event",
]
