"""Documents: what a template may name, how it is filled in, and how the result is written."""
