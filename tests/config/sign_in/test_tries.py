"""Which address a try is counted for, and how long rest lasts."""

import datetime

import pytest
from django.test import RequestFactory
from django.utils import timezone

from config.sign_in.tries import MOST_OF_ADDRESS, NO_ADDRESS, Tries, address

NOW = timezone.now()


@pytest.mark.parametrize(
    ("peer", "counted"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2::", "2001:db8:1:2::"),
        ("::1", "::"),
        ("", NO_ADDRESS),
        ("unix:", NO_ADDRESS),
        ("192.0.2.1, 10.0.0.1", NO_ADDRESS),
        ("fe80::1%eth0", "fe80::"),
    ],
)
def test_an_address_is_counted_as_what_one_person_has(peer: str, counted: str) -> None:
    assert address(RequestFactory().get("/", REMOTE_ADDR=peer)) == counted


def test_a_request_without_an_address_is_counted_with_the_others_like_it() -> None:
    request = RequestFactory().get("/")
    del request.META["REMOTE_ADDR"]
    assert address(request) == NO_ADDRESS


@pytest.mark.parametrize(
    ("of_name", "of_address", "minutes"), [(5, 5, 15), (5, MOST_OF_ADDRESS - 1, 15), (1, MOST_OF_ADDRESS, 16)]
)
def test_rest_lasts_until_a_quarter_of_an_hour_after_the_last_that_counts(
    of_name: int, of_address: int, minutes: int
) -> None:
    tries = Tries(of_name, of_address, NOW, NOW + datetime.timedelta(minutes=1))
    assert tries.too_many
    assert tries.rest_s(NOW) == minutes * 60 + 1


@pytest.mark.parametrize(("of_name", "of_address"), [(4, 4), (0, MOST_OF_ADDRESS - 1), (4, MOST_OF_ADDRESS - 1)])
def test_fewer_are_not_too_many(of_name: int, of_address: int) -> None:
    assert not Tries(of_name, of_address, NOW, NOW).too_many


def test_rest_that_ended_meanwhile_is_a_second() -> None:
    assert Tries(5, 5, NOW - datetime.timedelta(hours=1), NOW).rest_s(NOW) == 1
    assert Tries(0, 0, None, None).rest_s(NOW) == 1
