"""Speed as ratios, and the long safety runs. Nothing here is imported by the program or by its tests' verdicts."""
