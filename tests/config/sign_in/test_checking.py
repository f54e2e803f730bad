"""One password is checked at a time, and whoever comes meanwhile is told so at once, without a check."""

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Lock
from typing import Any

import pytest
from axes.handlers.proxy import AxesProxyHandler
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.models import User
from django.test import Client, RequestFactory

from config.sign_in.checking import Busy, the_only_check
from config.sign_in.door import SignInForm
from tests.config.sign_in.hashers import checks

THREADS = 12


class Checks:
    """Stands for the check of a password: slow, and it knows how many of it ran at once."""

    def __init__(self) -> None:
        self.lock, self.now, self.most, self.all = Lock(), 0, 0, 0

    def clean(self, form: Any) -> dict[str, Any]:
        with self.lock:
            self.now, self.all = self.now + 1, self.all + 1
            self.most = max(self.most, self.now)
        time.sleep(0.2)
        with self.lock:
            self.now -= 1
        return {}


def test_of_many_threads_one_checks_and_the_others_do_not_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    checked, start = Checks(), Barrier(THREADS)
    monkeypatch.setattr(AxesProxyHandler, "is_locked", lambda *_: False)
    monkeypatch.setattr(AdminAuthenticationForm, "clean", lambda form: checked.clean(form))

    def sign_in(number: int) -> tuple[str, float]:
        form = SignInForm(RequestFactory().post("/"), {"username": f"name{number}", "password": "x"})
        start.wait()
        began = time.monotonic()
        try:
            form.full_clean()
        except Busy:
            return "busy", time.monotonic() - began
        return "checked", time.monotonic() - began

    with ThreadPoolExecutor(THREADS) as pool:
        answers = list(pool.map(sign_in, range(THREADS)))
    assert checked.most == 1
    assert checked.all == [what for what, _ in answers].count("checked") < THREADS
    assert all(seconds < 0.15 for what, seconds in answers if what == "busy")


@pytest.mark.django_db
@pytest.mark.usefixtures("counted")
def test_who_comes_meanwhile_is_told_when_to_try_again_and_nothing_is_counted() -> None:
    User.objects.create_superuser("editor", password="a-long-password-for-tests")
    form = {"username": "editor", "password": "a-long-password-for-tests"}
    checks()
    with the_only_check():
        answer = Client().post("/admin/login/", form)
    assert (answer.status_code, answer.headers["Retry-After"], checks()) == (503, "2", 0)
    assert "Nothing was checked. Try again in a few seconds." in answer.content.decode()
    assert Client().post("/admin/login/", form).status_code == 302


@pytest.mark.django_db
def test_the_door_and_public_pages_open_meanwhile(client: Client) -> None:
    with the_only_check():
        assert client.get("/admin/login/").status_code == 200
        assert client.get("/gpus/").status_code == 200


def test_a_check_that_fails_leaves_the_door_open() -> None:
    with pytest.raises(ZeroDivisionError), the_only_check():
        raise ZeroDivisionError
    with the_only_check():
        pass
