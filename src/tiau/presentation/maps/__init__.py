"""The map of a run as SVG: where people stay, which ways they took, on borders and with names that do not collide.

`drawing.flow_map(result)` draws it. What is drawn is taken from a result in `content.py`, put on paper by `framing.py`
and `ground.py`, named by `labels.py`, and explained by `legend.py` and `words.py`; `svg.py` writes the elements.
"""
