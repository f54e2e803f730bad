"""The facts, and the desk where editors keep them. Knows `fit`, and no page."""
