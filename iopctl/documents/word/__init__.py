"""The parts of a Word file: what is taken from the municipality's frame, and what is written into it."""
