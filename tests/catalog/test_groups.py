"""The groups Editors and Publishers: what a migration gives them, on a new database, on an older one and again.

The database of the tests is a new one.
"""

from importlib import import_module
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.db import connection

from catalog.models import RECORD_MODELS
from tests.processes import environment, manage

EDITING = ("view", "add", "change")
RIGHTS = {"Editors": EDITING, "Publishers": (*EDITING, "delete", "publish")}
OF_ADDRESSES = {"Editors": ("view",), "Publishers": ("view", "add", "change", "delete")}
KINDS = [str(model._meta.model_name) for model in RECORD_MODELS]
SHOW_GROUPS = (
    "from django.contrib.auth.models import Group\n"
    "for group in Group.objects.order_by('name'):\n"
    "    print(group.name, *sorted(group.permissions.values_list('codename', flat=True)))\n"
)


def expected(name: str) -> list[str]:
    """The rights of a group, by the names that Django gives them."""
    of_records = [f"{action}_{kind}" for action in RIGHTS[name] for kind in KINDS]
    return sorted([*of_records, *(f"{action}_retiredslug" for action in OF_ADDRESSES[name])])


def rights(name: str) -> list[str]:
    return sorted(Group.objects.get(name=name).permissions.values_list("codename", flat=True))


@pytest.mark.django_db
@pytest.mark.parametrize("name", list(RIGHTS))
def test_a_group_has_its_rights_on_every_kind_of_record_and_no_other(name: str) -> None:
    assert rights(name) == expected(name)


@pytest.mark.django_db
def test_a_repeated_migration_gives_back_what_is_missing_and_takes_nothing_away() -> None:
    editors, extra = Group.objects.get(name="Editors"), Permission.objects.get(codename="view_user")
    editors.permissions.set([extra])
    Group.objects.get(name="Publishers").delete()
    Permission.objects.filter(codename="publish_gpu").delete()
    make_groups = import_module("catalog.migrations.0011_editors_and_publishers").make_groups
    give_rights = import_module("catalog.migrations.0017_old_addresses_at_the_desk").give_rights
    of_markets = import_module("catalog.migrations.0019_rights_to_what_people_run").give_rights
    # Of a schema editor the migration asks the connection only; SQLite's own does not work within a transaction.
    for migrate in (make_groups, give_rights, of_markets):
        migrate(apps, SimpleNamespace(connection=connection))
    assert rights("Editors") == sorted([*expected("Editors"), "view_user"])
    assert rights("Publishers") == expected("Publishers")
    assert Permission.objects.get(codename="publish_gpu").name == "Can publish GPU"


def test_a_database_from_before_the_groups_gets_them(tmp_path: Path) -> None:
    environ = environment(tmp_path / "db.sqlite3")
    for target in (["auth"], ["catalog", "0009_what_was_measured_how"], []):
        manage(environ, "migrate", *target, "--verbosity", "0")
    lines = manage(environ, "shell", "--no-imports", "--command", SHOW_GROUPS).splitlines()
    assert lines == [" ".join([name, *expected(name)]) for name in RIGHTS]
