"""gunicorn's settings; WEB_CONCURRENCY sets the number of worker processes.

How long a client is waited for stands in config/client_socket.py and config/worker.py.
"""

import gc
import resource
from typing import Any

worker_class = "config.worker.RoomyWorker"
# A connection takes a file, and a thread three more for its database: no more of either than the system allows.
_, MOST_FILES = resource.getrlimit(resource.RLIMIT_NOFILE)
# Most of them wait for clients: docs/decisions/room-for-others.md.
threads = min(256, MOST_FILES // 16)
worker_connections = min(1000, MOST_FILES // 2)
keepalive = 15
# Files go the same way as pages, so that whoever reads one slowly is waited for no longer.
sendfile = False
preload_app = False
# Nobody is asked to steer a running server through a socket in somebody's home.
control_socket_disable = True
# Of nobody's headers anything is believed here, not even of this machine's: config/forwarded.py decides, by
# TRUSTED_PROXIES. A header with an underscore, which would be read as another one, is dropped.
forwarded_allow_ips = ""
forwarder_headers = ""
secure_scheme_headers: dict[str, str] = {}
header_map = "drop"


def when_ready(_: Any) -> None:
    """As many files as the system allows, before the workers start: 1024 are soon taken."""
    resource.setrlimit(resource.RLIMIT_NOFILE, (MOST_FILES, MOST_FILES))


def post_worker_init(_: Any) -> None:
    """A page makes hundreds of objects and hardly a cycle: looking for cycles after every 700 takes 4% of the pages."""
    gc.set_threshold(20_000, 20, 20)
