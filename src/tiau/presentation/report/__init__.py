"""report.html: the answer on two pages, then everything it rests on."""
