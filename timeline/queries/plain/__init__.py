"""Rows as plain values in the shapes of the API: read by as few statements as the wanted fields need."""
