"""allyjournal: a command-line journal for the practice of allyship."""

__version__ = "0.1.0"
