"""Pages, and parts of pages, that were rendered, kept in each process for those who ask for them again."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock

from markupsafe import Markup


class Making:
    """A page that one thread is making, for others who ask for it meanwhile."""

    __slots__ = ("_lock", "page")

    def __init__(self) -> None:
        self.page: bytes | None = None
        self._lock = Lock()
        self._lock.acquire()

    def end(self) -> None:
        """Called by who makes it, whether there is a page now or not."""
        self._lock.release()

    def awaited(self) -> bytes | None:
        """The page when it is made; None where that failed."""
        with self._lock:
            return self.page


class RenderedPages:
    """The bytes of pages, kept from the second time that they are asked for; the ones asked for longest ago go first.

    Whoever asks for a page that is being made waits for it: a hundred who ask at once cost no more than one.

    A crawler asks for each of 99,000 pages once: what it leaves behind would only push out what readers ask for. A
    `state` is what a page is the page of: with another, everything is forgotten.
    """

    def __init__(self, *, most_pages: int, most_addresses: int) -> None:
        self.most_pages, self.most_addresses = most_pages, most_addresses
        self._lock = Lock()
        self.reset()

    def reset(self, state: str = "") -> None:
        """Forget everything; what comes is of `state`."""
        self.state = state
        self.seen_once: set[str] = set()
        self.pages: OrderedDict[str, bytes] = OrderedDict()
        self._making: dict[str, Making] = {}

    def get(self, address: str, state: str, body: Callable[[], bytes]) -> bytes:
        """The page at `address` in this state, from `body` where it is not kept."""
        with self._lock:
            if state != self.state:
                self.reset(state)
            page = self.pages.get(address)
            if page is not None:
                self.pages.move_to_end(address)
                return page
            again = self._is_seen_again(address)
            others = self._making.get(address)
            making = others or self._making.setdefault(address, Making())
        if others:
            return others.awaited() or body()
        page = self._made(address, making, body)
        if again:
            self._keep(address, state, page)
        return page

    def _made(self, address: str, making: Making, body: Callable[[], bytes]) -> bytes:
        try:
            making.page = page = body()
            return page
        finally:
            making.end()
            if self._making.get(address) is making:
                del self._making[address]

    def _is_seen_again(self, address: str) -> bool:
        """False once in a while for an address that was asked for, when the list of them begins anew."""
        if address in self.seen_once:
            return True
        if len(self.seen_once) >= self.most_addresses:
            self.seen_once.clear()
        self.seen_once.add(address)
        return False

    def _keep(self, address: str, state: str, page: bytes) -> None:
        """Unless the catalog changed while the page was made."""
        with self._lock:
            if state == self.state:
                self.pages[address] = page
                if len(self.pages) > self.most_pages:
                    self.pages.popitem(last=False)


class RenderedFragments:
    """Parts that many pages share, by the part and its template; of more than `most`, those rendered first go.

    `render` makes the HTML of a part. After an edit the parts are other ones, so no old answer is given; the old ones
    go in time.
    """

    def __init__(self, render: Callable[[Hashable, str], Markup], *, most: int) -> None:
        self.render, self.most = render, most
        self._lock = Lock()
        self.reset()

    def reset(self) -> None:
        """Forget everything."""
        self.fragments: dict[tuple[Hashable, str], Markup] = {}

    def get(self, part: Hashable, template_name: str) -> Markup:
        """The part as this template shows it. A page asks for a dozen, so there is no lock where it is kept."""
        try:
            return self.fragments[part, template_name]
        except KeyError:
            return self._rendered(part, template_name)

    def _rendered(self, part: Hashable, template_name: str) -> Markup:
        fragment = self.render(part, template_name)
        with self._lock:
            self.fragments[part, template_name] = fragment
            if len(self.fragments) > self.most:
                del self.fragments[next(iter(self.fragments))]
        return fragment
