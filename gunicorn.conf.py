"""gunicorn's settings; WEB_CONCURRENCY sets the number of worker processes."""

worker_class = "gthread"
threads = 2
keepalive = 15
preload_app = False
