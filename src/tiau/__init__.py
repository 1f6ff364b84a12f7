"""Tiau: simulate, explain and forecast forced displacement."""

from tiau.version import __version__
