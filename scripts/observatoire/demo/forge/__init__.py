"""The forge fictive: a real Git repository over HTTP, behind the faces of GitLab and of GitHub.

The real clients run against it unmodified. What each face does was read in the forges' source code
and documentation; errors and silences come to order (``faults``).
"""
