"""What differs between two readings of an agreement: in its terms, in kronor for each year, in what has to be done."""
