"""What the opening of an article is about as a whole: how likely each kind of act is its news, by the words it uses.

The rules of `acts` find who does what to whom, but know only wordings that somebody wrote down. Here a linear model
weighs all the words and pairs of words of the headline and the first paragraphs, trained offline on sentences and
openings in many hands (training/gist.py; multinomial logistic regression over hashed n-grams, as in Weinberger et al.,
"Feature Hashing for Large Scale Multitask Learning", 2009). Names are set aside, so that it learns words, not actors.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ingest.reading.document import Document

# In the order of the model's columns; "" is an article that is none of ours.
KINDS = (
    "", "accusation", "deal", "lawsuit", "price-change", "regulation", "response", "restoration", "restriction",
    "revocation", "ruling", "terms-change",
)  # fmt: skip
MODEL = Path(__file__).with_name("gist.npz")
DIGEST = "01b3a5b41a0a9aa34ea1808f63dafc822716e0ad4e53f17a4a430927d681fcd8"
BITS = 17  # of the numbers that n-grams are hashed to
PARAGRAPHS = 3  # that are read, besides the headline
LONGEST = 6000  # characters of the opening
STEM = 6  # letters of a word that count: "revoked" and "revoking" are one
NAME = "@"

_WORD = re.compile(r"[^\W\d_]+(?:'[a-z]+)?|\d+|[?$€£%]")
_SENTENCE_END = re.compile(r"[.!?:]['\")]*\s+['\"(]*$")
_TITLE_CASE = 0.6  # from this share of capitalised words on, capitals say nothing
_NEXT, _APART = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F)  # odd, and far from small powers of two
_STRAIGHT = str.maketrans("’“”", '\'""')
_NO_NAMES = frozenset({"AI", "API", "APIs", "I", "US", "EU", "UK"})


class BrokenModelError(Exception):
    """The file of the model is not the one that the training made."""


def weigh_gist(doc: Document) -> dict[str, float]:
    """How likely each of KINDS is what `doc` is about; the chances add up to 1."""
    places, values = hash_opening(_opening(doc))
    weights, scale, bias = _load()
    scores = (values @ weights[places].astype(np.float32)) * scale + bias if len(places) else bias
    chances = np.exp(scores - scores.max())
    return dict(zip(KINDS, (chances / chances.sum()).tolist(), strict=True))


def hash_opening(texts: Iterable[str]) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """The n-grams of `texts` as places in a vector of 2 ** BITS numbers, and the numbers there; its length is 1."""
    grams = [_hash_grams(text) for text in texts]
    if not grams:
        return np.array([], dtype=np.int64), np.array([], dtype=np.float32)
    places, counts = np.unique(np.concatenate(grams) & ((1 << BITS) - 1), return_counts=True)
    values = 1 + np.log(counts.astype(np.float32))
    length = np.float32(np.linalg.norm(values) or 1)
    return places.astype(np.int64), (values / length).astype(np.float32)


def _opening(doc: Document) -> list[str]:
    """The headline and the first paragraphs, quotations and all."""
    read = [s for s in doc.sentences if s.paragraph < PARAGRAPHS]
    texts = {p: " ".join(s.text for s in read if s.paragraph == p) for p in dict.fromkeys(s.paragraph for s in read)}
    return [text[:LONGEST] for text in texts.values()]


def _hash_grams(text: str) -> NDArray[np.uint64]:
    """Hashes of words, of pairs of neighbours, and of pairs with one word between."""
    words = np.fromiter((_hash_word(word) for word in _list_words(text)), dtype=np.uint64)
    pairs = words[:-1] * _NEXT + words[1:]
    apart = words[:-2] * _APART + words[2:]
    return np.concatenate([words, _mix(pairs), _mix(apart)])


def _mix(numbers: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Spread the high bits, where products differ, over the low ones that are kept."""
    mixed: NDArray[np.uint64] = numbers ^ (numbers >> np.uint64(32)) ^ (numbers >> np.uint64(16))
    return mixed


@lru_cache(maxsize=50_000)
def _hash_word(word: str) -> int:
    return zlib.crc32(word.encode())


def _list_words(text: str) -> Iterator[str]:
    """The beginnings of the words of a text in small letters; NAME for names, however long."""
    text = text.translate(_STRAIGHT)
    found = list(_WORD.finditer(text))
    capital = [match.group()[0].isupper() for match in found]
    shouted = len(found) > 3 and sum(capital) > _TITLE_CASE * len(found)
    named = False
    for match, large in zip(found, capital, strict=True):
        word = match.group()
        is_name = large and not shouted and word not in _NO_NAMES and not _begins_sentence(text, match.start())
        if is_name and named:
            continue
        named = is_name
        yield NAME if is_name else word.lower()[:STEM]


def _begins_sentence(text: str, at: int) -> bool:
    return at == 0 or bool(_SENTENCE_END.search(text, max(0, at - 6), at))


@cache
def _load() -> tuple[NDArray[np.int8], NDArray[np.float32], NDArray[np.float32]]:
    """Weights by place and kind as whole numbers, the scale of each kind, and what each kind starts with.

    Raises:
        BrokenModelError: see there.
    """
    if hashlib.sha256(MODEL.read_bytes()).hexdigest() != DIGEST:
        raise BrokenModelError(f"{MODEL.name} is not what training/gist.py made")
    with np.load(MODEL) as held:
        return held["weights"], held["scale"], held["bias"]
