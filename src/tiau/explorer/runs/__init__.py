"""Runs of a scenario and of what-ifs as a page asks for them, and what is kept of them."""
