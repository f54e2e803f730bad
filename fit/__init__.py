"""The arithmetic: can this GPU run this model, at which quantization, how fast.

Standard library only. Nothing here knows a database row, a request or HTML; a test walks the imports.
"""
