"""A paper about an agreement → facts with their place in it → the agreement's file, with its open questions."""
