"""`make screenshots`: the pages as docs/ shows them, on a phone and on a wide screen, there in both colour schemes."""

import tempfile
from pathlib import Path

from tests.browser.chromium import browser
from tests.loaded_site import load_site
from tests.processes import ROOT, environment, manage, serving

FOLDER = ROOT / "docs" / "screenshots"
# A page of a pair for each kind of answer.
PAGES = {
    "on-card": "/run/llama-3-1-8b-on-rtx-4090/",
    "with-ram": "/run/gpt-oss-120b-on-rtx-4090/",
    "short": "/run/llama-3-3-70b-on-rtx-4090/",
    "not-in-practice": "/run/qwen2-5-72b-on-l4/",
    "no": "/run/deepseek-r1-on-m3-max-128/",
}
VIEWS = ((390, "light"), (1280, "light"), (1280, "dark"))


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        environ = environment(Path(folder) / "catalog.sqlite3")
        load_site(environ)
        manage(environ, "collectstatic", "--no-input")
        with serving(environ) as origin:
            _take_all(origin)


def _take_all(origin: str) -> None:
    with browser() as chromium:
        for name, path in PAGES.items():
            for width, scheme in VIEWS:
                context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
                page = context.new_page()
                page.goto(origin + path)
                file = FOLDER / f"{name}-{width}-{scheme}.png"
                page.screenshot(path=file, full_page=True)
                context.close()
                print(file.relative_to(ROOT))


if __name__ == "__main__":
    main()
