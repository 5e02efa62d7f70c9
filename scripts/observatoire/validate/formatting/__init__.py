"""`observatoire format`: from a table as people save it to its canonical file, without a loss."""
