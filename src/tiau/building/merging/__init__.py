"""What exports say, merged into the tables of a scenario folder: one file a kind of finding."""
