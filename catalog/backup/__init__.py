"""The whole database in one file, and back: catalog, history, accounts and former addresses; no sessions.

Both while the site is served. A backup is one moment of the database; a restore is one change of it.
"""
