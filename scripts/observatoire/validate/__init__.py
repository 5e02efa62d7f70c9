"""Validation: the same checks for the bot and for people, answered in words that help."""
