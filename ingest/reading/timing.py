"""When an act happened: which date phrase belongs to which act, and which date the article settles on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import regex

from ingest.reading.clauses import Act
from ingest.reading.dates import DatePhrase, find_dates
from ingest.reading.document import TITLE, Document, Sentence
from ingest.reading.layout import Day

_REPORT = regex.compile(
    r"\b(?:said|says|saying|told|reported|reports|confirmed|confirms|disclosed|wrote|posted|tweeted|emerged|according to|cited|learned|revealed|made public|released|published|unsealed|seen by|show|showed)\b"
)
_PAST = regex.compile(
    r"\b(?:previously|in the past|not the first time|years? (?:ago|earlier)|months? (?:ago|earlier)|last (?:year|month|summer|spring|autumn|fall|winter)|earlier (?:this year|cases?)|precedent|once before|had already|back in|older case|remember)\b",
    regex.IGNORECASE,
)
BACKGROUND_DAYS = 35
OPENING = 2  # paragraphs
REPORT_DAYS = 8
FOLLOWING_DAYS = 30
# For these the announcement is the act.
ANNOUNCED = frozenset(
    {"price-change", "terms-change", "deal", "lawsuit", "accusation", "response", "ruling", "regulation", "restoration"}
)


RULED = 0.4  # what the day that the rules settle on weighs against what the encoder says of each
SURE = 0.2
REMEMBERED = 0.6  # for the day that an opening remembers


_STOPS = regex.compile(r"[;,]")


@dataclass(frozen=True, slots=True)
class ActDate:
    """A date for an act. `reported` where it is rather the day of the report; `own` where the act's sentence has it."""

    on: date
    precision: str
    sentence: Sentence
    reported: bool
    own: bool
    vague: bool = False


def _holds(wide: tuple[date, str], narrow: tuple[date, str]) -> bool:
    """Whether a month or year contains a more precise date."""
    ranks = ("day", "month", "year")
    if ranks.index(wide[1]) <= ranks.index(narrow[1]):
        return False
    return wide[0].year == narrow[0].year and (wide[1] == "year" or wide[0].month == narrow[0].month)


class Calendar:
    """The date phrases of an article, and the acts they date."""

    def __init__(self, doc: Document, published: date) -> None:
        self.doc, self.published = doc, published
        self.phrases: dict[int, list[DatePhrase]] = {}
        self.heading: dict[int, ActDate] = {}
        anchor: date | None = None
        spoken: date | None = None
        section: ActDate | None = None
        for sentence in doc.sentences:
            found = find_dates(sentence.plain, published, anchor, spoken)
            self.phrases[sentence.index] = found
            past = [p for p in found if not p.future and p.precision == "day" and not p.dateline]
            anchor = past[-1].on if past else anchor
            told = [p for p in found if not p.future and not p.dateline]
            spoken = told[-1].on if told else spoken
            if sentence.paragraph in doc.headings:
                day = next((p for p in found if not p.future), None)
                section = ActDate(day.on, day.precision, sentence, False, False) if day else None
            if section is not None:
                self.heading[sentence.index] = section

    def of_act(self, act: Act) -> ActDate | None:
        """The date of one act: from its own sentence, else from the sentences before it in its paragraph, else the
        heading of its section."""
        own = self._own(act)
        if own is not None or act.sentence.paragraph == TITLE:
            return own
        for sentence in reversed(self.doc.sentences[max(0, act.sentence.index - 2) : act.sentence.index]):
            if sentence.paragraph != act.sentence.paragraph:
                break
            usable = [p for p in self.phrases[sentence.index] if not (p.future or p.dateline or p.since)]
            if usable:
                phrase = usable[-1]
                return ActDate(phrase.on, phrase.precision, sentence, bool(_REPORT.search(sentence.plain)), False)
        return self._following(act) or self.heading.get(act.sentence.index)

    def _following(self, act: Act) -> ActDate | None:
        """A day named in the two sentences after an act's, in its paragraph."""
        found: ActDate | None = None
        for sentence in self.doc.sentences[act.sentence.index + 1 : act.sentence.index + 3]:
            if sentence.paragraph != act.sentence.paragraph:
                break
            for phrase in self.phrases[sentence.index]:
                if phrase.precision == "day" and 0 <= (self.published - phrase.on).days <= FOLLOWING_DAYS:
                    found = found or ActDate(phrase.on, phrase.precision, sentence, False, False)
        return found

    def _own(self, act: Act) -> ActDate | None:
        text = act.sentence.plain
        usable = [p for p in self.phrases[act.sentence.index] if not p.future and not p.dateline]
        if not usable:
            return None

        def distance(phrase: DatePhrase) -> tuple[int, int, int]:
            low, high = sorted((phrase.end, act.start) if phrase.end <= act.start else (act.end, phrase.start))
            between = text[low:high]
            rank = 2 * phrase.since + (phrase.precision != "day")
            return (rank, len(_REPORT.findall(between)) + len(_STOPS.findall(between)) // 2, high - low)

        phrase = min(usable, key=distance)
        reported = self._is_report(act, phrase, text)
        return ActDate(
            phrase.on, phrase.precision, act.sentence, reported, True, phrase.since and phrase.precision != "day"
        )

    def _is_report(self, act: Act, phrase: DatePhrase, text: str) -> bool:
        """Whether a verb of reporting stands closer to the date than the act does."""
        reports = [
            m
            for m in _REPORT.finditer(text)
            if (m.end() <= act.start or m.start() >= act.end)
            and "," not in text[min(m.end(), phrase.end) : max(m.start(), phrase.start)]
        ]
        gap = max(phrase.start - act.end, act.start - phrase.end, 0)
        return any(max(phrase.start - m.end(), m.start() - phrase.end, 0) < gap for m in reports)

    def is_background(self, act: Act) -> bool:
        """Whether the act lies well before the article, by its date or by the words around it."""
        if act.sentence.paragraph == TITLE:
            return False
        dated = self.of_act(act)
        if dated is not None:
            span = {"day": 0, "month": 31, "year": 366}[dated.precision]
            age = (self.published - dated.on).days - span
            other_month = dated.precision != "month" or (dated.on.year, dated.on.month) != (
                self.published.year,
                self.published.month,
            )
            aside = act.sentence.paragraph > 1 and dated.own and dated.precision != "day"
            if age > BACKGROUND_DAYS or (aside and other_month and self.published.day > 3):
                return True
            if aside and other_month and (self.published - dated.on).days > 40:
                return True
        return act.sentence.paragraph > 1 and bool(_PAST.search(act.sentence.plain))

    def settle(self, acts: list[tuple[Act, float]]) -> ActDate | None:
        """The date that the tellings of one event agree on; `acts` come with their weights."""
        votes: dict[tuple[date, str], float] = defaultdict(float)
        best: dict[tuple[date, str], ActDate] = {}
        for act, weight in acts:
            dated = self.of_act(act)
            if dated is None or dated.vague:
                continue
            value = weight * (1.0 if dated.own else 0.5)
            if dated.reported:
                value *= 0.5 if act.kind == "lawsuit" else 1.0 if act.kind in ANNOUNCED else 0.35
            value *= {"day": 1.0, "month": 0.6, "year": 0.4}[dated.precision]
            key = (dated.on, dated.precision)
            votes[key] += value
            best.setdefault(key, dated)
        if not votes:
            return None
        # A month or year that holds a day speaks for that day.
        total = {
            key: value + sum(v for other, v in votes.items() if other != key and _holds(other, key))
            for key, value in votes.items()
        }
        return best[max(total, key=lambda k: total[k])]

    def choose(self, ruled: ActDate | None, chances: Mapping[Day, float]) -> ActDate | None:
        """The day of the news: of the days named, the one for which `ruled` and the encoder's `chances` speak most."""
        weights = {day: (1 - RULED) * chance for day, chance in chances.items()}
        if ruled is not None:
            held = Day(ruled.on, ruled.precision)
            weights[held] = weights.get(held, 0.0) + RULED
        for day in self._list_remembered():
            weights[day] = weights.get(day, 0.0) + REMEMBERED
        best = max(weights, key=lambda day: weights[day], default=None)
        if best is None or weights[best] < SURE or (ruled is not None and best == Day(ruled.on, ruled.precision)):
            return ruled
        for sentence in self.doc.sentences:
            if any((p.on, p.precision) == (best.on, best.precision) for p in self.phrases[sentence.index]):
                return ActDate(best.on, best.precision, sentence, False, True)
        return ruled

    def _list_remembered(self) -> set[Day]:
        """The days whose anniversary the title or the first paragraphs tell."""
        opening = (s for s in self.doc.sentences if s.paragraph <= 1)
        return {Day(p.on, p.precision) for s in opening for p in self.phrases[s.index] if p.anniversary}

    def reported_day(self) -> ActDate | None:
        """The day on which the article's opening says that things were said, for news whose acts bear no date."""
        for sentence in self.doc.sentences:
            if not 0 <= sentence.paragraph <= OPENING:
                continue
            for phrase in self.phrases[sentence.index]:
                recent = 0 <= (self.published - phrase.on).days <= REPORT_DAYS
                if phrase.precision == "day" and recent and not phrase.dateline and not phrase.future:
                    return ActDate(phrase.on, phrase.precision, sentence, True, False)
        return None
