"""What a page needs to know of a scenario before anything runs, one file a part."""
