"""Django's SQLite, in a file that only its owner reads, and readable where nobody may write."""
