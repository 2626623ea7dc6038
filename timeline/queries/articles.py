"""What readers ask of the articles."""

from __future__ import annotations

from django.db.models import Prefetch

from timeline.addresses import canonical_url, url_hash
from timeline.errors import InvalidFilter, NotFound
from timeline.models import Article, Citation

LONGEST_ADDRESS = 2000  # characters


def find_article(url: str) -> Article:
    """The article at an address in any of its spellings, with its citations of published events.

    Raises:
        InvalidFilter: it is no address on the web.
        NotFound: no published event cites it.
    """
    if len(url) > LONGEST_ADDRESS or not url.startswith(("http://", "https://")) or not canonical_url(url):
        raise InvalidFilter({"url": "is not an address that begins with http:// or https://"})
    public = Citation.objects.filter(event__state="published").select_related("event")
    articles = Article.objects.citing_published().filter(key=url_hash(url)).select_related("publisher", "original")
    found: Article | None = articles.prefetch_related(Prefetch("citations", public)).first()
    if found is None:
        raise NotFound(url)
    return found
