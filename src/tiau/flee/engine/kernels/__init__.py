"""Flee's rules compiled: arrays in, arrays changed; every function has a plain-Python twin in tests/."""
