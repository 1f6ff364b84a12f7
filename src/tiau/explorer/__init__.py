"""The explorer: a page on this machine where a decision is tried and felt."""
