"""Contributions made with Datami: true edits found in the whole file that it saved."""
