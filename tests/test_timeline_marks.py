"""Words that were searched for, marked in texts: as PostgreSQL marks them, and never more than the text says."""

from __future__ import annotations

import pytest
from django.db import connection

from timeline.marks import MARK_END, MARK_START, read_marks
from timeline.queries.stems import read_stems

TEXTS = (
    "Anthropic revokes OpenAI's access to Claude; developers were accessing the API for fine-tuning.",
    "The vendor's terms of service changed: re-selling is forbidden, resellers say (GPT-4o, 3.5 and o1-mini).",
    "Dying services lie; lying companies' policies are ties. A company, THE COMPANY. Entreprise État-major.",
    "See openai.com/policies or write to press@openai.com. Version 3.5.1 of 2025-06-03. An under_score, too.",
    "İstanbul's regulators regulate; regulation of regulated access. Naïve cafés.",
)
QUERIES = (
    "access", "accesses", "companies", '"terms of service"', "revoke or lying", "die", "3.5",
    "fine-tuning", "openai.com", "regulators", "naïve", "the access", "gpt-4o", "company's", "under_score",
    "o1-mini", "tie", "cafés", "État",
)  # fmt: skip


def read_query(q: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT websearch_to_tsquery('english', %s)::text", [q])
        return str(cursor.fetchone()[0])


def mark_as_postgres(text: str, q: str) -> str:
    options = f"HighlightAll=true, StartSel={MARK_START}, StopSel={MARK_END}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT ts_headline('english', %s, websearch_to_tsquery('english', %s), %s)", [text, q, options])
        return str(cursor.fetchone()[0])


def show(text: str) -> str:
    return text.replace(MARK_START, "[").replace(MARK_END, "]")


@pytest.mark.django_db
@pytest.mark.parametrize("q", QUERIES)
def test_words_are_marked_as_postgresql_marks_them(q: str) -> None:
    marked = read_marks(read_query(q)).mark(TEXTS, read_stems)
    assert [show(text) for text in marked] == [show(mark_as_postgres(text, q)) for text in TEXTS]


@pytest.mark.django_db
def test_words_that_are_left_out_are_not_marked() -> None:
    text = "Access to terms of service and re-selling."
    for q in ("terms -access", 'terms -"access of"', "terms -re-selling", "-access terms -service"):
        assert show(read_marks(read_query(q)).mark([text], read_stems)[0]) == text.replace("terms", "[terms]")


@pytest.mark.django_db
def test_a_part_holds_the_place_where_most_different_words_stand() -> None:
    filler = " ".join(f"word{n}" for n in range(60))
    text = f"Access first. {filler} Then access was revoked by vendors. {filler}"
    (part,) = read_marks(read_query("access vendor")).cut([text], read_stems)
    assert "[access] was revoked by [vendors]" in show(part)
    assert (part[:2], part[-2:], len(part.split())) == ("… ", " …", 32)
    assert part[2:-2].replace(MARK_START, "").replace(MARK_END, "") in text
    (ending,) = read_marks(read_query("access")).cut([f"{filler} no access"], read_stems)
    assert (ending[:2], show(ending).endswith("no [access]"), len(ending.split())) == ("… ", True, 31)


@pytest.mark.django_db
def test_a_text_without_the_words_shows_its_beginning_and_a_short_one_all() -> None:
    marks = read_marks(read_query("access"))
    assert marks.cut(["one " * 100, "  Short\n text. ", ""], read_stems) == [
        "one " * 30 + "…",
        "  Short\n text. ",
        "",
    ]


@pytest.mark.django_db
def test_marks_in_a_text_are_none_of_ours() -> None:
    (part,) = read_marks(read_query("access")).cut([f"{MARK_END}access{MARK_START} <b>access</b>"], read_stems)
    assert show(part) == "[access] <b>[access]</b>"


@pytest.mark.django_db
def test_the_beginning_of_a_stem_begins_its_words() -> None:
    words = "dying skies skis hoping agreed capability relational generously possibly agency happier prohibitions"
    stems = read_stems(words.split())
    for word, stem in stems.items():
        assert show(read_marks(f"'{stem}'").mark([word.title()], read_stems)[0]) == f"[{word.title()}]"


@pytest.mark.django_db
def test_texts_are_marked_as_each_would_be_alone() -> None:
    filler = " ".join(f"word{n}" for n in range(40))
    texts = [
        *TEXTS,
        "",
        "access",
        f"{filler}  access\n\n{filler} \t",
        f"{filler} access",
        f"  access {filler}  ",
        *TEXTS,
    ]
    for q in QUERIES:
        marks = read_marks(read_query(q))
        assert marks.cut(texts, read_stems) == [marks.cut([text], read_stems)[0] for text in texts]
        assert marks.mark(texts, read_stems) == [marks.mark([text], read_stems)[0] for text in texts]


@pytest.mark.django_db
@pytest.mark.parametrize("between", [" ", "  ", "\n", " \u2003"])
def test_a_part_ends_behind_its_last_word_however_words_are_set_apart(between: str) -> None:
    words = [f"word{n}" for n in range(50)]
    marks = read_marks("'access'")
    (part,) = marks.cut([between.join([*words[:10], "access", *words[10:]]) + " " * 40], read_stems)
    shown = between.join([*words[5:10], "[access]", *words[10:34]])
    assert show(part) == f"… {shown} …"
