"""How a platform is heard and spoken to. A channel knows nothing else of ours."""
