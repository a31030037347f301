"""What was written, and nothing lost: entries as Markdown files in a folder."""
