"""Rows of eight numbers, as many as a processor adds up at once: compilers do not see that in loops so short."""

from __future__ import annotations

from typing import Any

from llvmlite import ir  # type: ignore[import-untyped]
from numba.core import cgutils, errors, types
from numba.extending import intrinsic

from tiau.engine.kernel_cache import config
from tiau.engine.streams import within

LANES = 8
_INDEX = ir.IntType(32)
_ROW = ir.VectorType(ir.DoubleType(), LANES)


def _require_rows(*arrays: Any, index: Any = None) -> None:
    """Refuse to compile what would be read in another order than it lies: nothing here looks at strides."""
    of_numbers = all(array.layout == "C" and array.dtype == types.float64 for array in arrays)
    if not of_numbers or (index is not None and (index.layout != "C" or index.dtype != types.int32)):
        msg = "rows of lanes are float64 in C order, and an index int32"
        raise errors.TypingError(msg)


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
    _require_rows(rows, others)

    def generate(context, builder, signature, args):
        place = _place(context, builder, signature, args, 0)
        row = _read(builder, _place(context, builder, signature, args, 2))
        _write(builder, builder.fadd(_read(builder, place), row), place)
        return context.get_dummy_value()

    return types.void(rows, types.int64, others, types.int64), generate


@intrinsic
def _add_times(typing, rows, i, others, j, factor):
    _require_rows(rows, others)

    def generate(context, builder, signature, args):
        place = _place(context, builder, signature, args, 0)
        row = _read(builder, _place(context, builder, signature, args, 2))
        row = builder.fmul(row, _eight_times(builder, args[4]))
        _write(builder, builder.fadd(_read(builder, place), row), place)
        return context.get_dummy_value()

    return types.void(rows, types.int64, others, types.int64, types.float64), generate


@intrinsic
def _multiply(typing, rows, i, some, j, others, k, factor):
    _require_rows(rows, some, others)

    def generate(context, builder, signature, args):
        some, others = (_read(builder, _place(context, builder, signature, args, at)) for at in (2, 4))
        row = builder.fmul(builder.fmul(some, _eight_times(builder, args[6])), others)
        _write(builder, row, _place(context, builder, signature, args, 0))
        return context.get_dummy_value()

    return types.void(rows, types.int64, some, types.int64, others, types.int64, types.float64), generate


@intrinsic
def _clear(typing, rows, i):
    _require_rows(rows)

    def generate(context, builder, signature, args):
        _write(builder, ir.Constant(_ROW, [0.0] * LANES), _place(context, builder, signature, args, 0))
        return context.get_dummy_value()

    return types.void(rows, types.int64), generate


def _number(builder: Any, array: Any, at: Any) -> Any:
    return builder.load(builder.gep(array.data, [at]))


def _where(context: Any, builder: Any, array: Any, row: Any) -> Any:
    """Return the number of the first element of a row of a matrix."""
    _, columns = cgutils.unpack_tuple(builder, array.shape, 2)
    return builder.mul(row, columns)


@intrinsic
def _add_product(typing, rows, i, weights, w, others, first, count):
    _require_rows(rows, weights, others)

    def generate(context, builder, signature, args):
        weights = context.make_array(signature.args[2])(context, builder, args[2])
        others = context.make_array(signature.args[4])(context, builder, args[4])
        begin, first, lanes = _where(context, builder, weights, args[3]), args[5], ir.Constant(args[5].type, LANES)
        # Four sums side by side: one would wait for itself at each step.
        sums = [cgutils.alloca_once_value(builder, ir.Constant(_ROW, [0.0] * LANES)) for _ in range(4)]

        def take(at, into):
            row = builder.bitcast(
                builder.gep(others.data, [builder.mul(builder.add(first, at), lanes)]), _ROW.as_pointer()
            )
            weight = _eight_times(builder, _number(builder, weights, builder.add(begin, at)))
            builder.store(builder.fadd(builder.load(into), builder.fmul(weight, _read(builder, row))), into)

        four = ir.Constant(args[6].type, 4)
        whole = builder.mul(builder.udiv(args[6], four), four)
        with cgutils.for_range_slice(builder, ir.Constant(whole.type, 0), whole, four) as (at, _):
            for step, into in enumerate(sums):
                take(builder.add(at, ir.Constant(at.type, step)), into)
        with cgutils.for_range_slice(builder, whole, args[6], ir.Constant(whole.type, 1)) as (at, _):
            take(at, sums[0])
        one, two, three, four = map(builder.load, sums)
        place = _place(context, builder, signature, args, 0)
        added = builder.fadd(builder.fadd(one, two), builder.fadd(three, four))
        _write(builder, builder.fadd(_read(builder, place), added), place)
        return context.get_dummy_value()

    one = types.int64
    return types.void(rows, one, weights, one, others, one, one), generate


def _sum_some(context: Any, builder: Any, signature: Any, args: Any) -> None:
    """Add what `add_some` and, where there are shares, `add_shares` say."""
    shares = range(11, len(args))
    arrays = {at: context.make_array(signature.args[at])(context, builder, args[at]) for at in (4, 6, 8, *shares)}
    first = _where(context, builder, arrays[4], args[5])
    summed = cgutils.alloca_once_value(builder, ir.Constant(_ROW, [0.0] * LANES))
    with cgutils.for_range_slice(builder, args[9], args[10], ir.Constant(args[9].type, 1)) as (n, _):
        at = builder.sext(_number(builder, arrays[8], n), n.type)
        row = builder.mul(builder.add(args[7], at), ir.Constant(n.type, LANES))
        row = _read(builder, builder.bitcast(builder.gep(arrays[6].data, [row]), _ROW.as_pointer()))
        weight = _number(builder, arrays[4], builder.add(first, at))
        for share in shares:
            weight = builder.fmul(weight, _number(builder, arrays[share], n))
        builder.store(builder.fadd(builder.load(summed), builder.fmul(_eight_times(builder, weight), row)), summed)
    times = _read(builder, _place(context, builder, signature, args, 2))
    place = _place(context, builder, signature, args, 0)
    _write(builder, builder.fadd(_read(builder, place), builder.fmul(builder.load(summed), times)), place)


@intrinsic
def _add_some(typing, rows, i, times, j, weights, w, others, first, index, begin, end):
    _require_rows(rows, times, weights, others, index=index)

    def generate(context, builder, signature, args):
        _sum_some(context, builder, signature, args)
        return context.get_dummy_value()

    one = types.int64
    return types.void(rows, one, times, one, weights, one, others, one, index, one, one), generate


@intrinsic
def _add_shares(typing, rows, i, times, j, weights, w, others, first, index, begin, end, share):
    _require_rows(rows, times, weights, others, share, index=index)

    def generate(context, builder, signature, args):
        _sum_some(context, builder, signature, args)
        return context.get_dummy_value()

    one = types.int64
    return types.void(rows, one, times, one, weights, one, others, one, index, one, one, share), generate


def _interpreted_add(rows, i, others, j):
    rows[i] += others[j]


def _interpreted_add_times(rows, i, others, j, factor):
    rows[i] += others[j] * factor


def _interpreted_multiply(rows, i, some, j, others, k, factor):
    rows[i] = some[j] * factor * others[k]


def _interpreted_clear(rows, i):
    rows[i] = 0.0


def _interpreted_add_product(rows, i, weights, w, others, first, count):
    rows[i] += weights[w, :count] @ others[first : first + count]


def _interpreted_add_some(rows, i, times, j, weights, w, others, first, index, begin, end):
    at = index[begin:end]
    rows[i] += (weights[w, at] @ others[first + at]) * times[j]


def _interpreted_add_shares(rows, i, times, j, weights, w, others, first, index, begin, end, share):
    at = index[begin:end]
    rows[i] += ((weights[w, at] * share[begin:end]) @ others[first + at]) * times[j]


@within
def holds(row):
    """Tell whether anybody is in a row."""
    found = False
    for n in row:
        found |= n > 0.0
    return found


_compiles = not config.DISABLE_JIT
add: Any = _add if _compiles else _interpreted_add
"""add(rows, i, others, j): add a row (any, lane) to another."""
add_times: Any = _add_times if _compiles else _interpreted_add_times
"""add_times(rows, i, others, j, factor): add so many times a row to another."""
multiply: Any = _multiply if _compiles else _interpreted_multiply
"""multiply(rows, i, some, j, others, k, factor): write the product of two rows and a number."""
clear: Any = _clear if _compiles else _interpreted_clear
"""clear(rows, i): make a row zero."""
add_product: Any = _add_product if _compiles else _interpreted_add_product
"""add_product(rows, i, weights, w, others, first, count): add so many rows, each times its number in one of weights."""
add_some: Any = _add_some if _compiles else _interpreted_add_some
"""add_some(rows, i, times, j, weights, w, others, first, index, begin, end): add to a row the sum of those that a part
of an index names, each times its number in a row of weights, and all of it times another row."""
add_shares: Any = _add_shares if _compiles else _interpreted_add_shares
"""The same, each times a share as well."""
