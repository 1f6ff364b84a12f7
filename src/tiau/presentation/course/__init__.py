"""The course of a place over time: what the run and a forecast give, every report, the acts of authorities."""
