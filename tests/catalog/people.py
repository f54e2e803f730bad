"""Accounts of every rank at the desk."""

from django.contrib.auth.models import Group, Permission, User

from tests.catalog.desk import Desk, desk_of

EDITORS, PUBLISHERS = "Editors", "Publishers"


def member(group: str) -> User:
    """A new account of the staff, in one group."""
    user = User.objects.create(username=f"one of the {group}", is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    return user


def desk_of_member(group: str) -> Desk:
    return desk_of(member(group))


def staff(name: str, *codenames: str) -> User:
    """A new account of the staff in no group, with rights of its own."""
    user = User.objects.create(username=name, is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    return user
