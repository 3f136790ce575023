"""A new agreement: the questions, what their answers have to be, and the commented file that comes of them."""
