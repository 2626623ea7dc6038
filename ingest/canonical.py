"""One form for one thing: addresses, wording, and how alike two texts are."""

from __future__ import annotations

import hashlib
import html
import re
import unicodedata
from urllib.parse import parse_qsl, unquote, urlsplit

from tld import get_fld
from url_normalize import url_normalize

# Parameters that say where a reader came from, not what the page is.
_TRACKING_NAMES = frozenset(
    [
        "mc_cid",
        "mc_eid",
        "mkt_tok",
        "hsctatracking",
        "fbclid",
        "gclid",
        "gclsrc",
        "dclid",
        "gbraid",
        "wbraid",
        "msclkid",
        "twclid",
        "ttclid",
        "yclid",
        "li_fat_id",
        "igshid",
        "igsh",
        "irclickid",
        "_ga",
        "_gl",
        "guccounter",
        "cmpid",
        "cmp",
        "ito",
        "ocid",
        "icid",
        "ncid",
        "cvid",
        "smid",
        "smtyp",
        "sref",
        "srnd",
        "taid",
        "xtor",
        "wt_mc",
        "wt.mc_id",
        "spm",
        "trk",
        "trkcampaign",
        "ref",
        "ref_src",
        "ref_url",
        "referrer",
        "rss",
        "feedtype",
        "ftag",
        "share",
        "shareid",
        "sharetoken",
        "amp",
        "outputtype",
        "isfreemail",
        "publication_id",
        "triedredirect",
        "showwelcomeonshare",
        "unlocked_article_code",
        "giftcopy",
        "action_referrer_id",
        "leadsource",
        "partner",
    ]
)
_TRACKING_STARTS = ("utm_", "at_", "ns_", "pk_", "mtm_", "_hs", "__hs", "hsa_", "oly_", "vero_", "ga_", "gaa_", "guce_")

_AMP_CACHE = re.compile(r"^https?://(?:www\.google\.[a-z.]+/amp|[^/]+\.cdn\.ampproject\.org/[a-z])/(s/)?(.+)$", re.I)
_AMP_PATH = re.compile(r"(?<=/)amp/|/amp/?$|\.amp(?=\.html?$|$)", re.I)
_INDEX = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?)$", re.I)
_MOBILE_LABELS = frozenset({"m", "mobile", "amp"})

_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\ud800-\udfff\u00ad\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]"
)
_JOINERS = re.compile("(?<=[\x00-\x7f])[\u200c\u200d]+|[\u200c\u200d]+(?=[\x00-\x7f])")
_SPACES = re.compile(r"\s+")
_WORD = re.compile(r"[^\W_]+", re.UNICODE)

SHINGLE_WORDS = 3
SIGNATURE_SIZE = 256
NEAR_DUPLICATE = 0.3  # copies of one wire text measure 0.4 to 1.0, independent texts on one event under 0.15


def canonical_url(url: str) -> str:
    """The address of a page without what does not change the page.

    Tracking parameters, fragment, user name, default port, AMP and mobile variants go; host, escapes and dots take
    their normal form. Returns "" for what is not an http or https address.
    """
    url = unquote_amp_cache(url.strip())
    try:
        normal = url_normalize(url, default_scheme="https") or ""
        parts = urlsplit(normal)
        host, port = parts.hostname or "", parts.port
    except (ValueError, UnicodeError):
        return ""
    if parts.scheme not in ("http", "https") or not host:
        return ""
    netloc = (f"[{host}]" if ":" in host else _desktop_host(host)) + (f":{port}" if port else "")
    path = _INDEX.sub("/", _AMP_PATH.sub("", parts.path)) or "/"
    query = "&".join(pair for pair in parts.query.split("&") if pair and not _is_tracking(pair))
    return parts._replace(netloc=netloc, path=path, query=query, fragment="").geturl()


def url_key(url: str) -> str:
    """What two addresses of one page share: the canonical address without scheme, www, order and last slash.

    Two canonical addresses with one key are taken for the same page.
    """
    parts = urlsplit(canonical_url(url))
    pairs = sorted(parse_qsl(parts.query, keep_blank_values=True))
    query = "?" + "&".join(f"{name}={value}" for name, value in pairs) if pairs else ""
    return parts.netloc.removeprefix("www.") + unquote(parts.path).rstrip("/") + query


def url_hash(url: str) -> str:
    """`url_key` as 64 hexadecimal digits, for an index."""
    return hashlib.sha256(url_key(url).encode("utf-8", "surrogatepass")).hexdigest()


def same_site(one: str, other: str) -> bool:
    """Whether two addresses belong to one registrable domain."""
    return site_of(one) == site_of(other)


def site_of(url: str) -> str:
    """The registrable domain of an address (example.co.uk of https://www.example.co.uk/a)."""
    domain = get_fld(url, fail_silently=True)
    return domain or ".".join((urlsplit(url).hostname or "").split(".")[-2:])


def unquote_amp_cache(url: str) -> str:
    """The publisher's address out of that of an AMP cache; any other address as it is."""
    match = _AMP_CACHE.match(url)
    return f"http{'s' if match[1] else ''}://{match[2]}" if match else url


def _desktop_host(host: str) -> str:
    labels = host.split(".")
    if len(labels) > 2 and labels[0] in _MOBILE_LABELS:
        rest = ".".join(labels[1:])
        return f"www.{rest}" if site_of(f"https://{rest}") == rest else rest
    if len(labels) > 3 and labels[1] in _MOBILE_LABELS:
        return ".".join([labels[0], *labels[2:]])
    return host


def _is_tracking(pair: str) -> bool:
    name, _, value = pair.partition("=")
    name = name.lower()
    return (
        name in _TRACKING_NAMES or name.startswith(_TRACKING_STARTS) or (name == "source" and value.startswith("rss"))
    )


def clean_text(text: str) -> str:
    """One line of text as a reader sees it: no control, direction or zero-width characters, single spaces, NFC."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    text = unicodedata.normalize("NFC", _JOINERS.sub("", _UNSEEN.sub("", _SPACES.sub(" ", text))))
    return _SPACES.sub(" ", text).strip()


def plain_text(markup: str) -> str:
    """`clean_text` of a string whose character references were left as they are."""
    return clean_text(html.unescape(markup))


def content_hash(text: str) -> str:
    """64 hexadecimal digits that stay the same when only case, spacing and punctuation change."""
    return hashlib.sha256(" ".join(_words(text)).encode()).hexdigest()


def signature(text: str) -> tuple[int, ...]:
    """A sketch of a text: the smallest hashes of its runs of three words, ascending, each below 2**63.

    Bottom-k sketch (Broder 1997, "On the resemblance and containment of documents").
    """
    words = _words(text)
    runs = {" ".join(words[at : at + SHINGLE_WORDS]) for at in range(max(1, len(words) - SHINGLE_WORDS + 1))}
    hashes = (hashlib.blake2b(run.encode(), digest_size=8).digest() for run in runs if run)
    return tuple(sorted(int.from_bytes(digest) >> 1 for digest in hashes)[:SIGNATURE_SIZE])


def similarity(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    """How alike two texts are by their signatures: the share of runs they have in common, 0.0 to 1.0.

    An estimate of Jaccard's measure; exact where both texts have no more than `SIGNATURE_SIZE` runs.
    """
    if not one or not other:
        return 0.0
    both = set(one) & set(other)
    union = sorted(set(one) | set(other))[: max(min(len(one), len(other)), SIGNATURE_SIZE)]
    return sum(1 for value in union if value in both) / len(union)


def _words(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold().replace("\u2019", "'").replace("'", ""))
