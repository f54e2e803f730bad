"""What each variable of the environment may be: a value, or a sentence that names the variable and what to write."""

import datetime
import ipaddress
import re
from urllib.parse import SplitResult, urlsplit

from django.core.exceptions import ImproperlyConfigured

from fitpages.contact import address_of

Network = ipaddress.IPv4Network | ipaddress.IPv6Network

# Names by which this machine itself is asked, in tests, by health checks and by `make run`.
LOOPBACK_NAMES = ("localhost", "127.0.0.1", "[::1]")
# A label of a host name has letters, digits and hyphens inside: RFC 1123, section 2.1.
HOST_NAME = r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
# What ends in a number is an address of IPv4 or nothing: the URL standard of WHATWG, "ends in a number".
NUMBER_LAST = r"(?:.*\.)?(?:[0-9]+|0x[0-9a-f]*)"
# The widest networks of proxies by version of IP, 10.0.0.0/8 among them, and all private addresses of IPv6: RFC 4193.
WIDEST, PRIVATE_IPV6 = {4: 8, 6: 16}, ipaddress.ip_network("fc00::/7")
# Before an address of IPv4 that IPv6 wraps stand 96 bits: RFC 4291, section 2.5.5.2.
WRAPPING = 96
DEFAULT_PORTS = {"http": 80, "https": 443}
# Django's own least length; of 50 hexadecimal digits, 10 are different in all but one key of a million.
KEY_LENGTH, KEY_CHARACTERS = 50, 10
MAKE_A_KEY = "python -c 'import secrets; print(secrets.token_urlsafe(50))'"
# Clocks of machines differ; none is a day ahead.
CLOCKS_DIFFER = datetime.timedelta(days=1)
EARLIEST_RELEASE = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)


def switch(name: str, text: str) -> bool:
    """on or off."""
    if text.lower() not in {"on", "off", "true", "false", "1", "0", "yes", "no"}:
        raise ImproperlyConfigured(f"{name} must be on or off, not {text!r}.")
    return text.lower() in {"on", "true", "1", "yes"}


def port(name: str, text: str) -> int:
    """A port of TCP."""
    if not re.fullmatch(r"[0-9]{1,5}", text) or not 0 < int(text) < 65536:
        raise ImproperlyConfigured(f"{name} must be a port number from 1 to 65535, not {text!r}.")
    return int(text)


def moment(name: str, text: str) -> datetime.datetime | None:
    """A time that has come, in UTC where it names no zone; None for an empty text."""
    if not text:
        return None
    try:
        written = datetime.datetime.fromisoformat(text)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} must be a time such as 2026-11-24T12:00:00+00:00, not {text!r}.") from error
    time = written if written.tzinfo else written.replace(tzinfo=datetime.UTC)
    now = datetime.datetime.now(datetime.UTC)
    if not EARLIEST_RELEASE <= time <= now + CLOCKS_DIFFER:
        raise ImproperlyConfigured(
            f"{name} must be a time since 2000 that is not still to come, not {text!r}: it is {now:%Y-%m-%dT%H:%M}."
        )
    return time


def web_address(name: str, text: str) -> str:
    """The scheme and host of a site, in the form in which browsers send it: small letters, no default port."""
    parts = _parts(text)
    if parts is None:
        raise ImproperlyConfigured(f"{name} must be a web address such as https://example.org, not {text!r}.")
    if parts.username is not None or parts.password is not None:
        raise ImproperlyConfigured(f"{name} must have no user and no password: pages show it. Write the host alone.")
    if parts.path not in {"", "/"} or parts.query or parts.fragment or text[-1] in "?#":
        raise ImproperlyConfigured(
            f"{name} must end with the host, for the site is served at its root: {parts.scheme}://{parts.netloc}, "
            f"not {text!r}."
        )
    host = f"{parts.scheme}://{host_of(text)}"
    return host if parts.port in {None, DEFAULT_PORTS[parts.scheme]} else f"{host}:{parts.port}"


def _parts(text: str) -> SplitResult | None:
    """The parts of a web address; None of what is none. Python's own parser drops line breaks and takes any host."""
    if not re.fullmatch(r"[\x21-\x5b\x5d-\x7e]+", text):
        return None
    try:
        parts = urlsplit(text)
        is_port = parts.port is None or parts.port > 0
    except ValueError:
        return None
    is_address = parts.scheme in DEFAULT_PORTS and is_port and not parts.netloc.endswith(":")
    return parts if is_address and _is_host(host_of(text)) else None


def host_of(address: str) -> str:
    """The host of a web address without its port, an IPv6 address in its brackets."""
    host = urlsplit(address).hostname or ""
    return f"[{host}]" if ":" in host else host


def _is_host(text: str) -> bool:
    is_number = re.fullmatch(NUMBER_LAST, text) is not None
    if not is_number and not text.startswith("["):
        return re.fullmatch(HOST_NAME, text) is not None
    try:
        if is_number:
            return ipaddress.ip_address(text).version == 4
        return ipaddress.ip_address(text[1:-1]).version == 6 and text.endswith("]")
    except ValueError:
        return False


def contact(name: str, text: str) -> str:
    """Where readers write: an address of mail, or of the web; empty where none is set."""
    if text and not address_of(text):
        raise ImproperlyConfigured(
            f"{name} must be an e-mail address such as errors@example.org, or a web address such as "
            f"https://example.org/report, not {text!r}."
        )
    return text


def secret_key(name: str, text: str) -> str:
    """What nobody guesses; empty where none is set, which config/wsgi.py refuses to serve with."""
    characters = len(set(text))
    if not text:
        return ""
    if len(text) < KEY_LENGTH or characters < KEY_CHARACTERS or text.startswith("django-insecure-") or " " in text:
        raise ImproperlyConfigured(
            f"{name} must be {KEY_LENGTH} characters or more, all random, for it signs sessions: here are {len(text)}, "
            f"{characters} of them different. Write what this prints: {MAKE_A_KEY}"
        )
    return text


def host_names(name: str, text: str) -> list[str]:
    """Names of hosts, separated by commas; one that begins with a dot stands for all below it."""
    hosts = [host.strip().lower() for host in text.split(",") if host.strip()]
    for host in hosts:
        if host != "*" and not _is_host(host.removeprefix(".")):
            raise ImproperlyConfigured(
                f"{name} must be host names separated by commas, such as www.example.org, without https:// and "
                f"without ports, not {host!r}."
            )
        if host.startswith(".") and "." not in host[1:]:
            raise ImproperlyConfigured(
                f"{name} must have two names or more after a dot that stands first, as in .example.org, not {host!r}: "
                "that is every site below it."
            )
    return hosts


def networks(name: str, text: str) -> tuple[Network, ...]:
    """Addresses and networks of IP, separated by commas; none so wide that a few of them hold every address."""
    try:
        written = tuple(_network(part.strip()) for part in text.split(",") if part.strip())
    except ValueError as error:
        raise ImproperlyConfigured(
            f"{name} must be addresses or networks separated by commas, such as 127.0.0.1,10.0.0.0/8: {error}."
        ) from error
    if any(network.prefixlen < WIDEST[network.version] and network != PRIVATE_IPV6 for network in written):
        raise ImproperlyConfigured(
            f"{name} must name the proxies, not every address: {text!r} lets anyone forge. The widest network of IPv4 "
            f"is /{WIDEST[4]}, of IPv6 /{WIDEST[6]} or {PRIVATE_IPV6}."
        )
    return written


def _network(text: str) -> Network:
    """A network, that of IPv4 where IPv6 only wraps one, as config/forwarded.py reads a visitor's address."""
    network = ipaddress.ip_network(text)
    wrapped = getattr(network.network_address, "ipv4_mapped", None)
    if wrapped is None or network.prefixlen < WRAPPING:
        return network
    return ipaddress.IPv4Network((wrapped, network.prefixlen - WRAPPING))


def no_longer(name: str, text: str, instead: str) -> None:
    """A variable that was read once, and would be forgotten in silence."""
    if text:
        raise ImproperlyConfigured(f"{name} is not read any more. Remove it. {instead}")


def check_together(
    *, debug: bool, https: bool, allowed_hosts: list[str], hsts_subdomains: bool, hsts_preload: bool
) -> None:
    """What no variable says alone."""
    if debug and https:
        raise ImproperlyConfigured(
            "DEBUG must be off where SITE_URL is an https:// address: it shows code and settings to whoever meets an "
            "error. Write DEBUG=off, or leave SITE_URL empty to work on this machine."
        )
    if "*" in allowed_hosts and not debug:
        raise ImproperlyConfigured(
            "ALLOWED_HOSTS must not be * while DEBUG is off, or the site answers as whatever host a visitor names. "
            "Leave it empty: the host of SITE_URL is allowed."
        )
    if hsts_preload and not hsts_subdomains:
        raise ImproperlyConfigured(
            "HSTS_PRELOAD=on needs HSTS_SUBDOMAINS=on: browsers preload a domain with all below it, or not at all."
        )
