"""Trains the model of ingest/reading/encoder.py: python training/encoder.py [--without GROUP ...] [--start WEIGHTS]

Fine-tunes the first layers of all-mpnet-base-v2 (`weights`) to tell the kind of an article's news and the part of each
name and date in it, then writes the model with weights of one byte, and its digest into the code. Names are exchanged
for others of their sort at random, again in each round. tests/gold/held is never learned from. `--without` leaves
groups of articles out, to measure; keep such a model in a file of its own (`--out`). `--keep` keeps the weights as
they are learned, and `--start` goes on from such, so that new articles take one gentle round and not all of them;
`--share` is then what the weights learned last weigh against those it started from, which knew the old articles longer.
"""

from __future__ import annotations

import argparse
import random
import re
import shutil
import sys
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from pathlib import Path

import torch
from corpus import ROOT, Corpus, Example
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import nn
from transformers import AutoModel
from weights import unpack

from ingest.reading import encoder
from ingest.reading.gist import KINDS
from ingest.reading.layout import (
    PUBLISHER,
    RULED_ALONE,
    RULED_FOR,
    RULED_VOICE,
    SORT_COUNT,
    SORTS,
    Day,
    Layout,
    Mark,
)

LAYERS = 9  # of twelve
WIDTH = 768
HIDDEN = 256
RATE, HEAD_RATE = 5.5e-5, 1e-3
WARM = 0.1  # share of the steps in which the rate grows
TOKENS_A_STEP = 1800
EXCHANGED = 0.6  # share of the examples whose names are exchanged
KEPT = 0.1  # share of the names that stay all the same
QUOTED = 0.4  # share of the quotations learned from in a round, unless told otherwise
NOT_ASKED = -100  # where no kind is to be learned
PARTS_WEIGH = 1.5  # against the kind
SEED = 7
CODE = Path(encoder.__file__)
# Names that say by themselves what they are keep it.
_TELLING = re.compile(
    r"court|commission|ministry|department|\bapis?\b|circuit|authority|bureau|garante|\bftc\b|agency|board|high|tribunal|office|union|association|guild|society|council|alliance|bank|university",
    re.IGNORECASE,
)
_EXCHANGED = frozenset(SORTS[sort] for sort in ("organization", "person", "product"))
Batch = tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]


class Encoder(nn.Module):
    """The transformer with a marker of sorts at its entrance and two heads: for kinds, and for parts."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.body = AutoModel.from_pretrained(folder, add_pooling_layer=False, attention_probs_dropout_prob=0)
        self.body.encoder.layer = self.body.encoder.layer[:LAYERS]
        self.body.embeddings.word_embeddings.weight.requires_grad = False  # too few texts to move 30,000 words
        self.sorts = nn.Embedding(SORT_COUNT, WIDTH)
        nn.init.zeros_(self.sorts.weight)
        self.parts = nn.Sequential(
            nn.Linear(2 * WIDTH, HIDDEN), nn.GELU(), nn.Dropout(0.1), nn.Linear(HIDDEN, len(encoder.PARTS))
        )
        self.kinds = nn.Sequential(nn.Dropout(0.1), nn.Linear(WIDTH, len(KINDS)))

    def forward(self, ids, sorts, places, mask):
        """Logits of kinds and parts. `places` spreads each mark over its tokens: (texts, marks, tokens)."""
        words = self.body.embeddings.word_embeddings(ids) + self.sorts(sorts)
        states = self.body(inputs_embeds=words, attention_mask=mask).last_hidden_state
        whole = ((states * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)).to(states.dtype)
        marked = places.to(states.dtype) @ states
        both = torch.cat([marked, whole[:, None].expand(-1, marked.shape[1], -1)], -1)
        return self.kinds(whole), self.parts(both)


class Exported(nn.Module):
    """The encoder for one text, with chances in place of logits: what reading runs."""

    def __init__(self, model: Encoder) -> None:
        super().__init__()
        self.model = model

    def forward(self, ids, sorts, places):
        kinds, parts = self.model(ids, sorts, places[None], torch.ones_like(ids, dtype=torch.float32))
        return kinds[0].softmax(-1), parts[0].softmax(-1)


class Exchange:
    """Gives the names of an example the names of others."""

    def __init__(self, examples: list[Example], random_: random.Random) -> None:
        self.random = random_
        self.pool: dict[int, list[str]] = defaultdict(list)
        for example in examples:
            for mark in example.layout.marks:
                text = example.layout.text[mark.start : mark.end]
                if mark.sort in _EXCHANGED and not _TELLING.search(text):
                    self.pool[mark.sort].append(text)

    def apply(self, layout: Layout) -> Layout:
        chosen: dict[str | Day, str] = {}
        counts = Counter(mark.what for mark in layout.marks)
        pieces, marks, last, at = [], [], 0, 0
        for mark in layout.marks:
            old = layout.text[mark.start : mark.end]
            new = chosen.setdefault(mark.what, self._choose(mark, old, counts[mark.what])) or old
            if mark.sort == SORTS["person"] and " " not in old:
                new = new.split()[-1]
            pieces += [layout.text[last : mark.start], new]
            at += mark.start - last
            marks.append(Mark(at, at + len(new), mark.what, mark.sort))
            at, last = at + len(new), mark.end
        return Layout("".join([*pieces, layout.text[last:]]), tuple(marks))

    def _choose(self, mark: Mark, old: str, count: int) -> str:
        """Another name for what is marked, or "" to keep the old one: what only publishes has a newspaper's name."""
        keeps = mark.sort not in _EXCHANGED | {PUBLISHER} or (mark.sort == PUBLISHER and count == 1)
        if keeps or _TELLING.search(old) or self.random.random() < KEPT:
            return ""
        return self.random.choice(self.pool[mark.sort] or self.pool[SORTS["organization"]])


def stack(examples: list[Example]) -> tuple[Batch, torch.Tensor, torch.Tensor]:
    """A batch, the labelled kinds, and the labelled parts (-1 where there is nothing to learn)."""
    read = [encoder.tokenize(e.layout) for e in examples]
    tokens, marks = max(len(ids) for ids, _, _ in read), max(1, *(len(p) for _, _, p in read))
    ids, sorts = (torch.zeros(len(read), tokens, dtype=torch.long) for _ in range(2))
    mask, places = torch.zeros(len(read), tokens), torch.zeros(len(read), marks, tokens)
    parts = torch.full((len(read), marks), -1)
    for row, (example, (words, kinds_of, found)) in enumerate(zip(examples, read, strict=True)):
        ids[row, : len(words)], sorts[row, : len(words)] = torch.from_numpy(words), torch.from_numpy(kinds_of)
        mask[row, : len(words)] = 1
        for column, (what, where) in enumerate(found.items()):
            places[row, column, where] = 1 / len(where)
            if example.kind != "":
                parts[row, column] = encoder.PARTS.index(example.parts[what])
    return (
        (ids, sorts, places, mask),
        torch.tensor([NOT_ASKED if e.kind is None else KINDS.index(e.kind) for e in examples]),
        parts,
    )


def deal(examples: list[Example], random_: random.Random) -> list[list[Example]]:
    """The examples in batches of similar length, in random order."""
    batches, held, longest = [], [], 0
    for example in sorted(examples, key=lambda e: len(e.layout.text) * random_.uniform(1, 1.2)):
        longest = max(longest, min(encoder.LENGTH, len(example.layout.text) // 4))
        held.append(example)
        if longest * len(held) >= TOKENS_A_STEP or len(held) == 32:
            batches.append(held)
            held, longest = [], 0
    batches += [held] if held else []
    random_.shuffle(batches)
    return batches


@dataclass(frozen=True)
class Plan:
    """How a training goes: rounds, rates, the share of quotations in a round, the weights that it goes on from and the
    share of what it learns in a mean with those."""

    epochs: int
    rate: float
    head_rate: float
    quoted: float
    start: Path | None
    share: float


def choose(examples: list[Example], quoted: float, random_: random.Random) -> list[Example]:
    """What is learned from in a round: of the quotations, which are many and long, the share `quoted`."""
    return [e for e in examples if e.kind is not None or random_.random() < quoted]


def fit(examples: list[Example], plan: Plan, folder: Path) -> Encoder:
    random_ = random.Random(SEED)
    torch.manual_seed(SEED)
    exchange, model = Exchange(examples, random_), Encoder(folder)
    begun = _widen(torch.load(plan.start), model) if plan.start is not None else None
    if begun is not None:
        model.load_state_dict(begun)
    body = [p for n, p in model.named_parameters() if n.startswith("body.") and p.requires_grad]
    heads = [p for n, p in model.named_parameters() if not n.startswith("body.")]
    steps = plan.epochs * len(deal(choose(examples, plan.quoted, random.Random(SEED)), random.Random(SEED)))
    optimizer = torch.optim.AdamW(
        [{"params": body, "lr": plan.rate}, {"params": heads, "lr": plan.head_rate}], fused=True
    )
    rate = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda s: min(1, s / (WARM * steps)) * max(0, 1 - s / steps))
    for epoch in range(plan.epochs):
        model.train()
        total, start = 0.0, time.monotonic()
        for batch in deal(choose(examples, plan.quoted, random_), random_):
            changed = (
                replace(e, layout=exchange.apply(e.layout)) if random_.random() < EXCHANGED else e for e in batch
            )
            loss = weigh_errors(model, list(changed))
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            rate.step()
            total += loss.item()
        say(f"epoch {epoch + 1}: loss {total * plan.epochs / steps:.3f}, {time.monotonic() - start:.0f} s")
    if begun is not None:
        learned = model.state_dict()
        model.load_state_dict({n: torch.lerp(begun[n], w, plan.share) for n, w in learned.items()})
    return model.eval()


def _widen(kept: dict[str, torch.Tensor], model: Encoder) -> dict[str, torch.Tensor]:
    """Weights kept when there were fewer sorts of marks: new ones begin as the sort they are most like, or nothing."""
    known, sorts = kept["sorts.weight"], torch.zeros_like(model.sorts.weight)
    sorts[: len(known)] = known
    for sort, like in ((RULED_VOICE, "person"), (RULED_FOR, "organization"), (RULED_ALONE, "organization")):
        if sort >= len(known):
            sorts[sort] = known[SORTS[like]]
    return kept | {"sorts.weight": sorts}


def weigh_errors(model: Encoder, batch: list[Example]) -> torch.Tensor:
    """The loss of a batch: of the kinds, and of the parts."""
    inputs, kinds, parts = stack(batch)
    with torch.autocast("cpu", dtype=torch.bfloat16):  # three times as fast where the processor has it
        said_kinds, said_parts = model(*inputs)
    said_kinds, said_parts = said_kinds.float(), said_parts.float()
    asked = kinds != NOT_ASKED
    loss = nn.functional.cross_entropy(said_kinds[asked], kinds[asked]) if asked.any() else said_kinds.sum() * 0
    if (parts >= 0).any():
        flat = said_parts.reshape(-1, len(encoder.PARTS))
        loss = loss + PARTS_WEIGH * nn.functional.cross_entropy(flat, parts.reshape(-1), ignore_index=-1)
    return loss


def save(model: Encoder, where: Path) -> None:
    """Write the model for onnxruntime, its matrices as whole numbers of one byte."""
    whole = where.with_suffix(".whole.onnx")
    ids = torch.randint(5, 1000, (1, 31))
    sample = (ids, torch.zeros_like(ids), torch.rand(3, 31))
    axes = {"ids": {1: "tokens"}, "sorts": {1: "tokens"}, "places": {0: "marks", 1: "tokens"}}
    names = {"input_names": list(axes), "output_names": ["kinds", "parts"], "dynamic_axes": axes}
    torch.onnx.export(Exported(model), sample, whole, dynamo=False, opset_version=17, **names)
    quantize_dynamic(whole, where, weight_type=QuantType.QInt8, per_channel=True)
    whole.unlink()
    say(f"{where}: {where.stat().st_size:,} bytes")


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--rate", type=float, default=RATE)
    parser.add_argument("--head-rate", type=float, default=HEAD_RATE)
    parser.add_argument("--quoted", type=float, default=QUOTED, help="share of the quotations in a round")
    parser.add_argument("--start", type=Path, help="weights that an earlier training kept")
    parser.add_argument("--share", type=float, default=0.5, help="of what is learned, in a mean with those weights")
    parser.add_argument("--keep", type=Path, help="where to keep the weights")
    parser.add_argument("--without", nargs="*", default=[], metavar="GROUP")
    parser.add_argument("--extra", nargs="*", default=[], metavar="GROUP=FOLDER", help="further labelled articles")
    parser.add_argument("--out", type=Path, default=encoder.MODEL)
    parser.add_argument("--weights", type=Path, default=ROOT / "var" / "weights", help="folder to unpack them to")
    args = parser.parse_args()
    folder = unpack(args.weights)
    shutil.copy(folder / "tokenizer.json", encoder.TOKENS)
    extra = {name: Path(where) for name, where in (e.split("=") for e in args.extra)}
    examples = [e for e in Corpus().read_all(extra) if e.group not in args.without]
    say(f"{len(examples)} texts, {sum(len(e.parts) for e in examples)} marks")
    model = fit(examples, Plan(args.epochs, args.rate, args.head_rate, args.quoted, args.start, args.share), folder)
    if args.keep:
        torch.save(model.state_dict(), args.keep)
    save(model, args.out)
    if args.out == encoder.MODEL:
        digest = encoder.digest_files()
        code = CODE.read_text(encoding="utf-8")
        CODE.write_text(re.sub(r'(?m)^DIGEST = ".*"$', f'DIGEST = "{digest}"', code), encoding="utf-8")


if __name__ == "__main__":
    main()
