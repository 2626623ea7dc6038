"""One form for one address: which spellings of an address lead to the same page."""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
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
_AMP = re.compile(r"[/.]amp(?:[/.]|$)|ampproject", re.I)  # where there may be one of these
_INDEX = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?)$", re.I)
_MOBILE_LABELS = frozenset({"m", "mobile", "amp"})

# Most addresses are in their normal form already, and are passed on; a test holds the pattern to what it skips.
_PLAIN = re.compile(
    r"https?://(?!(?:[a-z0-9-]+\.)?(?:m|mobile)\.)(?:(?!xn--)[a-z0-9](?:[a-z0-9-]{0,40}[a-z0-9])?\.)+[a-z]{2,20}"
    r"(?:/|(?:/(?!index\.|default\.)[A-Za-z0-9_-][A-Za-z0-9_.~-]*)+/?)"
)

# A page of which nobody knows the address is kept under one that leads nowhere (RFC 2606), and is shown under none.
_NOWHERE = "https://file.invalid/"
_NAMELESS = "urn:aiwatch:page:"  # the same in a record file
NO_ADDRESS = "a page without an address"


def make_stand_in(name: str) -> str:
    """What takes the place of the address of a page that has none, by a name that no other page has."""
    return _NOWHERE + name


def is_stand_in(url: str) -> bool:
    """Whether this only takes the place of an address."""
    return url.startswith(_NOWHERE)


def known_address(url: str | None) -> str | None:
    """The address where it is one; nothing where it only takes the place of one."""
    return None if url is None or is_stand_in(url) else url


def name_page(url: str) -> str:
    """The address, or a name that cannot be taken for one: how a record file names the page."""
    return url.replace(_NOWHERE, _NAMELESS, 1) if is_stand_in(url) else url


def find_page_named(name: str) -> str:
    """What `name_page` made the name of."""
    return name.replace(_NAMELESS, _NOWHERE, 1) if name.startswith(_NAMELESS) else name


@lru_cache(maxsize=4096)  # one address is asked about several times on its way into the record
def canonical_url(url: str) -> str:
    """The address of a page without what does not change the page.

    Tracking parameters, fragment, user name, default port, AMP and mobile variants go; host, escapes and dots take
    their normal form. Returns "" for what is not an http or https address.
    """
    if _is_plain(url):
        return url
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
    url = canonical_url(url)
    if _is_plain(url):
        return url.partition("//")[2].removeprefix("www.").rstrip("/")
    parts = urlsplit(url)
    pairs = sorted(parse_qsl(parts.query, keep_blank_values=True))
    query = "?" + "&".join(f"{name}={value}" for name, value in pairs) if pairs else ""
    return parts.netloc.removeprefix("www.") + unquote(parts.path).rstrip("/") + query


@lru_cache(maxsize=4096)
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


def _is_plain(url: str) -> bool:
    return _PLAIN.fullmatch(url) is not None and _AMP.search(url) is None


def is_tracking(name: str) -> bool:
    """Whether a parameter of this name says where a reader came from, and nothing of what is asked for."""
    name = name.lower()
    return name in _TRACKING_NAMES or name.startswith(_TRACKING_STARTS)


def _is_tracking(pair: str) -> bool:
    name, _, value = pair.partition("=")
    return is_tracking(name) or (name.lower() == "source" and value.startswith("rss"))
