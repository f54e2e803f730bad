"""`make same BASE=<commit>`: whether what readers see is what it was at another commit, page by page.

Every tree renders the same addresses from the same database, each with its own code. What is compared is the text of
the page with its markup; white space counts only where a reader would see it. `WORDS="old=new;older=newer"` names words
that were changed on purpose.

All of it is in this file, which also runs in a tree that does not have it, with that tree's code.
"""

import json
import logging
import os
import random
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.test import Client

PAIRS, QUESTIONS = 3_000, 300
MOST_CHANGES = 20
ROOT = Path(__file__).resolve().parents[1]
INLINE = {"a", "abbr", "b", "br", "code", "em", "i", "kbd", "q", "small", "span", "strong", "sub", "sup", "time"}
TAG = re.compile(r"\s*(</?([a-z0-9]+)\b[^>]*>)\s*|\s+", re.IGNORECASE)
PRE = re.compile(r"(<pre\b.*?</pre>)", re.DOTALL)
STANDING = [
    "/",
    "/run/",
    "/models/",
    "/gpus/",
    "/calculator/",
    "/guides/quantization/",
    "/guides/running-models-locally/",
    "/methodology/",
    "/accuracy/",
    "/about/",
    "/changes/",
    "/search/",
    "/sitemap.xml",
    "/robots.txt",
    "/llms.txt",
    "/healthz",
    "/run/no-such-pair/",
    "/models/qwen9/",
    "/gpus/l5/",
    "/nowhere/",
    "/sitemaps/none.xml",
    "/run/?model=qwen2-5-72b",
    "/run/?gpu=l4",
    "/run/?model=qwen2-5-72b&gpu=l4",
    "/run/Qwen2.5_72B-on-L4/",
    "/models/Qwen2.5_72B/",
    "/gpus/RTX_4090/",
]
SEARCHES = ("qwen 72b l4", "llama", "4090", "qwen 3 32b 3090", "gemma", "m4 max", "nothing at all", "lama 70b", "<b>")


def main() -> None:
    if sys.argv[1] == "write":
        return write(Path(sys.argv[2]))
    base, words = sys.argv[2:4]
    if not base:
        sys.exit("Which commit shall the pages be compared with? make same BASE=main")
    with tempfile.TemporaryDirectory() as name:
        before, after = pages_of_both(Path(name), base)
    report(with_new_words(before, words), after)


def pages_of_both(folder: Path, base: str) -> tuple[dict[str, str], dict[str, str]]:
    """The pages of `base` and of this tree, by address."""
    tree = folder / "tree"
    subprocess.run(["git", "worktree", "add", "--detach", "--quiet", tree, base], cwd=ROOT, check=True)
    try:
        environ = _environment(folder / "db.sqlite3")
        _python(tree, environ, "manage.py", "migrate", "-v0")
        _python(tree, environ, "manage.py", "load_catalog")
        for place, output in ((tree, folder / "before"), (ROOT, folder / "after")):
            _python(place, environ, "manage.py", "migrate", "-v0")
            _python(place, environ, str(Path(__file__).resolve()), "write", str(output))
    finally:
        subprocess.run(["git", "worktree", "remove", "--force", tree], cwd=ROOT, check=True)
    return read(folder / "before"), read(folder / "after")


def with_new_words(pages: dict[str, str], words: str) -> dict[str, str]:
    """The pages with the words that were changed on purpose, given as "old=new;older=newer"."""
    for old, new in (pair.split("=") for pair in words.split(";") if pair):
        pages = {address: text.replace(old, new) for address, text in pages.items()}
    return pages


def _environment(database: Path) -> dict[str, str]:
    """The same database, secret and release for both trees."""
    key = "the-same-for-both-0123456789-abcdefghijklmnopqrstuvwxyz"
    own = {"DATABASE_URL": f"sqlite:///{database}", "SECRET_KEY": key, "RELEASED_AT": "2026-01-01"}
    return {**os.environ, **own}


def _python(tree: Path, environ: dict[str, str], *arguments: str) -> None:
    output = None if "write" in arguments else subprocess.DEVNULL
    environ = {**environ, "PYTHONPATH": str(tree), "DJANGO_SETTINGS_MODULE": "config.settings"}
    subprocess.run([sys.executable, "-P", *arguments], cwd=tree, env=environ, check=True, stdout=output)


def write(path: Path) -> None:
    """Every address of the sample with its status and its page, one a line."""
    import django
    from django.test import Client

    django.setup()
    logging.disable(logging.WARNING)
    client = Client(SERVER_NAME="localhost")
    with path.open("w", encoding="utf-8") as output:
        for address in addresses():
            output.write(json.dumps([address, _answer(client, address)]) + "\n")


def _answer(client: "Client", address: str) -> str:
    """Status, kind and target on a line, then the page."""
    answer = client.get(address)
    body = b"".join(answer) if answer.streaming else answer.content
    kind, target = answer.headers.get("Content-Type"), answer.headers.get("Location", "")
    return f"{answer.status_code} {kind} {target}\n{plain(body.decode())}"


def read(path: Path) -> dict[str, str]:
    """The pages by their addresses. An apostrophe reads the same whether it came from a template or from a value."""
    with path.open(encoding="utf-8") as lines:
        pages = dict(json.loads(line) for line in lines)
    return {address: page.replace("&#39;", "'") for address, page in pages.items()}


def addresses() -> Iterator[str]:
    """The pages of 3,000 pairs, every hub, list and sitemap, 300 answers of the calculator, and what else there is."""
    from catalog.snapshot import current

    snapshot, chance = current(), random.Random(1)
    models, gpus, quants = list(snapshot.models), list(snapshot.gpus), [quant.slug for quant in snapshot.quants]
    pairs = [f"/run/{model}-on-{gpu}/" for model, gpu in product(models, gpus)]
    yield from chance.sample(pairs, PAIRS)
    for kind, slugs, sort in (("models", models, "speed"), ("gpus", gpus, "released")):
        for slug in slugs:
            yield f"/{kind}/{slug}/"
            yield f"/{kind}/{slug}/?sort={sort}"
    yield from STANDING
    yield from (f"/search/?q={words.replace(' ', '+')}" for words in SEARCHES)
    yield from _lists()
    yield from _sitemaps(len(pairs))
    yield from (_question(chance, models, gpus, quants) for _ in range(QUESTIONS))


def _lists() -> Iterator[str]:
    for page, sort in product(range(1, 9), ("name", "-name", "memory", "-released", "bogus")):
        yield f"/gpus/?sort={sort}&page={page}"
        yield f"/models/?sort={sort.replace('memory', 'parameters')}&page={page}"
    for page, choice in product(
        (1, 2, 30), ("vendor=NVIDIA&memory=24", "family=Qwen&sort=-gpu", "size=3-9&sort=gpu", "size=x")
    ):
        yield f"/run/?{choice}&page={page}"


def _sitemaps(pairs: int) -> Iterator[str]:
    yield from (f"/sitemaps/{name}.xml" for name in ("pages", "models", "gpus"))
    yield from (f"/sitemaps/pairs-{number}.xml" for number in range(1, pairs // 5_000 + 2))


def _question(chance: random.Random, models: list[str], gpus: list[str], quants: list[str]) -> str:
    """What somebody might ask the calculator; some of it makes no sense."""
    fields = {
        **_model_fields(chance, models),
        **_card_fields(chance, gpus),
        "cards": chance.choice(["", "1", "2", "4", "65"]),
        "quant": chance.choice(["", *quants]),
        "context": chance.choice(["", "", "4096", "32768", "1000000", "many"]),
        "cache": chance.choice(["", "", "f16", "q8_0", "q4_0"]),
        "offload": chance.choice(["", "", "layers", "experts"]),
    }
    return "/calculator/?" + "&".join(f"{name}={value}" for name, value in fields.items() if value)


def _model_fields(chance: random.Random, models: list[str]) -> dict[str, str]:
    if chance.random() < 0.25:
        return {"parameters": chance.choice(["8.03", "70", "0"]), "active": chance.choice(["", "", "3", "99999"])}
    return {"model": chance.choice(models)}


def _card_fields(chance: random.Random, gpus: list[str]) -> dict[str, str]:
    if chance.random() < 0.75:
        return {"gpu": chance.choice(gpus)}
    return {"memory": chance.choice(["24", "96", "-1"]), "bandwidth": chance.choice(["", "900"])}


def plain(page: str) -> str:
    """The page with white space as a reader sees it: none between blocks, one between words."""
    pieces = PRE.split(page)
    return "".join(piece if index % 2 else TAG.sub(_collapsed, piece) for index, piece in enumerate(pieces))


def _collapsed(match: re.Match[str]) -> str:
    tag, name = match[1], match[2]
    if tag is None:
        return " "
    if name.lower() not in INLINE:
        return re.sub(r"\s+", " ", tag)
    before, after = (" " if text[:1].isspace() else "" for text in (match[0], match[0][::-1]))
    return before + re.sub(r"\s+", " ", tag) + after


def report(before: dict[str, str], after: dict[str, str]) -> None:
    """How many pages are equal; of the others the first differences. Ends with 1 where there are any."""
    different = [address for address in before | after if before.get(address) != after.get(address)]
    kinds = Counter(address.split("?")[0].strip("/").split("/")[0] or "home" for address in before)
    print(", ".join(f"{kind} {count:,}" for kind, count in sorted(kinds.items())))
    print(f"{len(before):,} pages compared, {len(different):,} differ.")
    changes = {_first_change(before.get(address, ""), after.get(address, "")): address for address in different}
    for change, address in list(changes.items())[:MOST_CHANGES]:
        print(f"\n{address}\n{change}")
    sys.exit(bool(different))


def _first_change(old: str, new: str) -> str:
    at = next((index for index, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    return f"  - {old[max(0, at - 60) : at + 100]!r}\n  + {new[max(0, at - 60) : at + 100]!r}"


if __name__ == "__main__":
    main()
