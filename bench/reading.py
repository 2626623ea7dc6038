"""What reading and matching cost, each as a ratio to a floor measured in the same run, on the labelled articles.

extract   against bare trafilatura on the same pages
read      against extract (it is to cost less), and against a bare Aho-Corasick pass over the same texts
match     against a record of ever more events, of which the same number lie near: the cost has to stay the same
growth    one page of n, 2n, 4n ... characters, up to 5 MB: no faster than n log n
"""

from __future__ import annotations

import html
import math
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import trafilatura
from gate import Labelled, load_articles, load_table

from ingest.extract import extract_page
from ingest.match import MATCH_DAYS, match_events
from ingest.reading import read_article
from ingest.reading.names import fold_case
from ingest.types import Candidate, Page

ROUNDS = 9
NEAR = 200  # events of the last weeks


def measure(work: Callable[[], object]) -> float:
    """Seconds of processor time, the fastest of ROUNDS after one for warming up: other work only ever adds."""
    return measure_by_turns(work)[0]


def measure_by_turns(*works: Callable[[], object]) -> list[float]:
    """As `measure`, for several whose ratio counts: a machine that slows down slows all of them."""
    best = [math.inf] * len(works)
    for number in range(ROUNDS + 1):
        for place, work in enumerate(works):
            start = time.process_time()
            work()
            if number:
                best[place] = min(best[place], time.process_time() - start)
    return best


def say(line: str) -> None:
    sys.stdout.write(line + "\n")


def as_html(article: Labelled) -> bytes:
    """The article as a page with a frame of menus around it."""
    body = "".join(f"<p>{html.escape(p)}</p>" for p in article.page.paragraphs)
    links = "".join(f'<li><a href="/{n}">Section {n}</a></li>' for n in range(40))
    return (
        f"<html><head><title>{html.escape(article.page.title)}</title></head><body><nav><ul>{links}</ul></nav>"
        f"<article><h1>{html.escape(article.page.title)}</h1>{body}</article><footer>{links}</footer></body></html>"
    ).encode()


def bench_reading(articles: list[Labelled]) -> None:
    table = load_table()
    pages = [as_html(a) for a in articles]
    bare, extract, names, read = measure_by_turns(
        lambda: [trafilatura.extract(p) for p in pages],
        lambda: [extract_page(p, "https://paper.example/1", "text/html; charset=utf-8") for p in pages],
        lambda: [table.automaton.find_matches_as_indexes(fold_case(a.page.text)) for a in articles],
        lambda: [read_article(a.page, table, a.published_at, only_ours=True) for a in articles],
    )
    count = len(articles)
    say(f"extract  {count / extract:7.0f} articles/s/core   {extract / bare:6.2f} x bare trafilatura")
    say(
        f"read     {count / read:7.0f} articles/s/core   {read / extract:6.2f} x extract   {read / names:6.0f} x Aho-Corasick"
    )


def make_record(size: int, day: date) -> list[Candidate]:
    """`size` events, NEAR of them within MATCH_DAYS of `day`, the others spread over the years before."""
    return [
        Candidate(
            n,
            ("revocation", "restriction", "lawsuit", "deal")[n % 4],
            day - timedelta(days=n % MATCH_DAYS if n < NEAR else MATCH_DAYS + 1 + n % 3000),
            "day",
            ((f"actor-{n % 97}", "initiator"), (f"actor-{n % 89}", "target")),
            f"Actor {n % 97} cuts off actor {n % 89}",
        )
        for n in range(size)
    ]


def bench_matching(articles: list[Labelled]) -> None:
    table = load_table()
    read = [(a, read_article(a.page, table, a.published_at)) for a in articles]
    read = [(a, r) for a, r in read if r.events]
    day = date(2026, 3, 1)
    floor = 0.0
    for size in (1_000, 10_000, 100_000):
        near = [c for c in make_record(size, day) if (day - c.on).days <= MATCH_DAYS]
        spent = measure(lambda near=near: [match_events(r, a.page, a.published_at, near) for a, r in read])
        floor = floor or spent
        say(
            f"match    {len(read) / spent:7.0f} articles/s/core   {spent / floor:6.2f} x a record of 1 000 ({size} events)"
        )


def bench_growth() -> None:
    table, now = load_table(), datetime(2026, 3, 13, tzinfo=UTC)
    unit = "OpenAI said on Tuesday that it had cut off “some of those” who used its API, and Reddit’s users’ apps. "
    before = 0.0
    for size in (5_000, 20_000, 80_000, 320_000, 1_280_000, 5_120_000):
        page = Page("", "OpenAI cuts off Reddit", (unit * (size // len(unit)),))
        start = time.process_time()
        read_article(page, table, now)
        spent = time.process_time() - start
        bound = 4 * math.log(size) / math.log(size / 4)
        ratio = spent / before if before else 0
        say(f"growth   {size:9d} characters   {spent:6.2f} s   {ratio:5.2f} x the quarter (n log n: {bound:.2f})")
        before = spent


def main() -> None:
    articles = load_articles(ROOT / "tests" / "gold" / "articles")
    bench_reading(articles)
    bench_matching(articles)
    bench_growth()


if __name__ == "__main__":
    main()
