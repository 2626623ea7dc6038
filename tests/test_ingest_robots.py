"""What robots.txt means, and what its failures mean (RFC 9309)."""

from datetime import timedelta

import pytest

from ingest.robots import NO_ANSWER, judge_robots, product_token, robots_url

AGENT = "aiwatch/1.0 (+https://robots.example/bot)"
URL = "https://news.example/private/a?b=c"


def allowed(body: bytes, url: str = URL, status: int = 200) -> bool:
    return judge_robots(url, AGENT, status=status, body=body).allowed


def test_rules_for_all_and_for_us() -> None:
    assert not allowed(b"User-agent: *\nDisallow: /private/")
    assert allowed(b"User-agent: *\nDisallow: /\n\nUser-agent: aiwatch\nDisallow: /other/")
    assert not allowed(b"User-agent: AIWATCH\nDisallow: /\n\nUser-agent: *\nAllow: /")
    assert allowed(b"User-agent: bot\nDisallow: /")  # a word of our contact address is not our name


def test_the_longest_rule_wins() -> None:
    assert allowed(b"User-agent: *\nDisallow: /private/\nAllow: /private/a")
    assert not allowed(b"User-agent: *\nDisallow: /*?b=\nAllow: /pri")


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 451])
def test_without_robots_all_is_allowed(status: int) -> None:
    assert allowed(b"User-agent: *\nDisallow: /", status=status)


@pytest.mark.parametrize("status", [NO_ANSWER, 429, 500, 503])
def test_an_unreachable_robots_forbids_for_a_month(status: int) -> None:
    assert not judge_robots(URL, AGENT, status=status, unreachable_for=timedelta(days=29)).allowed
    assert judge_robots(URL, AGENT, status=status, unreachable_for=timedelta(days=31)).allowed


@pytest.mark.parametrize(
    ("said", "seconds"), [(b"7", 7.0), (b"0.5", 0.5), (b"99999999", 3600.0), (b"-3", 0.0), (b"x", 0.0)]
)
def test_crawl_delay(said: bytes, seconds: float) -> None:
    assert (
        judge_robots(URL, AGENT, status=200, body=b"User-agent: *\nCrawl-delay: " + said).crawl_delay_seconds == seconds
    )


@pytest.mark.parametrize(
    "body", [b"", b"\xff\xfe\0binary\0", b"<html><body>Sorry</body></html>", b"\xef\xbb\xbf# nothing"]
)
def test_nonsense_allows(body: bytes) -> None:
    assert allowed(body)


def test_a_byte_order_mark_hides_no_rule() -> None:
    assert not allowed(b"\xef\xbb\xbfUser-agent: *\nDisallow: /")


def test_what_is_over_half_a_megabyte_is_not_read() -> None:
    assert allowed(b"#" * 600_000 + b"\nUser-agent: *\nDisallow: /")


def test_patterns_made_to_take_for_ever_do_not() -> None:
    rules = b"User-agent: *\nDisallow: /" + b"*a" * 5_000 + b"c$\n"
    assert allowed(rules, "https://news.example/" + "a" * 5_000)


def test_where_robots_stands() -> None:
    assert robots_url("https://u:p@news.example:8443/a/b?c") == "https://news.example:8443/robots.txt"
    assert product_token(AGENT) == "aiwatch"
