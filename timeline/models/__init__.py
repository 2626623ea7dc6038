"""The record: its nouns, one file each."""

from timeline.models.actor import Actor, ActorName
from timeline.models.article import Article, Citation, Evidence, Publisher
from timeline.models.desk import Claim, Report
from timeline.models.dispute import Dispute, Side
from timeline.models.event import AnnouncedDate, Event, Link, Participation, Proposal
from timeline.models.history import Change, Redirect, Revision
from timeline.models.quote import Clause, Quote
from timeline.models.tally import Tally
from timeline.models.version import Version

__all__ = [
    "Actor",
    "ActorName",
    "AnnouncedDate",
    "Article",
    "Change",
    "Citation",
    "Claim",
    "Clause",
    "Dispute",
    "Event",
    "Evidence",
    "Link",
    "Participation",
    "Proposal",
    "Publisher",
    "Quote",
    "Redirect",
    "Report",
    "Revision",
    "Side",
    "Tally",
    "Version",
]
