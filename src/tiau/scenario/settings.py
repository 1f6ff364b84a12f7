"""The content of scenario.toml as frozen values."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal, NoReturn

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from tiau.scenario import vocabulary as v
from tiau.scenario.spellings.advice import FORMAT_AS_TEXT, for_day
from tiau.scenario.spellings.days import days

FORMATS = (1, 2)
FORMAT = FORMATS[-1]
"""What is written; older ones are read, and say what they say."""


def _toml_day(value: object) -> object:
    if isinstance(value, dt.datetime):
        msg = f"is a day with a time; write the day alone: {', '.join(map(str, days(value.isoformat())))}"
        raise ValueError(msg)
    if isinstance(value, str):
        msg = f"is a text; {for_day(value).replace(FORMAT_AS_TEXT, 'without quotation marks')}"
        raise ValueError(msg)
    if not isinstance(value, dt.date):
        msg = "is not a day; write it as YYYY-MM-DD without quotation marks"
        raise ValueError(msg)
    return value


def _toml_number(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, int | float):
        msg = "is not a number; write digits, without quotation marks"
        raise ValueError(msg)
    return value


TomlDay = Annotated[dt.date, BeforeValidator(_toml_day)]
TomlNumber = Annotated[float, BeforeValidator(_toml_number)]


class Setting(BaseModel):
    """The value that a scenario gives to a parameter, and why it differs from the default."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    value: TomlNumber = Field(allow_inf_nan=False)
    why: v.Reason


class Series(BaseModel):
    """Figures of one speaker over time, to score runs on: the exact figures of a place and a group."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    place: v.Line
    group: v.Line = "all"
    since: TomlDay
    title: v.Text


class Countries(BaseModel):
    """The countries that a scenario is about, as places.csv writes them: those that people leave, and the others."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    home: tuple[v.Text, ...] = ()
    abroad: tuple[v.Text, ...] = ()


class Parameters(dict[str, Setting]):
    """Settings by the name of their parameter, which nobody can change: what is worked out of them is kept."""

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        msg = "the parameters of a scenario cannot be changed; make another scenario with model_copy, or a what-if"
        raise TypeError(msg)

    __setitem__ = __delitem__ = update = setdefault = pop = popitem = clear = __ior__ = _refuse

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (dict(self),)


class Settings(BaseModel):
    """The content of scenario.toml."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    format: Annotated[Literal[1, 2], BeforeValidator(_toml_number), AfterValidator(lambda _: FORMAT)]
    name: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=100)
    title: v.Text
    start: TomlDay
    end: TomlDay
    description: v.Prose = ""
    licence: v.Prose = ""
    fitted_until: TomlDay | None = None
    """Last day on which a report was known that the parameters were fitted to; later ones are out of sample."""
    countries: Countries = Countries()
    """Where exports are read for places; once there are places, their kinds say where people leave."""
    series: Series | None = None
    parameters: Annotated[dict[str, Setting], AfterValidator(Parameters)] = Parameters()
