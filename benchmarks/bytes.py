"""Bytes over the wire, compressed: the first visit with everything it needs, next pages, the dashboard with its charts.

python -m benchmarks.bytes
"""

import re
import sys
import urllib.request
from urllib.parse import urljoin, urlsplit

from benchmarks.server import demo_server

KILO = 1024
FIRST, NEXT, DASHBOARD = 60 * KILO, 15 * KILO, 60 * KILO
NEXT_PAGES = (
    "bomca-10/activities/", "bomca-10/activities/B10-2023-014/", "bomca-10/institutions/", "bomca-10/figures/",
    "bomca-10/programme/", "bomca-10/calendar/",
)  # fmt: skip
DASHBOARDS = ("bomca-10/", "silk-bridge-1/")
LINKED = re.compile(
    r"""<(?:link[^>]*?rel="(?:stylesheet|icon|preload)"[^>]*?href|script[^>]*?src|img[^>]*?src)="([^"]+)"""
)
FONT = re.compile(r"""url\(["']?([^"')]+\.woff2)["']?\)[^}]*?unicode-range:([^}]+)\}""")


def fetch(address: str) -> tuple[int, str]:
    """Bytes of the body as sent, and the body as text (pictures and fonts as nothing)."""
    request = urllib.request.Request(address, headers={"Accept-Encoding": "br, gzip", "Accept-Language": "en"})
    with urllib.request.urlopen(request, timeout=30) as response:
        body = response.read()
        encoding, kind = response.headers.get("Content-Encoding", ""), response.headers.get_content_type()
    sent = len(body)
    if encoding == "gzip":
        import gzip

        body = gzip.decompress(body)
    elif encoding == "br":
        import brotli

        body = brotli.decompress(body)
    return sent, body.decode("utf-8", "replace") if kind.startswith("text/") or "javascript" in kind else ""


def shown_by(ranges: str, text: str) -> bool:
    """True where a font part with these ranges has a letter of ``text``: only then does a browser load it."""
    spans = []
    for part in ranges.split(","):
        first, _dash, last = part.strip().removeprefix("U+").partition("-")
        spans.append((int(first, 16), int(last or first, 16)))
    return any(first <= ord(letter) <= last for letter in set(text) for first, last in spans)


def first_visit(address: str) -> tuple[int, list[str]]:
    """Bytes of a page with all that it loads, and what it loads from elsewhere."""
    total, page = fetch(address)
    host = urlsplit(address).netloc
    wanted = [urljoin(address, found) for found in LINKED.findall(page) if not found.startswith("data:")]
    elsewhere = [one for one in wanted if urlsplit(one).netloc != host]
    words = re.sub(r"<[^>]+>", " ", page)
    seen: set[str] = set()
    while wanted:
        one = wanted.pop()
        if one in seen or urlsplit(one).netloc != host:
            continue
        seen.add(one)
        sent, text = fetch(one)
        total += sent
        if one.split("?")[0].endswith(".css"):
            wanted += [urljoin(one, found) for found in re.findall(r'@import url\("?([^")]+)', text)]
            wanted += [urljoin(one, font) for font, ranges in FONT.findall(text) if shown_by(ranges, words)]
    return total, elsewhere


def main() -> int:
    """Measures and prints."""
    good = True

    def tell(what: str, sent: int, most: int) -> None:
        nonlocal good
        good &= sent <= most
        print(f"{what:44} {sent / KILO:6.1f} KB   ratio {sent / most:4.2f} of {most / KILO:.0f} KB")

    with demo_server() as server:
        home = f"{server.address}/"
        sent, elsewhere = first_visit(home)
        tell("first visit, everything", sent, FIRST)
        for path in NEXT_PAGES:
            tell(f"next page /{path}", fetch(home + path)[0], NEXT)
        for path in DASHBOARDS:
            tell(f"dashboard /{path}", fetch(home + path)[0], DASHBOARD)
        if elsewhere:
            good = False
            print("from elsewhere:", *elsewhere)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
