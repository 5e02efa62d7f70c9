"""The checks: one file each, named after its code, found by discovery."""
