"""What the editors' desk has that needs verdicts, pages or their addresses."""
