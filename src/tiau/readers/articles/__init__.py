"""What a news text says: figures, acts and events proposed as rows, each with the words that carry it."""
