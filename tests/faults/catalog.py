"""What faults need of a catalog: one that is loaded, data files that change much of it, an edit, and its state."""

import json
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import psycopg

from tests.loaded_site import load_site
from tests.processes import ROOT, manage

# In one transaction, as the desk does it.
EDIT = """
from django.db import transaction
from catalog.models import Gpu
with transaction.atomic():
    row = Gpu.objects.get(slug="l4"); row.bandwidth_gb_s = {figure}; row.save()
"""
STATE = (
    "SELECT 'gpu', slug, bandwidth_gb_s FROM catalog_gpu UNION ALL SELECT 'model', slug, 0 FROM catalog_languagemodel"
)
State = frozenset[tuple[str, str, int]]


def prepare(environ: Mapping[str, str]) -> None:
    """Tables, and the whole catalog in them."""
    load_site(environ)


def start(environ: Mapping[str, str], *arguments: str) -> subprocess.Popen[str]:
    """A management command that runs meanwhile."""
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.Popen(command, cwd=ROOT, env=environ, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def edit(environ: Mapping[str, str], figure: int) -> None:
    """Save the L4 with another bandwidth, in GB/s."""
    manage(environ, "shell", "-v", "0", "-c", EDIT.format(figure=figure))


def changed_files(folder: Path, by: int) -> Path:
    """The shipped data files with the bandwidth of every card higher by so many GB/s."""
    shutil.copytree(ROOT / "catalog" / "data", folder)
    path = folder / "gpus.jsonl"
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    for record in records:
        record["bandwidth_gb_s"] += by
    path.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records), encoding="utf-8")
    return folder


def state(url: str) -> State:
    """The bandwidth of every card, and which models there are, read without the site's code."""
    return frozenset((kind, slug, int(figure or 0)) for kind, slug, figure in rows(url, STATE))


def run_statement(url: str, statement: str) -> None:
    """Change something behind the site's back."""
    if url.startswith("sqlite:///"):
        connection = sqlite3.connect(url.removeprefix("sqlite:///"), timeout=20)
        with connection:
            connection.execute(statement)
        connection.close()
    else:
        with psycopg.connect(url) as server:
            server.execute(statement.encode())


def rows(url: str, question: str) -> list[tuple[str, str, float]]:
    if url.startswith("sqlite:///"):
        connection = sqlite3.connect(url.removeprefix("sqlite:///"), timeout=20)
        rows = connection.execute(question).fetchall()
        connection.close()
        return rows
    with psycopg.connect(url) as server:
        return server.execute(question.encode()).fetchall()
