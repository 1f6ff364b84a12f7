"""What if: a scenario with some of it changed, run on the same draws."""
