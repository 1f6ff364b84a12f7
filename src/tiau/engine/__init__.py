"""How people move: counts of people, phases of a day, keyed draws."""
