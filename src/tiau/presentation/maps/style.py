"""How a map looks: colours are those of the page, light or dark; what is inside and abroad differs in outline too."""

from __future__ import annotations

NARROW = 760
"""Screens of fewer pixels get the map for a phone."""

COUNTRY, REGION = 0.95, 0.9
"""Height of the letters of names of countries and regions, in that of places."""
SPACED = 0.12
"""Letters of countries stand apart by a share of their height."""

STYLE = f"""
.tiau-map{{width:100%;height:auto;display:block;margin:.3rem 0;break-inside:avoid}}
.tiau-phone{{display:none}}
@media screen and (max-width:{NARROW}px){{.tiau-page{{display:none}}.tiau-phone{{display:block}}}}
.tiau-map text{{fill:var(--ink);paint-order:stroke;stroke:var(--page);stroke-width:2.6px;stroke-linejoin:round}}
.tiau-map .o{{fill:none;stroke:var(--grey);stroke-width:1}}
.tiau-map .b{{fill:var(--grey);fill-opacity:.1;stroke:var(--grey);stroke-width:11;stroke-linejoin:round}}
.tiau-map .h{{fill:var(--other);fill-opacity:.13;stroke:var(--grey);stroke-width:11;stroke-linejoin:round}}
.tiau-map .r{{fill:none;stroke:var(--grey);stroke-width:5;stroke-opacity:.55}}
.tiau-map .w{{fill:none;stroke:var(--soft);stroke-width:.6;stroke-dasharray:1 3}}
.tiau-map .f{{fill:none;stroke:var(--out);stroke-linecap:round}}
.tiau-map .y{{fill:none;stroke:var(--out);opacity:.5}}
.tiau-map .t{{fill:var(--ink);stroke:var(--page);stroke-width:.6}}
.tiau-map .a{{fill:var(--band);stroke:var(--page);stroke-width:.9}}
.tiau-map .i{{fill:var(--page);fill-opacity:.9;stroke:var(--other);stroke-width:2}}
.tiau-map .z{{fill:var(--page);stroke:var(--soft);stroke-width:.7}}
.tiau-map .e,.tiau-map .s{{fill:none;stroke:var(--ink);stroke-width:1}}
.tiau-map .n,.tiau-map .x{{fill:var(--ink)}}
.tiau-map .v{{fill:none;stroke:var(--ink);stroke-width:1.2;stroke-dasharray:6 4}}
.tiau-map .d{{stroke:var(--soft);stroke-width:.7;fill:none}}
.tiau-map text.q,.tiau-map text.k{{fill:var(--soft)}}
.tiau-map text.C{{fill:var(--soft);font-size:{COUNTRY}em;letter-spacing:{SPACED}em;font-weight:600}}
.tiau-map text.R{{font-size:{REGION}em;fill:var(--soft);font-style:italic}}
"""
