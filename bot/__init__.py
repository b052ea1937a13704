"""The application: command line, settings, wiring. The only package that knows all the others."""
