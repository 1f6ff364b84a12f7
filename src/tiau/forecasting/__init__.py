"""What comes next: figures as they were known on a day, methods that forecast them, hindcasts that judge those."""
