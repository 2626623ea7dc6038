"""The words that tell of acts: data alone, one file a field."""
