"""Fetch, build the page, answer. One module a kind of page."""
