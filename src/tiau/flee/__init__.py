"""Cases in Flee's format: run by its rules, set beside the data and plain baselines, written as Flee writes them."""
