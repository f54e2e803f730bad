"""nginx in front of a site, with a cache that many visitors share: started on the loopback, and ended by its id."""

import shutil
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.processes import free_port

# Keeps whatever the site lets it keep, for a minute where the site says nothing; asks nobody who the visitor is.
CONFIGURATION = """
daemon off; master_process off; worker_processes 1; pid {folder}/pid; error_log {folder}/error.log;
events {{ worker_connections 256; }}
http {{
  access_log off;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxied; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  proxy_cache_path {folder}/cache keys_zone=pages:1m;
  server {{
    listen 127.0.0.1:{port};
    location / {{
      proxy_pass {origin};
      proxy_set_header Host $http_host;
      proxy_cache pages; proxy_cache_key $uri$is_args$args; proxy_cache_valid any 1m; proxy_cache_revalidate on;
      add_header X-Cache $upstream_cache_status always;
    }}
  }}
}}
"""


@contextmanager
def in_front_of(origin: str, folder: Path) -> Iterator[str]:
    """The origin of an nginx that passes everything on to `origin`; each answer says in X-Cache where it is from."""
    port = free_port()
    configuration = folder / "nginx.conf"
    configuration.write_text(CONFIGURATION.format(folder=folder, port=port, origin=origin))
    program = shutil.which("nginx") or "/usr/sbin/nginx"
    command = [program, "-e", str(folder / "error.log"), "-p", str(folder), "-c", str(configuration)]
    process = subprocess.Popen(command)
    try:
        _wait(process, f"http://127.0.0.1:{port}/healthz", folder)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=10)


def _wait(process: subprocess.Popen[bytes], address: str, folder: Path, patience_s: float = 20) -> None:
    deadline = time.monotonic() + patience_s
    while not _answers(address):
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"nginx did not start:\n{(folder / 'error.log').read_text()}")
        time.sleep(0.05)


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=2):
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
