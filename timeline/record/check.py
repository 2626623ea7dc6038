"""What rows must be to each other: names unique, references known, dates and slugs in step, words sourced."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from timeline.addresses import url_hash
from timeline.record.problems import suggest
from timeline.record.rows import Located, Row

Rows = dict[str, list[Row]]


@dataclass(frozen=True, slots=True)
class Known:
    """What rows may refer to: slugs by noun, actors' slugs by lower-case name, and kinds of actors."""

    slugs: dict[str, dict[str, None]]
    actors_by_name: dict[str, str]
    kinds: dict[str, str]


def check_rows(rows: Rows) -> None:
    """Report all faults between the rows, each at its row's place."""
    for noun in rows:
        _refuse_twins(rows[noun], "slug")
    known = Known(
        slugs={noun: dict.fromkeys(row.get("slug") for row in found) for noun, found in rows.items()},
        actors_by_name={row.get("name").lower(): row.get("slug") for row in rows["actors"]},
        kinds={row.get("slug"): row.get("kind") for row in rows["actors"]},
    )
    _check_names(rows["actors"])
    _check_parents(rows["actors"], known)
    for dispute in rows["disputes"]:
        _refer(dispute.all("sides"), "actor", known)
        _refuse_twins(dispute.all("sides"), "actor")
    for event in rows["events"]:
        _check_event(event, known)
    _check_articles(rows["events"])


def _check_names(actors: Iterable[Row]) -> None:
    owners: dict[str, tuple[Row, int]] = {}
    for actor in actors:
        names = [*([actor.values["name"]] if "name" in actor.values else []), *actor.lists.get("aliases", [])]
        for place, name in enumerate(names):
            owner, line = owners.setdefault(name.value.lower(), (actor, name.line))
            field = actor.place.at("aliases" if place else "name")
            if owner is not actor:
                field.report(name.line, f"'{name.value}' is a name of {owner.place.row} already (line {line})")
            elif line != name.line or (place and name.value.lower() == actor.get("name").lower()):
                field.report(name.line, f"'{name.value}' is given twice; it stands in line {line} already")


def _check_parents(actors: Iterable[Row], known: Known) -> None:
    parents = {row.get("slug"): row.get("parent") for row in actors}
    for actor in actors:
        if "title" in actor.values and actor.get("kind") not in {"person", ""}:
            actor.report(
                "title", f"only a person has a job title; {actor.get('name') or 'this'} is of kind {actor.get('kind')}"
            )
        if "parent" not in actor.values or not _refer([actor], "parent", known):
            continue
        parent = actor.get("parent")
        if known.kinds.get(parent) == "person":
            actor.report("parent", f"'{parent}' is a person; a parent is an organization or a product")
        elif cycle := _find_cycle(actor.get("slug"), parents):
            actor.report("parent", f"goes round in a circle: {' → '.join(cycle)}")


def _find_cycle(slug: str, parents: dict[str, str]) -> list[str]:
    chain = [slug]
    while (above := parents.get(chain[-1], "")) and above not in chain:
        chain.append(above)
    return [*chain, above] if above == slug else []


def _check_event(event: Row, known: Known) -> None:
    _check_date(event)
    _refer([event], "dispute", known)
    _refer(event.all("participants"), "actor", known)
    _refer(event.all("clauses"), "vendor", known)
    _refer(event.all("quotes"), "speaker", known)
    _refer(event.all("quotes"), "on_behalf_of", known)
    _refer(event.all("links"), "to", known)
    _refuse_twins(event.all("participants"), "actor", "role")
    _refuse_twins(event.all("dates"), "text", "kind")
    _refuse_twins(event.all("clauses"), "text", "vendor")
    _refuse_twins(event.all("quotes"), "text", "speaker")
    _refuse_twins(event.all("sources"), "url")
    _refuse_twins(event.all("links"), "to", "relation")
    _check_words(event, known)
    for link in event.all("links"):
        if link.get("to") and link.get("to") == event.get("slug"):
            link.report("to", "an event cannot link to itself")


def _check_words(event: Row, known: Known) -> None:
    sources = [source.get("url") for source in event.all("sources")]
    for words in (*event.all("quotes"), *event.all("clauses")):
        if "url" in words.values and words.get("url") not in sources:
            text = f"'{words.get('url')}' is not among this event's sources{suggest(words.get('url'), sources)}"
            words.report("url", text)
        if known.kinds.get(words.get("on_behalf_of")) == "person":
            text = f"'{words.get('on_behalf_of')}' is a person; name the organization, or leave it out"
            words.report("on_behalf_of", text)


_KEPT = {"day": 10, "month": 7, "year": 4}  # how much of YYYY-MM-DD a precision tells


def _check_date(event: Row) -> None:
    day, precision, slug = event.get("date"), event.get("date_precision"), event.get("slug")
    if not day or not precision:
        return
    told = day[: _KEPT[precision]]
    first = told + "-01-01"[: 10 - len(told)] if precision == "year" else (told + "-01")[:10]
    if day != first:
        text = f"'{day}' is not the first day of the {precision}; write '{first}', or date_precision: day"
        event.report("date", text)
    if slug and not slug.startswith(told):
        event.report("slug", f"must begin with the event's date, {told}, as in '{day}-{_without_date(slug)}'")
    elif slug and not _without_date(slug, strict=True):
        event.report("slug", f"must be a whole date and some words, as in '{day}-vendor-cuts-off-rival'")


def _without_date(slug: str, *, strict: bool = False) -> str:
    """The words of a slug behind YYYY-MM-DD-; "" or, unless `strict`, a guess where it does not begin so."""
    words = slug.split("-")
    dated = len(words) > 3 and [len(w) for w in words[:3]] == [4, 2, 2] and "".join(words[:3]).isdigit()
    if dated:
        return "-".join(words[3:])
    return "" if strict else "-".join(w for w in words if not w.isdigit()) or "what-happens"


def _check_articles(events: Iterable[Row]) -> None:
    """One address is one article, however many events cite it; a publisher's name is always written alike."""
    articles: dict[str, Row] = {}
    publishers: dict[str, Located] = {}
    for source in (source for event in events for source in event.all("sources")):
        if not source.get("url"):
            continue
        first = articles.setdefault(url_hash(source.get("url")), source)
        if source.get("url") != first.get("url"):
            source.report("url", f"is the page of line {first.line}, {first.get('url')}; write both alike")
        for key in ("publisher", "title", "published_on"):
            if source.get(key) != first.get(key):
                where = f"line {first.line}, {first.place.row}"
                said = f"'{first.get(key)}'" if first.get(key) else f"no {key}"
                source.report(key, f"the same address has {said} in {where}; make both alike")
        if "publisher" in source.values:
            name = source.values["publisher"]
            known = publishers.setdefault(name.value.lower(), name)
            if known.value != name.value:
                source.report("publisher", f"is written '{known.value}' in line {known.line}; make both alike")


_NOUN_OF = {"dispute": "disputes", "to": "events"}


def _refer(rows: Iterable[Row], key: str, known: Known) -> bool:
    """Report references to rows that are not in the file. Returns whether all there were are known."""
    noun = _NOUN_OF.get(key, "actors")
    slugs = known.slugs[noun]
    missing = [row for row in rows if key in row.values and row.get(key) not in slugs]
    for row in missing:
        slug = row.get(key)
        named = known.actors_by_name.get(slug.replace("-", " ")) if noun == "actors" else None
        end = f"; did you mean '{named}'?" if named else suggest(slug, list(slugs))
        row.report(key, f"no {noun[:-1]} of this file has the slug '{slug}'{end}")
    return not missing


def _refuse_twins(rows: Iterable[Row], *keys: str) -> None:
    seen: dict[tuple[str, ...], Row] = {}
    for row in rows:
        if any(key not in row.values for key in keys):
            continue
        first = seen.setdefault(tuple(row.get(key) for key in keys), row)
        if first is not row:
            same = ", ".join(f"{key} '{_shorten(row.get(key))}'" for key in keys)
            row.report(keys[0], f"is given twice ({same}); it stands in line {first.line} already")


def _shorten(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"
