"""Words: which rows hold them, how well they fit, and what was meant by words that nothing holds."""

from __future__ import annotations

import re
from typing import TypeVar

from django.contrib.postgres.search import SearchHeadline, SearchQuery, SearchRank
from django.db.models import F, FloatField, Model, QuerySet
from django.db.models.functions import Cast
from rapidfuzz import fuzz, process

from timeline.marks import MARK_END, MARK_START
from timeline.models import ActorName, Dispute
from timeline.models.event import SEARCH_CONFIG

MARKS = f"StartSel={MARK_START}, StopSel={MARK_END}"  # as options of ts_headline

_CLOSE = 75  # rapidfuzz's ratio, 0-100, from which a name may be what was meant
_WORD = re.compile(r"[^\W_][\w'’.+-]*")
_STROKE = re.compile(r"(?<=[^\W_])/(?=[^\W_])")
_BEFORE_NUMBER = re.compile(r"(?<=[^\W\d_])[ \t]+(?=\d+(?:\.\d+)*(?!\S))")
_Rows = TypeVar("_Rows", bound="QuerySet[Model]")


def match_words(events: _Rows, q: str) -> _Rows:
    """Events that hold the words of `q`: words, "phrases", -not, or."""
    return events.filter(search=make_query(q)) if q else events


def match_beginnings(events: _Rows, typed: str) -> _Rows:
    """Events whose titles hold the words typed, or words that begin with the last of them."""
    words = _WORD.findall(typed)
    if not words:
        return events.none()
    *whole, last = (f"'{word}':A" for word in (word.replace("'", " ").replace("\\", " ") for word in words))
    text = " & ".join([*whole, last.replace(":A", ":*A")])
    return events.filter(search=SearchQuery(text, search_type="raw", config=SEARCH_CONFIG))


def rank_words(events: _Rows, q: str) -> _Rows:
    """Events with `rank`: how well they fit `q`. A double, because a key has to come back from text unchanged."""
    rank = SearchRank(F("search"), make_query(q), normalization=1)
    return events.annotate(rank=Cast(rank, FloatField()))


def mark_words(events: _Rows, q: str) -> _Rows:
    """Events with `marked_title` and `marked_summary`: words found stand between MARK_START and MARK_END."""
    return events.annotate(marked_title=_mark("title", q), marked_summary=_mark("summary", q))


def _mark(field: str, q: str) -> SearchHeadline:
    return SearchHeadline(
        field, make_query(q), config=SEARCH_CONFIG, start_sel=MARK_START, stop_sel=MARK_END, highlight_all=True
    )


def make_headline(field: str, q: str) -> SearchHeadline:
    """The part of a text around the words found, which stand between MARK_START and MARK_END."""
    return SearchHeadline(
        field, make_query(q), config=SEARCH_CONFIG, start_sel=MARK_START, stop_sel=MARK_END, max_words=40, min_words=15
    )


def put_right(q: str) -> str:
    """`q` with misspelt names put right, by the names of the record, and words with a stroke between them apart.

    "" where no word comes close to a name, and none has such a stroke.
    """
    names = _name_words()
    apart = q if "://" in q else _STROKE.sub(" ", q)
    right = _WORD.sub(lambda found: _closest_word(found[0].lower(), names) or found[0], _join_words(apart, names))
    return right if right.lower().split() != q.lower().split() else ""


def join_numbers(q: str) -> str:
    """`q` with numbers joined to the word before them, as names of models are: "gpt 5" is GPT-5; "" where none is."""
    joined = _BEFORE_NUMBER.sub("-", q)
    return joined if joined != q else ""


def search_names(q: str, names: dict[str, str], limit: int) -> list[str]:
    """The keys of those `names` (key → name) that begin with `q`, hold it, or come close to it; the best first."""
    found = process.extract(
        q.lower(), {key: name.lower() for key, name in names.items()}, scorer=fuzz.partial_ratio, limit=limit
    )
    return [key for _, score, key in found if score >= _CLOSE]


def make_query(q: str) -> SearchQuery:
    """`q` as PostgreSQL reads what people type: words, "phrases", -not, or."""
    return SearchQuery(q, search_type="websearch", config=SEARCH_CONFIG)


def _join_words(q: str, names: dict[str, str]) -> str:
    """`q` with two words in a row made one where that is a name: "chat gpt" is ChatGPT."""
    words: list[str] = []
    for word in q.split():
        joined = (words[-1] + word).lower() if words else ""
        words[len(words) - (joined in names) :] = [names.get(joined, word)]
    return " ".join(words)


def _name_words() -> dict[str, str]:
    """The words of all public names, lower-case → as written. Of titles, which are sentences, those in capitals."""
    names = ActorName.objects.filter(actor__state="published").values_list("name", flat=True)
    titles = Dispute.objects.values_list("title", flat=True)
    words = [word for name in names for word in _WORD.findall(name)]
    words += [word for title in titles for word in _WORD.findall(title) if not word.islower()]
    return {word.lower(): word for word in words if len(word) > 2}


def _closest_word(word: str, names: dict[str, str]) -> str | None:
    if len(word) < 4 or word in names:
        return None
    found = process.extractOne(word, names.keys(), scorer=fuzz.ratio, score_cutoff=_CLOSE)
    return names[found[0]] if found else None
