"""Contributions validated by the trusted job: read as data, by the code and rules of main.

Nothing of a contribution is ever checked out, run, or followed: its blobs are read through Git,
each bounded, in a repository of its own that is thrown away (docs/securite.md).
"""
