"""Someone who asks for pages all the while, and what became of each request."""

import http.client
import threading
import time
from dataclasses import dataclass, field

# Pages that a worker makes in a moment, the catalog once read: lists of all pairs take it seconds the first time.
PAGES = ("/run/qwen2-5-72b-on-l4/", "/gpus/l4/", "/run/llama-3-1-8b-on-rtx-4090/", "/about/", "/models/qwen2-5-72b/")
# Longer than any answer may take; who waits longer counts as lost.
GIVE_UP_S = 30.0
# Visitors do not take the processors from what happens to the site.
PAUSE_S = 0.03


@dataclass(frozen=True)
class Answer:
    """One request: its status, or 0 and why there was none; times in seconds of a clock that nobody sets."""

    began: float
    took: float
    status: int
    why: str = ""

    @property
    def is_lost(self) -> bool:
        """No page. A connection that was refused is none that was lost: nobody listens."""
        return self.status != 200 and self.why != "refused"


def ask(port: int, path: str) -> Answer:
    """One request over a connection of its own, read to its end."""
    began = time.monotonic()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=GIVE_UP_S)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        response.read()
        status, why = response.status, ""
    except ConnectionRefusedError:
        status, why = 0, "refused"
    except (OSError, http.client.HTTPException) as error:
        status, why = 0, type(error).__name__
    finally:
        connection.close()
    return Answer(began, time.monotonic() - began, status, why)


@dataclass
class Visitors:
    """Some who ask one page after another, from when the block begins until it ends."""

    port: int
    number: int = 3
    answers: list[Answer] = field(default_factory=list)

    def __enter__(self) -> "Visitors":
        self._ended = threading.Event()
        self._threads = [threading.Thread(target=self._visit, args=[turn]) for turn in range(self.number)]
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        for thread in self._threads:
            thread.join()

    def _visit(self, turn: int) -> None:
        while not self._ended.is_set():
            turn += 1
            answer = ask(self.port, PAGES[turn % len(PAGES)])
            self.answers.append(answer)
            time.sleep(PAUSE_S)
