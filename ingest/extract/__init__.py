"""Page bytes to an article: title, byline, publisher, time, paragraphs."""

from ingest.extract.page import extract_page

__all__ = ["extract_page"]
