"""What is assumed: places, ways, people, events, acts, parameters."""
