"""What there is to attack, read off the running site: addresses, parameters, forms, rows of the admin."""

import re
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote

from tests.hostile.client import send
from tests.hostile.html import Form, parameters, read
from tests.hostile.request import SESSION, SIGNED_IN, raw
from tests.hostile.site import Site

TABLES = (
    *("gpu", "languagemodel", "quant", "artifact", "repository", "benchmark"),
    *("popularity", "boardscore", "price", "pick", "retiredslug"),
)
LISTS = ("/", "/run/", "/models/", "/gpus/", "/calculator/", "/search/")
PLAIN = ("/guides/quantization/", "/guides/running-models-locally/", "/methodology/", "/accuracy/", "/about/")
FILES = ("/sitemap.xml", "/robots.txt", "/llms.txt", "/favicon.ico", "/healthz")
ROWS = 3
OF_A_MODEL = ("languagemodel", "artifact", "repository", "benchmark", "popularity", "boardscore", "pick")
TOGETHER = dict.fromkeys(("gpu", "price"), "RTX 4090") | dict.fromkeys(OF_A_MODEL, "Qwen2.5 72B")


@dataclass
class Surface:
    """Asked for once, before the first hostile request; the same for every run on the same catalog."""

    site: Site

    def read(self, path: str) -> str:
        data = raw("GET", path, SIGNED_IN).replace(SESSION.encode(), self.site.session.encode())
        answer = send(self.site.port, data)
        if answer.status != 200:
            raise RuntimeError(f"{path} answered {answer.status} before anybody attacked it.")
        return answer.body.decode()

    @cached_property
    def calculator(self) -> Form:
        forms, _ = read(self.read("/calculator/"))
        return next(form for form in forms if "model" in form.choices and form.action.startswith("/calculator/"))

    @cached_property
    def models(self) -> list[str]:
        return [slug for slug in self.calculator.choices["model"] if slug]

    @cached_property
    def gpus(self) -> list[str]:
        return [slug for slug in self.calculator.choices["gpu"] if slug]

    @cached_property
    def classes(self) -> list[str]:
        """Addresses of the classes of cards whose accuracy has a page."""
        return sorted(set(re.findall(r"/accuracy/[a-z0-9-]+/", self.read("/accuracy/"))))

    @cached_property
    def sitemaps(self) -> list[str]:
        return re.findall(r"/sitemaps/[a-z0-9-]+\.xml", self.read("/sitemap.xml"))

    @cached_property
    def queries(self) -> dict[str, dict[str, list[str]]]:
        """Of every public page that takes a query: its parameters, with values that they can have."""
        paths = (*LISTS, f"/models/{self.models[0]}/", f"/gpus/{self.gpus[0]}/", self.classes[0])
        return {path: {**parameters(self.read(path), path), "page": ["2"], "sort": ["name"]} for path in paths}

    @cached_property
    def addresses(self) -> list[str]:
        """Some of every kind."""
        pairs = [f"/run/{model}-on-{gpu}/" for model in self.models[::40] for gpu in self.gpus[::80]]
        hubs = [f"/models/{slug}/" for slug in self.models[::40]] + [f"/gpus/{slug}/" for slug in self.gpus[::40]]
        return [*LISTS, *PLAIN, *FILES, *pairs, *hubs, *self.classes, *self.sitemaps[:4], "/admin/login/"]

    @cached_property
    def rows(self) -> dict[str, list[str]]:
        """Of every table of the admin: addresses of some rows' forms."""
        return {table: self._rows(table) for table in TABLES}

    def _rows(self, table: str) -> list[str]:
        """The first rows of a list, and the first of those that belong together and stand on the same pages."""
        together, first = (self._listed(table, words) for words in (TOGETHER.get(table, ""), ""))
        return list(dict.fromkeys([*together[:ROWS], *first[:ROWS]]))

    def _listed(self, table: str, words: str) -> list[str]:
        public = "" if table == "retiredslug" else "status__exact=published&"
        page = self.read(f"/admin/catalog/{table}/?{public}q={quote(words)}")
        return list(dict.fromkeys(re.findall(rf"/admin/catalog/{table}/\d+/change/", page)))

    @cached_property
    def filters(self) -> dict[str, dict[str, list[str]]]:
        """Of every list of the admin: the parameters of its links."""
        lists = {f"/admin/catalog/{table}/" for table in TABLES} | {"/admin/auth/user/", "/admin/auth/group/"}
        return {path: parameters(self.read(path), path) for path in sorted(lists)}

    @cached_property
    def forms(self) -> dict[str, dict[str, str]]:
        """Of some rows: the values that a browser would send back."""
        return {row: _without_token(form.values) for row, form in self._forms.items()}

    @cached_property
    def texts(self) -> dict[str, dict[str, int]]:
        """Of some rows: the fields of text, and how long each may be."""
        return {row: form.texts for row, form in self._forms.items()}

    @cached_property
    def _forms(self) -> dict[str, Form]:
        pages = {row: self.read(row) for rows in self.rows.values() for row in rows}
        return {row: max(read(page)[0], key=lambda form: len(form.values)) for row, page in pages.items()}


def _without_token(values: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in values.items() if name != "csrfmiddlewaretoken"}
