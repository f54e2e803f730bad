"""The public pages. Reads the catalog through its snapshot only, and gets every figure from `fit`."""
