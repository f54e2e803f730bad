"""Who may do what at every address of the desk, by what it answers: `python -m tests.who_may_do_what` prints the table.

302 leads to where one signs in, or from a form that was saved; 403 is a refusal; 200 a page or a form that is shown
(again); 405 an address that knows no POST, or no GET; 404 a part of the desk of which an account may see nothing.
"""

import re

import pytest

from tests.desk_answers import ROLES, Answers, printed, routes, table

pytestmark = pytest.mark.django_db

STRANGER = "302/302"
# Of each address the answers to GET/POST, for anonymous and visitors the same: no rights, editor, publisher, superuser.
EXPECTED = {
    "/": "200/200 200/200 200/200 200/200",
    "logout/": "405/200 405/200 405/200 405/200",
    "password_change/": "200/200 200/200 200/200 200/200",
    "password_change/done/": "200/405 200/405 200/405 200/405",
    "autocomplete/": "403/405 200/405 200/405 200/405",
    "jsi18n/": "200/405 200/405 200/405 200/405",
    "r/<path:content_type_id>/<path:object_id>/": "302/302 302/302 302/302 302/302",
    "help/": "200/200 200/200 200/200 200/200",
    "attention/<slug:name>/": "404/404 200/200 200/200 200/200",
    "effects/<kind>/<key>/ public": "403/403 403/403 302/200 302/200",
    "effects/<kind>/<key>/ draft": "403/403 302/200 302/200 302/200",
    "effects/<kind>/<key>/ new": "403/403 302/200 302/200 302/200",
    "effects/<kind>/<key>/all/ public": "403/403 403/403 302/200 302/200",
    "effects/<kind>/<key>/all/ draft": "403/403 302/200 302/200 302/200",
    "effects/<kind>/<key>/all/ new": "403/403 302/200 302/200 302/200",
    "effects/speed-class/": "403/403 200/200 200/200 200/200",
    "effects/speed-class/all/": "403/403 200/200 200/200 200/200",
    "preview/": "200/405 200/405 200/405 200/405",
    "preview/<path:address>": "403/405 200/405 200/405 200/405",
    "catalog/<kind>/<int:key>/preview/": "403/405 302/405 302/405 302/405",
    "auth/": "404/404 404/404 404/404 200/200",
    "auth/*/": "403/403 403/403 403/403 200/200",
    "auth/*/add/": "403/403 403/403 403/403 200/200",
    "auth/*/<path:object_id>/history/": "403/403 403/403 403/403 200/200",
    "auth/*/<path:object_id>/delete/": "403/403 403/403 403/403 200/302",
    "auth/*/<path:object_id>/change/": "403/403 403/403 403/403 200/200",
    "auth/*/<path:object_id>/": "302/302 302/302 302/302 302/302",
    "auth/*/<id>/password/": "403/403 403/403 403/403 200/200",
    "catalog/": "404/404 200/200 200/200 200/200",
    "catalog/*/": "403/403 200/200 200/200 200/200",
    "catalog/*/proposed-slug/": "403/403 200/200 200/200 200/200",
    "catalog/*/add/": "403/403 200/200 200/200 200/200",
    "catalog/*/<path:object_id>/history/ public": "403/403 200/200 200/200 200/200",
    "catalog/*/<path:object_id>/history/ draft": "403/403 200/200 200/200 200/200",
    "catalog/*/<path:object_id>/history/<int:number>/ public": "403/403 200/403 200/200 200/200",
    "catalog/*/<path:object_id>/history/<int:number>/ draft": "403/403 200/200 200/200 200/200",
    "catalog/*/deleted/": "403/403 200/200 200/200 200/200",
    "catalog/*/deleted/<int:number>/": "403/403 200/403 200/302 200/302",
    "catalog/*/<path:object_id>/delete/ public": "403/403 403/403 200/302 200/302",
    "catalog/*/<path:object_id>/delete/ draft": "403/403 403/403 200/302 200/302",
    "catalog/*/<path:object_id>/change/ public": "403/403 200/403 200/200 200/200",
    "catalog/*/<path:object_id>/change/ draft": "403/403 200/200 200/200 200/200",
    "catalog/*/<path:object_id>/ public": "302/302 302/302 302/302 302/302",
    "catalog/*/<path:object_id>/ draft": "302/302 302/302 302/302 302/302",
    "catalog/retiredslug/": "403/403 200/200 200/200 200/200",
    "catalog/retiredslug/add/": "403/403 403/403 200/200 200/200",
    "catalog/retiredslug/<path:object_id>/history/": "403/403 200/200 200/200 200/200",
    "catalog/retiredslug/<path:object_id>/delete/": "403/403 403/403 200/302 200/302",
    "catalog/retiredslug/<path:object_id>/change/": "403/403 200/403 200/302 200/302",
    "catalog/retiredslug/<path:object_id>/": "302/302 302/302 302/302 302/302",
    "(?P<url>.*)$": "404/404 404/404 404/404 404/404",
}
# Where one signs in everybody is let in; who is in already is led on.
SIGN_IN = "200/200 200/200 302/200 302/200 302/200 302/200"

# Without a server for mail nobody has a new password by it; with one: tests/config/sign_in/test_by_mail.py.
WITHOUT_MAIL = "404/404 404/404 404/404 404/404 404/404 404/404"


def expected(address: str) -> str:
    """What every role is answered at an address, which is of no kind of record or of any."""
    if address == "login/":
        return SIGN_IN
    if address.startswith("password_reset/"):
        return WITHOUT_MAIL
    kindless = re.sub(r"^(auth|catalog)/(?!retiredslug/)[a-z]+/", r"\1/*/", address)
    return f"{STRANGER} {STRANGER} {EXPECTED.get(kindless, 'nothing is expected')}"


def _line(given: Answers) -> str:
    return " ".join(f"{get}/{post}" for get, post in given.values())


def test_every_address_of_the_desk_answers_each_role_as_expected() -> None:
    answered = table()
    print(printed(answered))
    assert {str(address): _line(given) for address, given in answered.items()} == {
        str(address): expected(str(address)) for address in answered
    }
    assert {address.route for address in answered} >= {route for route in routes() if not route.startswith("^")}
    assert len(answered) > 80
    assert all(tuple(given) == ROLES for given in answered.values())
