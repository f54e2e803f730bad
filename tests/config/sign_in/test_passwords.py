"""Passwords of 15 characters or more, sessions of twelve hours, and a page to change one's own password."""

import pytest
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client

from tests.catalog.people import EDITORS, member
from tests.editor import PASSWORD

LONG = "fifteen letters"
TWELVE_HOURS_S = 43_200


@pytest.mark.parametrize("password", [LONG, PASSWORD])
def test_fifteen_characters_are_enough(password: str) -> None:
    validate_password(password)


@pytest.mark.parametrize("password", ["fourteen chars", "1234567890123456", "yfdbufnjh10305070"])
def test_shorter_ones_digits_alone_and_common_ones_are_refused(password: str) -> None:
    with pytest.raises(ValidationError):
        validate_password(password)


def test_a_password_like_the_name_is_refused() -> None:
    with pytest.raises(ValidationError):
        validate_password("margarethamueller", User(username="margarethamueller1"))


@pytest.mark.django_db
def test_an_editor_changes_the_own_password() -> None:
    user, client = member(EDITORS), Client()
    user.set_password(PASSWORD)
    user.save()
    client.force_login(user)
    form = {"old_password": PASSWORD, "new_password1": "fourteen chars", "new_password2": "fourteen chars"}
    refused = client.post("/admin/password_change/", form)
    assert "at least 15 characters" in refused.content.decode()
    form = {**form, "new_password1": LONG, "new_password2": LONG}
    assert client.post("/admin/password_change/", form).headers["Location"] == "/admin/password_change/done/"
    assert User.objects.get(pk=user.pk).check_password(LONG)


@pytest.mark.django_db
def test_no_password_is_reset_by_mail_without_a_server_for_it(client: Client) -> None:
    assert "password_reset" not in client.get("/admin/login/").content.decode()
    assert client.get("/admin/password_reset/").status_code == 404


@pytest.mark.django_db
def test_a_session_ends_after_twelve_hours_and_is_no_business_of_scripts() -> None:
    client, user = Client(), member(EDITORS)
    user.set_password(PASSWORD)
    user.save()
    answer = client.post("/admin/login/", {"username": user.username, "password": PASSWORD})
    cookie = answer.cookies["sessionid"]
    assert TWELVE_HOURS_S - 60 < int(cookie["max-age"]) <= TWELVE_HOURS_S
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    assert "sessionid" not in client.get("/admin/").cookies, "a visit does not make a session longer"
