"""Rows of eight numbers, as many as a processor adds up at once: compilers do not see that in loops so short."""

from __future__ import annotations

from typing import Any

from llvmlite import ir  # type: ignore[import-untyped]
from numba.core import types
from numba.extending import intrinsic

from tiau.engine.kernel_cache import config

LANES = 8
_INDEX = ir.IntType(32)
_ROW = ir.VectorType(ir.DoubleType(), LANES)


def _place(context: Any, builder: Any, signature: Any, args: Any, at: int) -> Any:
    """Return the pointer to a row: of the array that is argument `at`, by the number that follows it."""
    array = context.make_array(signature.args[at])(context, builder, args[at])
    first = builder.mul(args[at + 1], ir.Constant(args[at + 1].type, LANES))
    return builder.bitcast(builder.gep(array.data, [first]), _ROW.as_pointer())


def _read(builder: Any, place: Any) -> Any:
    row = builder.load(place)
    row.align = 8
    return row


def _write(builder: Any, row: Any, place: Any) -> None:
    builder.store(row, place).align = 8


def _eight_times(builder: Any, number: Any) -> Any:
    nothing = ir.Constant(_ROW, ir.Undefined)
    one = builder.insert_element(nothing, number, ir.Constant(_INDEX, 0))
    return builder.shuffle_vector(one, nothing, ir.Constant(ir.VectorType(_INDEX, LANES), [0] * LANES))


@intrinsic
def _add(typing, rows, i, others, j):
    def generate(context, builder, signature, args):
        place = _place(context, builder, signature, args, 0)
        row = _read(builder, _place(context, builder, signature, args, 2))
        _write(builder, builder.fadd(_read(builder, place), row), place)
        return context.get_dummy_value()

    return types.void(rows, types.int64, others, types.int64), generate


@intrinsic
def _add_times(typing, rows, i, others, j, factor):
    def generate(context, builder, signature, args):
        place = _place(context, builder, signature, args, 0)
        row = _read(builder, _place(context, builder, signature, args, 2))
        row = builder.fmul(row, _eight_times(builder, args[4]))
        _write(builder, builder.fadd(_read(builder, place), row), place)
        return context.get_dummy_value()

    return types.void(rows, types.int64, others, types.int64, types.float64), generate


@intrinsic
def _multiply(typing, rows, i, some, j, others, k, factor):
    def generate(context, builder, signature, args):
        some, others = (_read(builder, _place(context, builder, signature, args, at)) for at in (2, 4))
        row = builder.fmul(builder.fmul(some, _eight_times(builder, args[6])), others)
        _write(builder, row, _place(context, builder, signature, args, 0))
        return context.get_dummy_value()

    return types.void(rows, types.int64, some, types.int64, others, types.int64, types.float64), generate


@intrinsic
def _clear(typing, rows, i):
    def generate(context, builder, signature, args):
        _write(builder, ir.Constant(_ROW, [0.0] * LANES), _place(context, builder, signature, args, 0))
        return context.get_dummy_value()

    return types.void(rows, types.int64), generate


def _interpreted_add(rows, i, others, j):
    rows[i] += others[j]


def _interpreted_add_times(rows, i, others, j, factor):
    rows[i] += others[j] * factor


def _interpreted_multiply(rows, i, some, j, others, k, factor):
    rows[i] = some[j] * factor * others[k]


def _interpreted_clear(rows, i):
    rows[i] = 0.0


_compiles = not config.DISABLE_JIT
add: Any = _add if _compiles else _interpreted_add
"""add(rows, i, others, j): add a row (any, lane) to another."""
add_times: Any = _add_times if _compiles else _interpreted_add_times
"""add_times(rows, i, others, j, factor): add so many times a row to another."""
multiply: Any = _multiply if _compiles else _interpreted_multiply
"""multiply(rows, i, some, j, others, k, factor): write the product of two rows and a number."""
clear: Any = _clear if _compiles else _interpreted_clear
"""clear(rows, i): make a row zero."""
