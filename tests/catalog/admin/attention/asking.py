"""Requests for the first page of the desk, as its parts are given them."""

from django.contrib.auth.models import AnonymousUser, User
from django.http import HttpRequest
from django.test import RequestFactory


def asked_by(user: User | AnonymousUser) -> HttpRequest:
    request = RequestFactory().get("/admin/")
    request.user = user
    return request


def superuser() -> User:
    return User.objects.create(username="somebody", is_staff=True, is_superuser=True)
