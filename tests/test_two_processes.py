"""An edit saved by one process is in the next request that another serves."""

from pathlib import Path

from tests.editor import Editor, make_account
from tests.loaded_site import load_site
from tests.processes import environment, get, serving

PAIR = "/run/qwen2-5-72b-on-l4/"


def test_a_bandwidth_changed_in_the_admin_is_in_the_next_request_of_another_process(tmp_path: Path) -> None:
    environ = environment(tmp_path / "catalog.sqlite3")
    load_site(environ)
    make_account(environ)
    with serving(environ) as desk, serving(environ) as public:
        assert "300 GB/s" in get(public + PAIR)
        Editor(desk).change_gpu("l4", bandwidth_gb_s="345")
        page = get(public + PAIR)
    assert "345 GB/s" in page
    assert "300 GB/s" not in page
