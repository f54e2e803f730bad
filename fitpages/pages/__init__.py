"""One module a kind of page: it assembles a frozen dataclass whose names are what a reader would say.

A template gets that dataclass as `page` and shows it; every figure is text by then.
"""
