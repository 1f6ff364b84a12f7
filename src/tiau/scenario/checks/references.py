"""Rows that name other rows: groups, orders, and reports that carry the same figure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tiau.faults import Fault, Suggestions
from tiau.scenario.model import Scenario
from tiau.scenario.rows import Row

HOLD_FOR_ALL = {
    "quota": "; to let some groups pass more easily than others, use close with exempt or admit",
    "fence": "",
    "relief": "; that a place attracts some groups more than others is the affinity in groups.csv",
}


def groups_named(scenario: Scenario) -> frozenset[str]:
    """Return the names that a cell `group` may have."""
    return frozenset(name for group in scenario.groups for name in (group.group, group.risk_class)) | {"all"}


def unknown_groups(scenario: Scenario) -> Iterator[Fault]:
    """A group that groups.csv does not have, in acts or departures."""
    allowed = groups_named(scenario)
    suggest = Suggestions(allowed, "add it to groups.csv")
    cells: list[tuple[Row, str, Iterable[str]]] = [(act, "groups", act.groups) for act in scenario.acts]
    cells += [(row, "group", (row.group,)) for row in scenario.departures if row.group]
    for row, column, found in cells:
        for name in found if row.sound(column) else ():
            if name not in allowed:
                yield Fault(row.file, "is not a group", suggest(name), row.number, column, name)


def unknown_report_groups(scenario: Scenario) -> Iterator[Fault]:
    """A report on a group that is not modelled and gives no reason for it (a warning)."""
    allowed = groups_named(scenario)
    suggest = Suggestions(allowed)
    for report in scenario.reports if scenario.groups else ():
        if report.sound("group") and report.group not in allowed and not report.not_scored:
            remedy = f"the report is kept but not compared; {suggest(report.group)}".rstrip("; ")
            yield Fault("reports.csv", "is not a group", remedy, report.number, "group", report.group, "warning")


def reserved_names(scenario: Scenario) -> Iterator[Fault]:
    """A group or risk class of the name all, which means every group."""
    for group in scenario.groups:
        for column in ("group", "risk_class"):
            name = getattr(group, column)
            if group.sound(column) and name.lower() == "all":
                yield Fault("groups.csv", "means every group", "choose another name", group.number, column, name)


def unknown_orders(scenario: Scenario) -> Iterator[Fault]:
    """An act that softens or ends something that is not an act, or itself."""
    acts = {act.act for act in scenario.acts}
    suggest = Suggestions(acts, "give the id of an act of this file")
    for act in scenario.acts:
        for column, name in (("softens", act.softens), ("ends", act.ends)):
            if name and act.sound(column) and name not in acts:
                yield Fault("acts.csv", "is not an act", suggest(name), act.number, column, name)
            elif name and act.sound(column, "act") and name == act.act:
                yield Fault("acts.csv", "is the act itself", "name another act", act.number, column, name)


def exemptions_without_order(scenario: Scenario) -> Iterator[Fault]:
    """An exemption that does not say which order it softens."""
    for act in scenario.acts:
        if act.sound("effect", "softens") and act.effect == "exempt" and not act.softens:
            remedy = "give the id of the order that it softens"
            yield Fault("acts.csv", "is blank for an exemption", remedy, act.number, "softens")


def groups_of_what_holds_for_all(scenario: Scenario) -> Iterator[Fault]:
    """A quota, fence or relief for some groups: these hold for everybody at a place."""
    for act in scenario.acts:
        some = bool(act.groups) and "all" not in act.groups
        if some and act.effect in HOLD_FOR_ALL and act.sound("effect", "groups"):
            problem = f"names groups, but {act.effect} holds for everybody there"
            remedy = f"leave it blank{HOLD_FOR_ALL[act.effect]}"
            yield Fault("acts.csv", problem, remedy, act.number, "groups", "; ".join(act.groups[:5]))


def softened_by_another(scenario: Scenario) -> Iterator[Fault]:
    """An act that softens an order of another authority, or no closure: it changes nothing (a warning)."""
    orders = {act.act: act for act in scenario.acts}
    for act in scenario.acts:
        order = orders.get(act.softens)
        if order is None or order is act or not act.sound("softens", "authority", "effect"):
            continue
        if order.sound("effect") and order.effect != "close":
            remedy = "it changes nothing; name the order that closes"
            problem = f"is not an order that closes but one to {order.effect}"
            yield Fault("acts.csv", problem, remedy, act.number, "softens", act.softens, "warning")
        elif order.sound("authority") and order.authority != act.authority:
            remedy = "it changes nothing there; only an act of the same authority softens its order"
            yield Fault("acts.csv", "is of another authority", remedy, act.number, "softens", act.softens, "warning")


_FIRST = {
    "same_as": ("the report that had the figure first", "leave it blank in the report that had the figure first"),
    "replaces": ("the report that this one revises", "leave it blank in the report that was known first"),
}


def unknown_originals(scenario: Scenario) -> Iterator[Fault]:
    """A report with the figure of something that is not a report, or of itself, or that revises such a thing."""
    reports = {report.report for report in scenario.reports}
    suggest = Suggestions(reports, "give the id of a report of this file")
    for column, (meant, _) in _FIRST.items():
        for report in scenario.reports:
            name = getattr(report, column)
            if name and report.sound(column) and name not in reports:
                yield Fault("reports.csv", "is not a report", suggest(name), report.number, column, name)
            elif name and report.sound(column, "report") and name == report.report:
                remedy = f"leave it blank, or name {meant}"
                yield Fault("reports.csv", "is the report itself", remedy, report.number, column, name)


def copies_that_revise(scenario: Scenario) -> Iterator[Fault]:
    """A report that carries the figure of another one and revises it as well."""
    for report in scenario.reports:
        if report.same_as and report.same_as == report.replaces and report.sound("same_as", "replaces"):
            remedy = "leave same_as blank if the figure is another one, replaces if it is the same"
            problem = "is revised, and its figure carried on"
            yield Fault("reports.csv", problem, remedy, report.number, "replaces", report.replaces)


def circles_of_reports(scenario: Scenario) -> Iterator[Fault]:
    """Reports that are each given as a copy of the next, or each revise the next, in a circle: none would count."""
    for column, (_, remedy) in _FIRST.items():
        by_id = {report.report: report for report in scenario.reports if report.sound(column)}
        following = {name: getattr(report, column) for name, report in by_id.items()}
        seen: set[str] = set()
        for start in by_id:
            path: dict[str, None] = {}
            name = start
            while name in by_id and name not in seen and following[name]:
                seen.add(name)
                path[name] = None
                name = following[name]
            if name in path and following[name] != name:
                number = by_id[name].number
                yield Fault("reports.csv", "leads back to this report", remedy, number, column, following[name])
