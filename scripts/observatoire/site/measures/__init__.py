"""The page of an indicator as values: its figures in words, its charts, its history."""
