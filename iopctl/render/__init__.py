"""Findings and rows → text. Every format is a function from values to a string or bytes; none of them prints."""
