"""Pure functions from the model to results that keep their working. Nothing here reads a clock or a file."""
