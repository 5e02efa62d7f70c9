"""Charts as SVG text, made of values: no script, no inline style, the same bytes every time."""
