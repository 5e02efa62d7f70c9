"""What stands in for the outside world: simulated portals, and the content that they show."""
