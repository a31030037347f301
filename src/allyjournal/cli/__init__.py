"""The commands: each opens, calls verbs in a row, and shows."""
