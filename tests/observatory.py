"""Points for an answer's headers by the rules of the HTTP Observatory, Mozilla's and now MDN's, in our own words.

A site begins with 100 points. Whoever keeps 90 of them is given the bonuses, too; from 100 on it is an A+. Every rule
here takes one answer, for the Observatory itself asks for one page of a site. Not counted: whether http:// leads to
https:// and whether the host is on the browsers' own list of HTTPS hosts (5 points), for neither is in an answer.

Rules: https://developer.mozilla.org/en-US/observatory/docs/tests_and_scoring, and as they are run, version 5,
https://github.com/mdn/mdn-http-observatory (src/analyzer/tests, src/grader/charts.js), read on 2026-11-28.
"""

import re
from collections.abc import Callable
from html.parser import HTMLParser
from http.cookies import Morsel, SimpleCookie
from typing import NamedTuple

HALF_A_YEAR_S = 15_552_000
# Of a policy: what lets in whatever an attacker has.
TOO_BROAD = {"*", "http:", "https:", "ftp:", "http://*", "https://*", "http://*.*", "https://*.*"}
INLINE = {"'unsafe-inline'", "data:"}
NEEDED_FOR_BONUSES, A_PLUS = 90, 100


class Answer(NamedTuple):
    """What came over HTTPS: headers by their names in small letters, cookies, and the page."""

    headers: dict[str, str]
    cookies: SimpleCookie
    page: str = ""


def points(answer: Answer) -> dict[str, int]:
    """What each rule gives or takes."""
    return {name: rule(answer) for name, rule in RULES.items()}


def score(answer: Answer) -> int:
    """The sum, without the bonuses where too much was lost."""
    given = points(answer).values()
    without_bonuses = 100 + sum(value for value in given if value < 0)
    return 100 + sum(given) if without_bonuses >= NEEDED_FOR_BONUSES else max(without_bonuses, 0)


def directives(policy: str) -> dict[str, set[str]]:
    """The sources of each directive; ValueError where one stands twice."""
    parsed: dict[str, set[str]] = {}
    for part in filter(None, (part.strip().lower() for part in policy.split(";"))):
        name, *sources = part.split()
        if name in parsed:
            raise ValueError(f"{name} stands twice")
        parsed[name] = set(sources) or {"'none'"}
    return parsed


def content_security_policy(answer: Answer) -> int:
    if "content-security-policy" not in answer.headers:
        return -25
    try:
        policy = directives(answer.headers["content-security-policy"])
    except ValueError:
        return -25
    otherwise = policy.get("default-src", {"*"})
    scripts, styles = policy.get("script-src", otherwise), policy.get("style-src", otherwise)
    if scripts & (TOO_BROAD | INLINE) or policy.get("object-src", otherwise) & TOO_BROAD:
        return -20
    if any(source.startswith(("http:", "ftp:")) for sources in policy.values() for source in sources):
        return -20
    if "'unsafe-eval'" in scripts | styles:
        return -10
    if styles & (TOO_BROAD | INLINE):
        return 0
    return 10 if otherwise == {"'none'"} else 5


def cookies(answer: Answer) -> int:
    return min(map(_cookie, answer.cookies.values()), default=0)


def _cookie(cookie: "Morsel[str]") -> int:
    is_session = any(word in cookie.key.lower() for word in ("sess", "login"))
    if is_session and not cookie["secure"]:
        return -40
    if is_session and not cookie["httponly"]:
        return -30
    if not cookie["secure"] or ("csrf" in cookie.key.lower() and not cookie["samesite"]):
        return -20
    return 5 if cookie["samesite"].lower() in {"lax", "strict"} else 0


def sharing_with_other_origins(answer: Answer) -> int:
    return -50 if answer.headers.get("access-control-allow-credentials") == "true" else 0


def referrer_policy(answer: Answer) -> int:
    private = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}
    policy = answer.headers.get("referrer-policy")
    return 0 if policy is None else 5 if policy.rpartition(",")[2].strip() in private else -5


def strict_transport_security(answer: Answer) -> int:
    age = re.search(r"max-age=(\d+)", answer.headers.get("strict-transport-security", ""))
    return -20 if age is None else 0 if int(age[1]) >= HALF_A_YEAR_S else -10


def subresource_integrity(answer: Answer) -> int:
    scripts = _Scripts(answer.page).scripts
    if any(source.startswith(("//", "http:")) for source, _ in scripts):
        return -50
    foreign = [has_hash for source, has_hash in scripts if source.startswith("https:")]
    if foreign:
        return 5 if all(foreign) else -5
    return 5 if any(has_hash for _, has_hash in scripts) else 0


def content_type_options(answer: Answer) -> int:
    return 0 if answer.headers.get("x-content-type-options") == "nosniff" else -5


def frames(answer: Answer) -> int:
    is_in_policy = "frame-ancestors" in answer.headers.get("content-security-policy", "")
    is_refused = answer.headers.get("x-frame-options", "").lower() in {"deny", "sameorigin"}
    return 5 if is_in_policy or is_refused else -20


def _one_of(header: str, good: set[str], neutral: str) -> Callable[[Answer], int]:
    def rule(answer: Answer) -> int:
        value = answer.headers.get(header)
        return 10 if value in good else 0 if value in {None, neutral} else -5

    return rule


RULES: dict[str, Callable[[Answer], int]] = {
    "Content-Security-Policy": content_security_policy,
    "cookies": cookies,
    "CORS": sharing_with_other_origins,
    "Referrer-Policy": referrer_policy,
    "Strict-Transport-Security": strict_transport_security,
    "Subresource Integrity": subresource_integrity,
    "X-Content-Type-Options": content_type_options,
    "X-Frame-Options": frames,
    "Cross-Origin-Resource-Policy": _one_of(
        "cross-origin-resource-policy", {"same-origin", "same-site"}, "cross-origin"
    ),
    "Cross-Origin-Embedder-Policy": _one_of(
        "cross-origin-embedder-policy", {"require-corp", "credentialless"}, "unsafe-none"
    ),
    "Cross-Origin-Opener-Policy": _one_of(
        "cross-origin-opener-policy", {"same-origin", "same-origin-allow-popups"}, "unsafe-none"
    ),
}


class _Scripts(HTMLParser):
    """The addresses of a page's scripts, and whether each has the hash that it must have."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.scripts: list[tuple[str, bool]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "script" and given.get("src"):
            self.scripts.append((given["src"] or "", bool(given.get("integrity"))))
