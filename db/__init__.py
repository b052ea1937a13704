"""Models, named queries, migrations."""
