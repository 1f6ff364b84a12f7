"""Making a scenario: a new folder, exports recognised, matched to places and merged into tables, ways proposed."""
