"""One module per thing to look at: ``TITLE``, ``ONLINE``, ``look(place)``."""
