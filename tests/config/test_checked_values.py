"""What a variable may be: the values that are taken, and those that look like one."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.checked_values import (
    check_together,
    contact,
    host_names,
    moment,
    networks,
    no_longer,
    port,
    secret_key,
    switch,
    web_address,
)
from config.forwarded import address


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("https://example.org", "https://example.org"),
        ("https://Example.ORG/", "https://example.org"),
        ("https://example.org:443", "https://example.org"),
        ("http://example.org:443", "http://example.org:443"),
        ("http://localhost:8000", "http://localhost:8000"),
        ("http://[::1]:8000", "http://[::1]:8000"),
        ("https://192.0.2.7", "https://192.0.2.7"),
        ("https://1.example.org", "https://1.example.org"),
        ("https://xn--bcher-kva.example", "https://xn--bcher-kva.example"),
    ],
)
def test_a_web_address_is_as_browsers_send_it(text: str, address: str) -> None:
    assert web_address("SITE_URL", text) == address


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "example.org",
            "ftp://example.org",
            "https://",
            "https:///x",
            "https://exa mple.org",
            "https://example.org\n",
        ),
        *(
            "https://example.org:0",
            "https://example.org:65536",
            "https://example.org:",
            "https://example.org\\@evil.example",
        ),
        *(
            "https://[::1",
            "https://[1.2.3.4]",
            "https://-example.org",
            "https://example..org",
            "https://bücher.example",
        ),
        *("https://999.1.1.1", "https://1.2.3", "https://2130706433", "https://0x7f.1", "https://example.1"),
        *("https://me@example.org", "https://:pw@example.org", "https://example.org/fit", "https://example.org//"),
        *("https://example.org?", "https://example.org/#", "https://example.org#top", "javascript://example.org"),
    ],
)
def test_what_is_no_web_address_of_a_site_is_refused(text: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"^SITE_URL must "):
        web_address("SITE_URL", text)


def test_a_password_in_the_address_is_not_repeated() -> None:
    with pytest.raises(ImproperlyConfigured) as refusal:
        web_address("SITE_URL", "https://me:hunter2@example.org/fit")
    assert "hunter2" not in str(refusal.value)


def test_a_contact_is_of_mail_or_of_the_web() -> None:
    for text in ("", "errors@example.org", "mailto:errors@example.org", "https://example.org/report?of=figures"):
        assert contact("SITE_CONTACT", text) == text
    for text in ("javascript:alert(1)", "nonsense", "http://a.org/x", "+49 30 1234"):
        with pytest.raises(ImproperlyConfigured, match=r"^SITE_CONTACT must be an e-mail address"):
            contact("SITE_CONTACT", text)


@pytest.mark.parametrize(("text", "is_on"), [("on", True), ("ON", True), ("1", True), ("off", False), ("no", False)])
def test_a_switch_is_on_or_off(text: str, is_on: bool) -> None:
    assert switch("DEBUG", text) is is_on


@pytest.mark.parametrize("text", ["0", "65536", "-1", "8000.0", "８０００", "+80", "000080"])
def test_what_is_no_port_is_refused(text: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"^PORT must be a port number"):
        port("PORT", text)


def test_a_release_is_a_time_that_has_come() -> None:
    tomorrow = datetime.now(UTC) + timedelta(hours=20)
    assert moment("RELEASED_AT", "") is None
    assert moment("RELEASED_AT", "2026-01-01") == datetime(2026, 1, 1, tzinfo=UTC)
    assert moment("RELEASED_AT", tomorrow.isoformat()) == tomorrow, "clocks of machines differ"


@pytest.mark.parametrize("text", ["1999-12-31", "0001-01-01T00:00:00+14:00", "9999-12-31", "24.11.2026", "1764000000"])
def test_what_is_no_time_of_a_release_is_refused(text: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"^RELEASED_AT must be a time"):
        moment("RELEASED_AT", text)


def test_a_key_is_what_the_printed_command_makes() -> None:
    import secrets

    for key in (secrets.token_urlsafe(50), secrets.token_hex(32)):
        assert secret_key("SECRET_KEY", key) == key
    assert secret_key("SECRET_KEY", "") == ""


@pytest.mark.parametrize(
    "text", ["a" * 60, "0123456789" * 4, "the quick brown fox jumps over the lazy dog, and sleeps"]
)
def test_what_can_be_guessed_is_no_key_and_is_not_repeated(text: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"^SECRET_KEY must be 50 characters or more") as refusal:
        secret_key("SECRET_KEY", text)
    assert text not in str(refusal.value)


def test_hosts_are_names_without_scheme_and_port() -> None:
    assert host_names("ALLOWED_HOSTS", " www.Example.org, .example.net,,[::1]") == [
        *("www.example.org", ".example.net", "[::1]")
    ]
    for text in ("example.org:443", "http://example.org", "example.org/", "*.example.org", "[example.org]", "[::1"):
        with pytest.raises(ImproperlyConfigured, match=r"^ALLOWED_HOSTS must be host names"):
            host_names("ALLOWED_HOSTS", text)


@pytest.mark.parametrize("text", [".org", "www.example.org,.localhost"])
def test_a_dot_does_not_stand_for_half_of_the_web(text: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"^ALLOWED_HOSTS must have two names or more after a dot"):
        host_names("ALLOWED_HOSTS", text)


def test_networks_are_written_as_their_first_address() -> None:
    assert [
        str(network) for network in networks("TRUSTED_PROXIES", "127.0.0.1, 10.0.0.0/8,::1,fc00::/7,2a00::/16")
    ] == [*("127.0.0.1/32", "10.0.0.0/8", "::1/128", "fc00::/7", "2a00::/16")]
    for text in ("10.0.0.1/8", "localhost", "127.0.0.1:80", "*", "::/0", "1.2.3.4/0"):
        with pytest.raises(ImproperlyConfigured, match=r"^TRUSTED_PROXIES must "):
            networks("TRUSTED_PROXIES", text)


@pytest.mark.parametrize(
    "text", ["0.0.0.0/1,128.0.0.0/1", "10.0.0.0/7", "127.0.0.1,2a00::/15", "::ffff:0:0/96", "::ffff:10.0.0.0/103"]
)
def test_a_few_networks_are_not_everybody(text: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"^TRUSTED_PROXIES must name the proxies, not every address"):
        networks("TRUSTED_PROXIES", text)


@pytest.mark.parametrize("peer", ["127.0.0.1", "::ffff:127.0.0.1"])
def test_an_address_of_ipv4_is_trusted_however_it_is_written(peer: str) -> None:
    for text in ("127.0.0.1", "::ffff:127.0.0.1", "::ffff:127.0.0.0/104"):
        (network,) = networks("TRUSTED_PROXIES", text)
        assert address(peer) in network


def test_a_variable_of_before_is_refused_only_where_it_is_set() -> None:
    no_longer("BEHIND_PROXY", "", "Write TRUSTED_PROXIES.")
    with pytest.raises(ImproperlyConfigured, match=r"^BEHIND_PROXY is not read any more\. Remove it\. Write TRUSTED"):
        no_longer("BEHIND_PROXY", "off", "Write TRUSTED_PROXIES.")


def test_what_is_dangerous_only_together_is_taken_alone() -> None:
    harmless = {"debug": False, "https": False, "allowed_hosts": [], "hsts_subdomains": False, "hsts_preload": False}
    for more in ({"debug": True}, {"https": True}, {"debug": True, "allowed_hosts": ["*"]}, {"hsts_subdomains": True}):
        check_together(**{**harmless, **more})  # type: ignore[arg-type]
    for more in ({"debug": True, "https": True}, {"allowed_hosts": ["*"]}, {"hsts_preload": True}):
        with pytest.raises(ImproperlyConfigured):
            check_together(**{**harmless, **more})  # type: ignore[arg-type]
