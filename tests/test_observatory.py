"""The points are those of the published rules: what is good, what is missing, and what is wrong."""

from http.cookies import SimpleCookie

import pytest

from tests.observatory import Answer, points, score

GOOD = {
    "content-security-policy": "default-src 'none'; script-src 'self'; frame-ancestors 'none'",
    "referrer-policy": "same-origin",
    "strict-transport-security": "max-age=31536000",
    "x-content-type-options": "nosniff",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-embedder-policy": "require-corp",
    "cross-origin-opener-policy": "same-origin",
}
POLICY = "Content-Security-Policy"


def answer(cookies: str = "", page: str = "", **changed: str | None) -> Answer:
    """An answer with good headers, but for these."""
    headers = {**GOOD, **{name.replace("_", "-"): value for name, value in changed.items()}}
    return Answer({name: value for name, value in headers.items() if value is not None}, SimpleCookie(cookies), page)


def test_good_headers_have_every_bonus() -> None:
    assert score(answer()) == 150
    assert score(answer("__Host-sessionid=a; Secure; HttpOnly; SameSite=Lax; Path=/")) == 155


def test_no_headers_are_an_f() -> None:
    assert score(Answer({}, SimpleCookie())) == 100 - 25 - 20 - 5 - 20


def test_a_bonus_is_given_only_to_those_who_keep_90_points() -> None:
    assert score(answer(strict_transport_security="max-age=60")) == 140
    assert score(answer(strict_transport_security=None)) == 80


@pytest.mark.parametrize(
    ("policy", "given"),
    [
        ("default-src 'self'", 5),
        ("default-src 'none'; style-src 'self' 'unsafe-inline'", 0),
        ("default-src 'none'; script-src 'self' 'unsafe-eval'", -10),
        ("default-src 'none'; script-src 'self' 'unsafe-inline'", -20),
        ("default-src 'none'; script-src https:", -20),
        ("default-src 'none'; img-src http://images.example", -20),
        ("img-src 'self'", -20),
        ("default-src 'none'; default-src *", -25),
    ],
)
def test_a_policy_is_worth_what_it_refuses(policy: str, given: int) -> None:
    assert points(answer(content_security_policy=policy))[POLICY] == given


@pytest.mark.parametrize(
    ("cookie", "given"),
    [
        ("sessionid=a; HttpOnly; SameSite=Lax", -40),
        ("sessionid=a; Secure; SameSite=Lax", -30),
        ("csrftoken=a; Secure", -20),
        ("choice=a; SameSite=Lax", -20),
        ("choice=a; Secure", 0),
    ],
)
def test_a_cookie_is_worth_what_it_keeps(cookie: str, given: int) -> None:
    assert points(answer(cookie))["cookies"] == given


@pytest.mark.parametrize(
    ("script", "given"),
    [
        ('<script src="/site.js"></script>', 0),
        ('<script src="/site.js" integrity="sha256-x"></script>', 5),
        ('<script src="https://elsewhere.example/a.js"></script>', -5),
        ('<script src="//elsewhere.example/a.js"></script>', -50),
        ('<script type="application/ld+json">{}</script>', 0),
    ],
)
def test_a_script_from_elsewhere_has_its_hash(script: str, given: int) -> None:
    assert points(answer(page=script))["Subresource Integrity"] == given


@pytest.mark.parametrize(
    ("header", "value", "rule", "given"),
    [
        ("referrer_policy", "unsafe-url", "Referrer-Policy", -5),
        ("x_content_type_options", None, "X-Content-Type-Options", -5),
        ("cross_origin_opener_policy", "unsafe-none", "Cross-Origin-Opener-Policy", 0),
        ("cross_origin_embedder_policy", "yes", "Cross-Origin-Embedder-Policy", -5),
        ("cross_origin_resource_policy", None, "Cross-Origin-Resource-Policy", 0),
        ("access_control_allow_credentials", "true", "CORS", -50),
    ],
)
def test_other_headers(header: str, value: str | None, rule: str, given: int) -> None:
    assert points(answer(**{header: value}))[rule] == given


def test_a_page_that_may_be_framed_loses_points() -> None:
    framed = answer(content_security_policy="default-src 'none'")
    assert points(framed)["X-Frame-Options"] == -20
    assert points(answer(content_security_policy="default-src 'none'", x_frame_options="DENY"))["X-Frame-Options"] == 5
