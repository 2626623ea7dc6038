"""What a trained encoder makes of an article's opening: the kind of its news, who plays which part, which day is its day.

Rules (`acts`, `roles`, `timing`) know the wordings that somebody wrote down. The encoder, a small transformer, has read
much English before it was shown labelled articles, and reads wordings nobody listed. Its weights begin as those of
all-mpnet-base-v2 (Song et al., "MPNet", 2020; Apache License 2.0); training/encoder.py made the rest, on articles in many
hands whose names were exchanged at random, so that it learns who acts from the words around a name and not from the name.

It costs more than all the rules together, so it is asked only about articles that may be ours.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest.reading.gist import KINDS, BrokenModelError
from ingest.reading.layout import Day, Layout

FOLDER = Path(__file__).with_name("model")
MODEL = FOLDER / "encoder.onnx"
TOKENS = FOLDER / "tokenizer.json"
DIGEST = "0a7b7163f313c454e019a576f3ab148cfc9230e0d7c1dbf065ca7514b5f837a7"
LENGTH = 384  # tokens read
# What a mark can be; "" is none of them.
PARTS = ("", "initiator", "target", "subject", "court", "affected", "date", "speaker", "behalf")


@dataclass(frozen=True, slots=True)
class Encoded:
    """Chances between 0 and 1: of each kind; of each part, by the key of an actor; of each day to be that of the news."""

    kinds: Mapping[str, float]
    parts: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    days: Mapping[Day, float] = field(default_factory=dict)


def encode(layout: Layout) -> Encoded:
    """What the encoder says of the article laid out as `layout`.

    Raises:
        BrokenModelError: the files of the model are not the ones that the training made.
    """
    ids, sorts, places = tokenize(layout)
    spread = np.zeros((max(1, len(places)), len(ids)), dtype=np.float32)
    for row, tokens in enumerate(places.values()):
        spread[row, tokens] = 1 / len(tokens)
    kinds, parts = _session().run(None, {"ids": ids[None], "sorts": sorts[None], "places": spread})
    by_mark = {what: dict(zip(PARTS, row.tolist(), strict=True)) for what, row in zip(places, parts, strict=False)}
    return Encoded(
        dict(zip(KINDS, kinds.tolist(), strict=True)),
        {what: chances for what, chances in by_mark.items() if isinstance(what, str)},
        {what: chances["date"] for what, chances in by_mark.items() if isinstance(what, Day)},
    )


def tokenize(layout: Layout) -> tuple[NDArray[np.int64], NDArray[np.int64], dict[str | Day, list[int]]]:
    """The tokens of a layout, what each of them is part of, and for everything marked the places of its tokens."""
    encoding = _tokenizer().encode(layout.text)
    ids = np.array(encoding.ids[:LENGTH], dtype=np.int64)
    sorts = np.zeros(len(ids), dtype=np.int64)
    places: dict[str | Day, list[int]] = {}
    marks = iter(layout.marks)
    mark = next(marks, None)
    for place, (start, end) in enumerate(encoding.offsets[: len(ids)]):
        while mark is not None and mark.end <= start < end:
            mark = next(marks, None)
        if mark is not None and start < mark.end and mark.start < end:
            sorts[place] = mark.sort
            places.setdefault(mark.what, []).append(place)
    return ids, sorts, places


def digest_files() -> str:
    """What the model and its tokenizer have to be, as SHA-256."""
    return hashlib.sha256(MODEL.read_bytes() + TOKENS.read_bytes()).hexdigest()


@cache
def _tokenizer() -> Any:
    from tokenizers import Tokenizer  # noqa: PLC0415 (the web part reads nothing and need not load it)

    tokenizer = Tokenizer.from_file(str(TOKENS))
    tokenizer.enable_truncation(LENGTH)
    tokenizer.no_padding()
    return tokenizer


@cache
def _session() -> Any:
    import onnxruntime  # noqa: PLC0415 (as above: it takes 40 MB)

    if digest_files() != DIGEST:
        raise BrokenModelError(f"{MODEL.name} is not what training/encoder.py made")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1  # the workers are the parallelism
    options.enable_cpu_mem_arena = False
    return onnxruntime.InferenceSession(str(MODEL), options, providers=["CPUExecutionProvider"])
