"""The files of the page: those that stood in its folder when the server began, by their names, and no others."""

from __future__ import annotations

import hashlib
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

from tiau.explorer.access import READING
from tiau.explorer.refusals import Refusal

FOLDER = Path(__file__).parent / "static"
FIRST = "index.html"
TYPES = {
    ".html": "text/html", ".mjs": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml",
    ".LICENSE": "text/plain",
}  # fmt: skip


class Files:
    """The files in a folder that a page is made of.

    Parameters
    ----------
    folder : Path
        Links in it that lead elsewhere are left out.
    """

    def __init__(self, folder: Path = FOLDER) -> None:
        root = folder.resolve()
        inside = [path for path in root.rglob("*") if path.suffix in TYPES and path.resolve().is_relative_to(root)]
        self._paths = {f"/{path.relative_to(root).as_posix()}": path for path in inside if path.is_file()}

    def answer(self, request: Request) -> Response:
        """Return a file, or that it did not change.

        Raises
        ------
        Refusal
            If there is none of that name, or it is not only to be read.
        """
        name = request.scope["path"]
        path = self._paths.get(f"/{FIRST}" if name == "/" else name)
        if path is None:
            raise Refusal(404, "There is no such page.", "Open the address that tiau explore printed.")
        if request.method not in READING:
            raise Refusal(405, "Files can only be read.", "Load the page again.")
        content = path.read_bytes()
        headers = {"etag": f'"{hashlib.sha256(content).hexdigest()[:32]}"'}
        if headers["etag"] in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        return Response(content, media_type=TYPES[path.suffix], headers=headers)
