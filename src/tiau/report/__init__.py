"""Telling: figures and one self-contained page."""
