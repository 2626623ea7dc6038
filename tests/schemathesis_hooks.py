"""What the OpenAPI description cannot say of parameters, for schemathesis: which values mean something.

A cursor is made by the server alone; names are those of the record; a span does not end before it begins; a page of
changes is neither counted nor ordered; words and names hold no control characters, names a letter or digit; a colon
may make a word an operator.
"""

from __future__ import annotations

import re
from typing import Any

import schemathesis
from hypothesis import strategies as st

_TRUTHS = (True, False, "true", "false")
_ORDERS = ("newest", "oldest", "relevance", "updated", "")
_SPAN = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}")
_ODD = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff:]")

schemathesis.openapi.format("cursor", st.just(""))
# Of the starter record; what it never had is refused.
schemathesis.openapi.format("actor", st.sampled_from(["openai", "Anthropic", "windsurf", ""]))
schemathesis.openapi.format("dispute", st.sampled_from(["agentic-shopping", "bing-index", ""]))
schemathesis.openapi.format("source", st.sampled_from(["techcrunch", "the-verge", ""]))
schemathesis.openapi.format(
    "uri", st.from_regex(r"https?://[a-z0-9]{1,9}\.(com|org|example)(/[A-Za-z0-9._~-]{1,9}){0,3}", fullmatch=True)
)


@schemathesis.hook
def before_call(context: Any, case: Any, kwargs: dict[str, Any]) -> None:
    """Leave out of a query string what does not go together with the rest of it."""
    asked = case.query or {}
    since, until = str(asked.get("since") or ""), str(asked.get("until") or "")
    are_spans = _SPAN.fullmatch(since) and _SPAN.fullmatch(until)  # what is none is to be refused
    if are_spans and until[: len(since)] < since[: len(until)]:
        del asked["until"]
    if asked.get("updated_since"):
        for name, valid in (("count", _TRUTHS), ("order", _ORDERS)):
            if asked.get(name) in valid:
                del asked[name]
    for name in ("q", "actor", "dispute", "source"):
        if isinstance(asked.get(name), list):
            asked[name] = [_mean(name, value) for value in asked[name]]
        elif name in asked:
            asked[name] = _mean(name, asked[name])


def _mean(name: str, value: Any) -> Any:
    """The value as it would be if it meant something; of the same length, unless it is nothing but blanks."""
    if not isinstance(value, str) or not value:
        return value
    text = _ODD.sub("0", value)
    return text if re.search(r"[^\W_]", text) else f"{text[:-1]}0"
