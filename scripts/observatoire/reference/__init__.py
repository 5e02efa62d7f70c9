"""The official reference of local authorities: communes, EPCI, départements and régions."""
