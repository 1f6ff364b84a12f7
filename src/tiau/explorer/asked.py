"""What the page may ask: every number, name and text within bounds, and nothing that is not known."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from tiau.arguments import BOUNDS
from tiau.faults import Fault, InputError, clip, written
from tiau.scenario.vocabulary import LONGEST_NAME, reworded
from tiau.texts import hidden_in_line, prose

MOST_MEMBERS = BOUNDS["members_explored"][1]
MOST_EDITS = 500
MOST_COLUMNS = 60
MOST_NAMES = 1_000
LONGEST_NOTE = 10_000
LONGEST_TEXT = 200_000
LONGEST_FILE_NAME = 80
LARGEST = 1e15
MOST_FAULTS = 20
_KEY = 64
_NO_FILE_NAME = re.compile(r'[<>:"/\\|?*]|^[.\s]|[.\s]$')
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


def _cell(given: Any) -> Any:  # noqa: ANN401
    """Return a cell of a changed row: a text, a number, yes or no, nothing, or a list of names."""
    match given:
        case None | bool():
            return given
        case int() | float() if abs(given) <= LARGEST:
            return given
        case str() if len(given) <= LONGEST_NOTE:
            return given
        case list() if len(given) <= MOST_NAMES and all(isinstance(x, str) and len(x) <= LONGEST_NAME for x in given):
            return given
    msg = "is no cell of a table; give a text, an ordinary number or a list of names"
    raise ValueError(msg)


def _file_name(name: str) -> str:
    """Return a name under which a file can be kept on every system, without a folder in it."""
    if problem := hidden_in_line(name):
        raise ValueError(problem)
    # The ending is not part of what somebody calls it, and comes off before it is kept.
    stem = name.removesuffix(".toml")
    if any(_NO_FILE_NAME.search(one) or _RESERVED.fullmatch(one) for one in (name, stem)):
        msg = "is no name for a file; use letters, digits, blanks and dashes"
        raise ValueError(msg)
    return name


Key = Annotated[str, Field(min_length=1, max_length=_KEY)]
Name = Annotated[str, Field(max_length=LONGEST_NAME)]
Cells = Annotated[dict[Key, Annotated[Any, BeforeValidator(_cell)]], Field(max_length=MOST_COLUMNS)]
Edits = Annotated[list[Cells], Field(max_length=MOST_EDITS)]
Digest = Annotated[str, Field(max_length=128)] | None
Seed = Annotated[int, Field(ge=BOUNDS["seed"][0], le=BOUNDS["seed"][1])]
Members = Annotated[int, Field(ge=1, le=MOST_MEMBERS)]
Followed = Annotated[int, Field(ge=0, le=1_000_000)]
Quantity = Literal["present", "arrived"]


class Asked(BaseModel):
    """What is asked: keys that are not known are refused, and nothing is taken for something else."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class WhatIfAsked(Asked):
    """A what-if as the page has it: the content of a what-if file, of which everything may be blank.

    Attributes
    ----------
    title, why : str
    drop, add, set_, scale, parameter : list of dict
        Changes, by their kinds; `tiau.what_ifs.model` says what is in each.
    """

    model_config = ConfigDict(validate_by_name=True, validate_by_alias=True)

    title: Name = ""
    why: Annotated[str, Field(max_length=LONGEST_NOTE)] = ""
    drop: Edits = []
    add: Edits = []
    set_: Edits = Field(default=[], alias="set")
    scale: Edits = []
    parameter: Edits = []

    @property
    def content(self) -> dict[str, Any]:
        """The what-if as `tiau.what_ifs.model.parse` takes it."""
        return self.model_dump(by_alias=True)

    @property
    def changes(self) -> int:
        """How many changes there are."""
        return len(self.drop) + len(self.add) + len(self.set_) + len(self.scale) + len(self.parameter)

    @model_validator(mode="after")
    def _few(self) -> WhatIfAsked:
        if self.changes > MOST_EDITS:
            msg = f"holds {self.changes:,} changes; make at most {MOST_EDITS}"
            raise ValueError(msg)
        return self


class RunAsked(Asked):
    """A run of the scenario with a what-if: its expected values alone, or an ensemble as well.

    Attributes
    ----------
    digest : str or None
        Of the scenario that the page shows.
    follow : int
        Position in `followed` of the opening.
    light : bool
        Expected values of what is followed and of places alone, as while somebody drags.
    day : int or None
        That which the page shows; while somebody drags it is told first.
    tab : str
        Of which page it is, where it says so: what it asks anew takes the place of what it asked before.
    """

    digest: Digest
    what_if: WhatIfAsked = WhatIfAsked()
    stage: Literal["expected", "all"]
    members: Members = 200
    seed: Seed = 1
    follow: Followed = 0
    quantity: Quantity = "present"
    light: bool = False
    day: Followed | None = None
    tab: Annotated[str, Field(max_length=_KEY)] = ""


class SeriesAsked(Asked):
    """What another place or area has to show in a run that is done."""

    run: Annotated[str, Field(min_length=1, max_length=128)]
    follow: Followed
    quantity: Quantity = "present"


class ReportAsked(Asked):
    """A report of the scenario with a what-if."""

    digest: Digest
    what_if: WhatIfAsked = WhatIfAsked()
    members: Members = 200
    seed: Seed = 1


class ForecastAsked(Asked):
    """A forecast of the scenario as it is."""

    digest: Digest


class WriteAsked(Asked):
    """A what-if as a file; `into` keeps it in the scenario's folder as well."""

    what_if: WhatIfAsked
    name: Annotated[str, Field(min_length=1, max_length=LONGEST_FILE_NAME), AfterValidator(_file_name)]
    into: bool = False


class ReadAsked(Asked):
    """A what-if file that somebody opens."""

    file: Name
    text: Annotated[str, Field(max_length=LONGEST_TEXT), AfterValidator(prose)]


AskedModel = TypeVar("AskedModel", bound=Asked)


def asked(model: type[AskedModel], body: bytes) -> AskedModel:
    """Return what a body of JSON asks.

    Raises
    ------
    InputError
        With what is wrong in it, up to 20 faults.
    """
    try:
        return model.model_validate_json(body)
    except ValidationError as error:
        found = error.errors(include_url=False)
        raise InputError([_fault(dict(detail)) for detail in found[:MOST_FAULTS]]) from None


def _fault(detail: dict[str, Any]) -> Fault:
    """Return a fault in words for people; positions count from 1, as in what-if files."""
    first, *rest = detail["loc"] or ("",)
    file = "what-if" if first == "what_if" else "request"
    path = rest if file == "what-if" else [first, *rest]
    column = "".join(f"[{step + 1}]" if isinstance(step, int) else f".{clip(str(step), _KEY)}" for step in path)
    kind, cell = detail["type"], written(detail["input"])
    limit = (detail.get("ctx") or {}).get("max_length", 0)
    words = {
        "missing": "is missing; load the page again",
        "extra_forbidden": "is not known; load the page again",
        "json_invalid": "cannot be read; load the page again",
        "int_type": "is not a whole number; write digits alone",
        "int_parsing_size": "is out of bounds; give a smaller number",
        "string_type": "is not a text; give one",
        "bool_type": "is neither yes nor no; give one of them",
        "string_too_long": f"is too long; give at most {limit:,} letters",
        "too_long": f"has too many parts; give at most {limit:,}",
        "string_too_short": "is empty; give it",
    }
    text = words.get(kind) or reworded(detail["msg"], kind, cell)
    return Fault.saying(file, text, column=column.lstrip("."), cell="" if kind == "json_invalid" else cell)
