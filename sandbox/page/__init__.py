"""The web page of the sandbox: its routes and static files."""
