"""DATABASE_URL as Django's settings of a database, with an end to every wait; or a sentence that says what is wrong."""

from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

EXPECTED = "sqlite:////absolute/path or postgres://user:password@host:5432/name"
POSTGRESQL = {"postgres", "postgresql"}

# Readers never wait for a writer, and a writer waits its turn, in seconds, instead of failing.
SQLITE_OPTIONS = {
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
}
# The server ends what takes longer, in milliseconds; a load waits longer for its turn, and says so itself.
TIME_OUTS_MS = {
    "statement_timeout": 20_000,
    "lock_timeout": 10_000,
    "idle_in_transaction_session_timeout": 60_000,
}
# In seconds, tcp_user_timeout in milliseconds: a host that is gone is noticed although nobody says so.
POSTGRESQL_OPTIONS = {
    "connect_timeout": 3,
    "keepalives": 1,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
    "options": " ".join(f"-c {name}={limit}" for name, limit in TIME_OUTS_MS.items()),
}
# What may follow the `?` of a server, with the values that libpq takes: PostgreSQL's manual, 32.1.2. None: any text.
SSL_MODES = ("disable", "allow", "prefer", "require", "verify-ca", "verify-full")
SESSIONS = ("any", "read-write", "read-only", "primary", "standby", "prefer-standby")
PARAMETERS: dict[str, tuple[str, ...] | None] = {
    "sslmode": SSL_MODES,
    "sslrootcert": None,
    "sslcert": None,
    "sslkey": None,
    "target_session_attrs": SESSIONS,
    "application_name": None,
}


def database(url: str, base: Path) -> dict[str, Any]:
    """The settings of the database that `url` names, a relative path being one in `base`.

    Raises ImproperlyConfigured with a sentence, which repeats no password.
    """
    try:
        parts = urlsplit(url.strip())
    except ValueError as error:
        raise _refused("it is no address") from error
    if parts.fragment:
        raise _refused("nothing follows a #; in a password it is written as %23")
    if parts.scheme == "sqlite":
        return _sqlite(parts, base)
    if parts.scheme in POSTGRESQL:
        return _postgresql(parts)
    raise _refused(f"it begins with {parts.scheme}://" if parts.scheme else "it begins with neither")


def _sqlite(parts: SplitResult, base: Path) -> dict[str, Any]:
    name = unquote(parts.path.removeprefix("/"))
    if parts.netloc == ":memory:" or (parts.netloc, name) == ("", ":memory:"):
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}
    if parts.netloc:
        raise _refused("a path begins after three slashes, an absolute one with a fourth")
    if not name or name.endswith("/") or "\0" in name:
        raise _refused("it names no file")
    if parts.query:
        raise _refused("a file has no parameters after a ?; in a name it is written as %3F")
    path = base / name
    if path.is_dir() or not path.parent.is_dir():
        wrong = f"{path} is a folder" if path.is_dir() else f"there is no folder {path.parent}"
        raise ImproperlyConfigured(f"DATABASE_URL names a file that cannot be: {wrong}.")
    return {"ENGINE": "config.sqlite", "NAME": str(path), "CONN_MAX_AGE": 60, "OPTIONS": dict(SQLITE_OPTIONS)}


def _postgresql(parts: SplitResult) -> dict[str, Any]:
    try:
        port = parts.port
    except ValueError as error:
        # What stands for a port may be half of a password, so it is not repeated.
        raise _refused("its port is no number to 65535; signs in a password are written such as %2F") from error
    name = unquote(parts.path.removeprefix("/"))
    if not name or "/" in name:
        raise _refused("it names no database" if not name else "a database's name has no slash")
    # A host that is a folder, for a socket, has capital letters; urlsplit's own `hostname` does not.
    location = parts.netloc.rpartition("@")[2]
    host = unquote(location) if "%2f" in location.lower() else parts.hostname or ""
    return {
        "ENGINE": "config.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": port or "",
        # A connection goes back to those of the process when the request ends.
        "CONN_MAX_AGE": 0,
        "OPTIONS": {**POSTGRESQL_OPTIONS, **_parameters(parts.query)},
    }


def _parameters(query: str) -> dict[str, str]:
    """What follows the `?`: how the connection is made safe, to which of several servers, and its name in their logs.

    `options` is not among it, for it would stand in place of our time-outs, or turn them off one by one.
    """
    pairs = parse_qsl(query, keep_blank_values=True)
    for name, value in pairs:
        if name not in PARAMETERS:
            raise _refused(f"after the ? may stand {', '.join(PARAMETERS)}, not {name!r}")
        values = PARAMETERS[name]
        if not value or (values and value not in values):
            raise _refused(f"{name} is {', '.join(values) if values else 'not empty'}, not {value!r}")
    if len(dict(pairs)) < len(pairs):
        raise _refused("a name stands twice after the ?")
    return dict(pairs)


def _refused(reason: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"DATABASE_URL must be {EXPECTED}; {reason}.")
