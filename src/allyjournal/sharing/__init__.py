"""What leaves the journal, and what must not."""
