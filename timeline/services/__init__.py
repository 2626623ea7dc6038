"""The only writers of the record: keyword-only, atomic, each leaves a history row."""

from timeline.services.actors import add_actor, publish_actors
from timeline.services.articles import (
    fold_article,
    record_article,
    record_article_edit,
    record_articles,
    record_publisher,
)
from timeline.services.citations import add_citation, add_clauses, add_quotes
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

__all__ = [
    "ArticleDraft",
    "ClauseDraft",
    "EventDraft",
    "QuoteDraft",
    "RoleDraft",
    "Sentence",
    "add_actor",
    "add_citation",
    "add_clauses",
    "add_link",
    "add_proposal",
    "add_quotes",
    "correct_event",
    "fold_article",
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
    "split_event",
    "withdraw_event",
]
