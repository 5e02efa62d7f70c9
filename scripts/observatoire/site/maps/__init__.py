"""Maps as SVG paths, drawn from the simplified outlines that the register keeps."""
