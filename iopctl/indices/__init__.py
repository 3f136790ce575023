"""The index tables that come with iopctl: published figures with their sources, and nothing between them."""
