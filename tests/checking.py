"""What single checks find in a scenario folder."""

from tiau.loading import examine


def found(functions, folder):
    """Faults that one or several functions find in a folder; the folder must be readable."""
    scenario, _ = examine(folder)
    assert scenario is not None
    functions = functions if isinstance(functions, tuple) else (functions,)
    return [fault for function in functions for fault in function(scenario)]


def only(functions, folder):
    (fault,) = found(functions, folder)
    return fault


def examined(folder):
    """Everything wrong with a folder but that the kinds of its sources are blank, as those of the small folder are."""
    return tuple(fault for fault in examine(folder)[1] if fault.kind != "kinds of sources by words")
