"""An answer that is no answer: a status, what is wrong and what to do."""

from __future__ import annotations

from starlette.responses import Response

from tiau.explorer.wire import encoded


class Refusal(Exception):  # noqa: N818  # nothing went wrong on this side
    """A request that is not answered.

    Parameters
    ----------
    status : int
        Of HTTP.
    problem, remedy : str
        In words for the page.
    """

    def __init__(self, status: int, problem: str, remedy: str) -> None:
        super().__init__(problem)
        self.status, self.problem, self.remedy = status, problem, remedy


def in_json(content: object, status: int = 200) -> Response:
    """Return an answer in JSON; raises as `tiau.explorer.wire.encoded`."""
    return Response(encoded(content), status, media_type="application/json")


def refused(refusal: Refusal, path: str) -> Response:
    """Return the answer of a refusal: to a script in JSON, to a person who opened an address as a sentence."""
    if path.startswith("/api/"):
        return in_json({"problem": refusal.problem, "remedy": refusal.remedy}, refusal.status)
    return Response(f"{refusal.problem} {refusal.remedy}\n", refusal.status, media_type="text/plain")
