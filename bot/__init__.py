"""Puts it together: settings, the Bolt app, the command line. The only package that knows everyone."""
