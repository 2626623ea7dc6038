"""What bench/api.py needs: a view that does nothing, and a client that does not get in the way."""
