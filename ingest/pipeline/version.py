"""Who the pipeline says it is, in `by` fields of the record."""

from ingest.reading import VERSION

BY = f"pipeline {VERSION}"
