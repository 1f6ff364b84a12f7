"""Who rests: what people remember of the day's journey, how the night halves it, and who never moves again."""

from __future__ import annotations

import numpy as np

from tiau.engine.streams import lean, mix, share, within

FULL_DAY = 1.0
# Below this the recent-travel index no longer matters: no day's journey is so near a full one.
FORGOTTEN = 1.0 / 64.0


@lean
def bucket_of(index, buckets):
    """Return the bucket of a recent-travel index: the first is forgotten, the last a full day or more."""
    # Asked this way round an index that is no number is forgotten too: no bucket may lie outside the table.
    if buckets < 2 or not index >= FORGOTTEN:
        return 0
    return buckets - 1 if index >= FULL_DAY else 1 + int(index * (buckets - 2))


@within
def settle(slot, party, tonight, rules):
    """Let people rest in a slot until tomorrow, with what they will then remember of today."""
    remembered = 0.5 * (party.recent + party.moved / rules.top_speed)
    b = 1 + bucket_of(remembered, rules.buckets)
    tonight[slot, b].people += party.people
    tonight[slot, b].index += party.people * remembered


@lean
def sleep(rest, tonight, rules):
    """Halve what people who rested all day remember, and let those who came to rest today join them."""
    members, slots, _ = rest.shape
    for m in range(members):
        for s in range(slots):
            # Upwards, so that who comes down to a lower bucket does not forget twice; bucket 0 has nothing to forget.
            for b in range(1, rules.buckets + 1):
                people = rest[m, s, b].people
                if people > 0.0:
                    remembered = 0.5 * rest[m, s, b].index / people
                    lower = 1 + bucket_of(remembered, rules.buckets)
                    rest[m, s, b].index = 0.0
                    if lower < b:
                        rest[m, s, b].people = 0.0
                        rest[m, s, lower].people += people
                    rest[m, s, lower].index += people * remembered
                if tonight[m, s, b].people > 0.0:
                    rest[m, s, b].people += tonight[m, s, b].people
                    rest[m, s, b].index += tonight[m, s, b].index
                    tonight[m, s, b].people = 0.0
                    tonight[m, s, b].index = 0.0


@lean
def deactivate(keys, chance, share_of, slot, rest):
    """Let people at places with a `share_of` (place,) above 0 never move again; they stay counted there."""
    for m in range(keys.size):
        for s in range(slot.size):
            p = slot[s].place
            if share_of[p] > 0.0:
                for b in range(rest.shape[2]):
                    people = rest[m, s, b].people
                    if people > 0.0:
                        x = share(mix(mix(keys[m], slot[s].key), np.uint64(b)), people, share_of[p], chance)
                        rest[m, s, b].people -= x
                        rest[m, s, b].index *= 1.0 - x / people
