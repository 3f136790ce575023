"""What a new workspace begins with: texts for a municipality, and how what is there already compares with them."""
