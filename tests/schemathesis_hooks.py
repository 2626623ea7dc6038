"""What the OpenAPI description cannot say of parameters, for schemathesis: which values do not go together.

A cursor is made by the server alone; a span does not end before it begins; a page of changes is neither counted nor
ordered; relevance needs words.
"""

from __future__ import annotations

from typing import Any

import schemathesis
from hypothesis import strategies as st

schemathesis.openapi.format("cursor", st.just(""))
schemathesis.openapi.format(
    "uri", st.from_regex(r"https?://[a-z0-9]{1,9}\.(com|org|example)(/[A-Za-z0-9._~-]{1,9}){0,3}", fullmatch=True)
)


@schemathesis.hook
def before_call(context: Any, case: Any, kwargs: dict[str, Any]) -> None:
    """Leave out of a query string what does not go together with the rest of it."""
    asked = case.query or {}
    since, until = str(asked.get("since") or ""), str(asked.get("until") or "")
    if since and until and until[: len(since)] < since[: len(until)]:
        del asked["until"]
    if asked.get("updated_since"):
        asked.pop("count", None)
        asked.pop("order", None)
    if isinstance(asked.get("q"), str):
        asked["q"] = asked["q"].replace(":", "0")  # it would make a word an operator, perhaps an unknown one
