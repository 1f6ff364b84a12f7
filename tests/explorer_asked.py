"""What a page asks, as tests ask it."""

from types import SimpleNamespace


def asked(content=None, **columns):
    """A question; by default a whole run of six members of the scenario as it is."""
    given = {
        "digest": None, "stage": "all", "members": 6, "seed": 1, "follow": 0, "quantity": "present", "light": False,
        "day": None,
    }  # fmt: skip
    return SimpleNamespace(what_if=SimpleNamespace(content=content or {}), **{**given, **columns})


def never():
    """Nobody stops anything."""
    return False


def said(messages, kind):
    """The last message of a kind."""
    return [message for message in messages if message["kind"] == kind][-1]
