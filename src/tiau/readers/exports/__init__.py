"""Exports that analysts have: files as grids, read into findings, one file a kind of export."""
