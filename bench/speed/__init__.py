"""The parts of bench/speed_*.py."""
