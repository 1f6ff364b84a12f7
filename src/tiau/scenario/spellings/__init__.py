"""How days and figures are written in the wild, and what to write instead."""
