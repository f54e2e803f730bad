"""What the log need not have of an outage: a line, or a traceback, for each who was told of it."""

import logging

from django.db import InterfaceError, OperationalError

TOLD = {503, 507}


class NoOutage(logging.Filter):
    """Leaves out answers that say that the database failed; `catalog.outage` has a line of it, one a second."""

    def filter(self, record: logging.LogRecord) -> bool:
        error = record.exc_info[1] if record.exc_info else None
        return getattr(record, "status_code", None) not in TOLD and not isinstance(
            error, OperationalError | InterfaceError
        )
