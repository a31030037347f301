"""What the writer does with the journal: the next prompt, the interview, the review."""
