"""`make screenshots`: the pages as docs/ shows them, at both widths and in both colour schemes."""

import tempfile
from pathlib import Path

from tests.browser.chromium import browser
from tests.processes import ROOT, environment, manage, serving

FOLDER = ROOT / "docs" / "screenshots"
PAGES = {
    "pair": "/run/qwen2-5-72b-on-l4/",
}


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        environ = environment(Path(folder) / "catalog.sqlite3")
        manage(environ, "migrate")
        manage(environ, "load_catalog")
        manage(environ, "collectstatic", "--no-input")
        with serving(environ) as origin:
            _take_all(origin)


def _take_all(origin: str) -> None:
    with browser() as chromium:
        for name, path in PAGES.items():
            for width in (320, 1280):
                for scheme in ("light", "dark"):
                    context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
                    page = context.new_page()
                    page.goto(origin + path)
                    file = FOLDER / f"{name}-{width}-{scheme}.png"
                    page.screenshot(path=file, full_page=True)
                    context.close()
                    print(file.relative_to(ROOT))


if __name__ == "__main__":
    main()
