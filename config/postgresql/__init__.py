"""Django's PostgreSQL, with an end to every wait and to the number of connections of a process."""
