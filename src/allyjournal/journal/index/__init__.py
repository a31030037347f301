"""The index: what is known of every entry without reading it. A cache in SQLite, disposable, never the truth."""
