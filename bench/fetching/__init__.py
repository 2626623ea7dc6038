"""The parts of the benchmark of polling."""
