"""Telling: tables for the terminal, pages, charts and words."""
