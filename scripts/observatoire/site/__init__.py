"""The public page: what a version says, for people. Works without JavaScript, calls nobody."""
