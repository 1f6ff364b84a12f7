"""A small case folder of Flee's; any file can be given another text, or none."""

from __future__ import annotations

from pathlib import Path

FILES = {
    "input_csv/locations.csv": (
        "#name,region,country,latitude,longitude,location_type,conflict_date,population\n"
        "Gao,North,Mali,16.3,-0.1,conflict_zone,0,86000\n"
        "Menaka,North,Mali,15.9,2.4,conflict_zone,2,20000\n"
        "Mopti,South,Mali,14.5,-4.2,town,,\n"
        "Mentao,Sahel,Burkina_Faso,13.9,-1.7,camp,,6900\n"
        "Abala,Tahoua,Niger,14.9,5.1,camp,,11000\n"
    ),
    "input_csv/routes.csv": (
        "#name1,name2,distance,forced_redirection\n"
        "Gao,Mopti,400,0\n"
        "Mopti,Mentao,360,\n"
        "Gao,Menaka,300,0\n"
        "Menaka,Abala,172,0\n"
    ),
    "input_csv/closures.csv": "#closure_type,name1,name2,closure_start,closure_end\ncountry,Mali,Niger,0,3\n",
    "input_csv/conflicts.csv": "#Day,Gao,Menaka\n0,1,0\n1,1,0\n2,1,1\n3,1,1\n4,1,1\n5,0,1\n",
    "input_csv/sim_period.csv": "StartDate,2012-03-01\nLength,6\n",
    "input_csv/registration_corrections.csv": "Mentao,2012-03-05,normalize\n",
    "source_data/data_layout.csv": "total,refugees.csv\nMentao,mentao.csv\nAbala,abala.csv\n",
    "source_data/refugees.csv": "2012-02-28,0\n2012-03-05,1500\n",
    "source_data/mentao.csv": "2012-03-01,100\n2012-03-03,900\n2012-03-05,600\n",
    "source_data/abala.csv": "Date,count\n2012-03-01,10\n2012-03-05,900\n",
    "simsetting.yml": "move_rules:\n  max_move_speed: 400.0\n",
}


def write_files(folder: Path, changes: dict[str, str | bytes | None] | None = None) -> Path:
    """Write the small case with other texts for some files; None leaves a file out."""
    for name, text in {**FILES, **(changes or {})}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if text is not None:
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def changed(name: str, old: str, new: str) -> dict[str, str | bytes | None]:
    """Return the file of a name with one text in place of another."""
    assert old in FILES[name], old
    return {name: FILES[name].replace(old, new)}
