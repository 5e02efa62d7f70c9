"""Pages of places: a région, a département, an organisation, worked out from a version's tables."""
