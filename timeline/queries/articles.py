"""What readers ask of the articles."""

from __future__ import annotations

from timeline.addresses import canonical_url, url_hash
from timeline.errors import InvalidFilter, NotFound
from timeline.models import Article

LONGEST_ADDRESS = 2000  # characters


def find_article_id(url: str) -> int:
    """The id of the article at an address in any of its spellings.

    Raises:
        InvalidFilter: it is no address on the web.
        NotFound: no published event cites it.
    """
    url = url.strip()
    written = url[:8].lower().startswith(("http://", "https://"))
    if len(url) > LONGEST_ADDRESS or not written or not canonical_url(url):
        raise InvalidFilter({"url": "is not an address that begins with http:// or https://"})
    articles = Article.objects.citing_published().filter(key=url_hash(url))
    found = articles.order_by().values_list("pk", flat=True).first()
    if found is None:
        raise NotFound(url)
    return int(found)
