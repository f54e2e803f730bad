"""The backend that DATABASES names for PostgreSQL."""

from typing import Any

from django.db.backends.postgresql import base
from psycopg import IsolationLevel

from config.postgresql.connections import Connections

CONNECTIONS = Connections()


class DatabaseWrapper(base.DatabaseWrapper):
    """A request takes one of the process's few connections, and gives it back at its end (CONN_MAX_AGE is 0)."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        self.isolation_level = IsolationLevel.READ_COMMITTED
        return CONNECTIONS.take(conn_params)

    def _close(self) -> None:
        if self.connection is not None:
            connection, self.connection = self.connection, None
            with self.wrap_database_errors:
                CONNECTIONS.give_back(connection, self.get_connection_params(), sound=not self.errors_occurred)

    def close_pool(self) -> None:
        """Called before a test's database is copied or dropped, which nobody may be connected to."""
        CONNECTIONS.close_kept()
