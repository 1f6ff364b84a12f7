"""The scenario that is explored as it was read, what can be followed in it, and what a what-if makes of it."""
