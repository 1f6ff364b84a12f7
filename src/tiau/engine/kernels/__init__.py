"""Compiled inner loops: arrays in, arrays changed in place; every loop runs over the members of a batch."""
