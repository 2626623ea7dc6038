"""A server that does everything wrong that servers of feeds have been seen to do, and what is to come of it."""
