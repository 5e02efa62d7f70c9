"""The register rebuilt from the published edition of 31 December 2022 and the base of October 2022.

``sources`` reads the old files, ``edition`` turns one of them into our tables, ``assemble`` gives
the files to write. Whatever is corrected, dropped or doubted is a line of ``journal``.
"""
