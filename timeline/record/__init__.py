"""The record as a file: data/SCHEMA.md says its format.

text ─parse_nodes─> nodes ─read_rows─> rows ─check_rows─> rows ─build_record─> Record      (`read_record`, no database)
Record ─services.load_record─> database ─queries.get_record─> Record ─write_record─> text
"""

from timeline.record.entries import (
    ActorEntry,
    ArticleEntry,
    ClauseEntry,
    DateEntry,
    DisputeEntry,
    EventEntry,
    LinkEntry,
    QuoteEntry,
    Record,
    RoleEntry,
    SideEntry,
)
from timeline.record.problems import BadRecord, Problem
from timeline.record.read import read_record
from timeline.record.write import write_record

__all__ = [
    "ActorEntry",
    "ArticleEntry",
    "BadRecord",
    "ClauseEntry",
    "DateEntry",
    "DisputeEntry",
    "EventEntry",
    "LinkEntry",
    "Problem",
    "QuoteEntry",
    "Record",
    "RoleEntry",
    "SideEntry",
    "read_record",
    "write_record",
]
