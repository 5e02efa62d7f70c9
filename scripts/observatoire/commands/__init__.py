"""One file per sub-command of `observatoire`; see ``cli.Command`` for what each must offer."""
