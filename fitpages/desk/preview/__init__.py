"""Public pages with drafts in them, for the staff: docs/decisions/what-a-preview-shows.md."""
