"""A run by Flee's rules told: in the terminal and as a page."""
